import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Span } from "../../text/span.ts";

/** A stage, an image or a build context that an instruction takes files from. */
export interface CopySource {
  /** As written: a name, for COPY the number of a stage too, or text with variables. */
  readonly name: string;
  readonly span: Span;
  /** In `RUN --mount=…,from=`, else in `COPY --from=`. */
  readonly isMount: boolean;
}

/** What COPY --from and RUN --mount=from= name, in order. */
export function copySources({ flags }: Instruction): CopySource[] {
  return flags.flatMap(({ name, value, valueSpan, fields }) => {
    const isMount = name === "mount";
    const named = isMount
      ? fields.filter((it) => it.name === "from")
      : name === "from"
        ? [{ value, valueSpan }]
        : [];
    return named.flatMap((it) =>
      it.value !== undefined && it.valueSpan ? [{ name: it.value, span: it.valueSpan, isMount }] : [],
    );
  });
}

import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

/** A stage, an image or a build context that an instruction takes files from. */
export interface CopySource {
  /** As written: a name, for COPY the number of a stage too, or text with variables. */
  readonly name: string;
  readonly span: Span;
  /** In `RUN --mount=…,from=`, else in `COPY --from=`. */
  readonly isMount: boolean;
}

/** What COPY --from and RUN --mount=from= name, in order. */
export function copySources({ flags }: Instruction): readonly CopySource[] {
  let sources: CopySource[] | undefined;
  for (const { name, value, valueSpan, fields } of flags) {
    if (name === "from" && value !== undefined && valueSpan) {
      sources ??= [];
      sources.push({ name: value, span: valueSpan, isMount: false });
    }
    if (name !== "mount") continue;
    for (const field of fields) {
      if (field.name !== "from" || field.value === undefined || !field.valueSpan) continue;
      sources ??= [];
      sources.push({ name: field.value, span: field.valueSpan, isMount: true });
    }
  }
  return sources ?? NONE;
}

const NONE: readonly never[] = [];

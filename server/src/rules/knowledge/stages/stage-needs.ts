import type { Stage } from "../../../model/stage/stage.ts";
import type { Flag, Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

/** What makes one stage need another: its FROM, `COPY --from` or `RUN --mount=from=`, by name or by number. */
export interface StageNeed {
  readonly of: Stage;
  readonly on: Stage;
  readonly span: Span;
}

/** Every other stage that a stage needs, in the order of the text. BuildKit looks among all stages, later ones included (convert.go, read 2026-11). */
export function stageNeeds(stage: Stage): StageNeed[] {
  const { base, model } = stage;
  const below = base.kind === "stage" ? [{ of: stage, on: base.stage, span: base.word.span }] : [];
  const taken = stage.instructions.flatMap((instruction) =>
    fromsOf(instruction).flatMap(({ value, span }) => {
      const on = model.findStage(value);
      return on && on !== stage ? [{ of: stage, on, span }] : [];
    }),
  );
  return [...below, ...taken];
}

/** What `--from` and `from=` say. */
export function fromsOf(instruction: Instruction): { readonly value: string; readonly span: Span }[] {
  const froms: { readonly value: string; readonly span: Span }[] = [];
  const add = ({ value, valueSpan }: Pick<Flag, "value" | "valueSpan">) => {
    if (value !== undefined && valueSpan) froms.push({ value, span: valueSpan });
  };
  for (const flag of instruction.flags) {
    if (flag.name === "from") add(flag);
    else if (flag.name === "mount") for (const field of flag.fields) if (field.name === "from") add(field);
  }
  return froms;
}

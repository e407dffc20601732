import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

/** A place that names a stage: as a base, in `COPY --from`, in `RUN --mount=…,from=`. Numbers are not among them. */
export interface StageUse {
  readonly stage: Stage;
  readonly span: Span;
  /** False where the name is put together, e.g. by a variable: another one cannot be written there. */
  readonly isWritten: boolean;
}

/** Everything in the file that names one of its stages. Visits each instruction. */
export function stageUses(model: DockerfileModel): StageUse[] {
  return model.stages.flatMap(({ base, instructions }) => [
    ...(base.kind === "stage" ? [useOf(base.stage, base.word.span, model)] : []),
    ...instructions.flatMap((it) => copiesIn(it.inner ?? it, model)),
  ]);
}

function copiesIn(instruction: Instruction, model: DockerfileModel): StageUse[] {
  return instruction.flags.flatMap((flag) => {
    const named =
      flag.name === "from"
        ? [{ value: flag.value, valueSpan: flag.valueSpan }]
        : flag.name === "mount"
          ? flag.fields.filter((it) => it.name === "from")
          : [];
    return named.flatMap(({ value, valueSpan }) => {
      // BuildKit looks a name up among all stages, later ones included, and takes the last (convert.go, read 2026-11).
      const stage = value === undefined ? undefined : model.findStage(value);
      return stage && valueSpan && value?.toLowerCase() === stage.name
        ? [useOf(stage, valueSpan, model)]
        : [];
    });
  });
}

function useOf(stage: Stage, span: Span, { file }: DockerfileModel): StageUse {
  return {
    stage,
    span,
    isWritten: file.text.slice(span.start, span.end).toLowerCase() === stage.name,
  };
}

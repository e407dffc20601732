import type { DockerfileModel } from "../model/stage/dockerfile-model.ts";
import type { Stage } from "../model/stage/stage.ts";
import type { Instruction } from "../syntax/dockerfile/tree.ts";
import { contains, type Span } from "../text/span.ts";

/** A place where a stage is named: after AS, as a base, in `COPY --from`, in `RUN --mount=…,from=`. */
export interface StageMention {
  readonly stage: Stage;
  readonly span: Span;
  readonly kind: "name" | "use";
}

/** The stage that is named where the cursor is. */
export function stageNamedAt(model: DockerfileModel, offset: number): StageMention | undefined {
  const own = model.stages.findLast((it) => it.from.keyword.start <= offset);
  const instruction = own && [own.from, ...own.instructions].find((it) => contains(it.span, offset));
  return instruction && mentionsIn(own, instruction).find((it) => contains(it.span, offset));
}

/** All of them, in the order of the file. */
export function mentionsOf({ stages }: DockerfileModel): readonly StageMention[] {
  return stages.flatMap((own) => [own.from, ...own.instructions].flatMap((it) => mentionsIn(own, it)));
}

/** The stages that one instruction of a stage names. */
function mentionsIn(own: Stage, instruction: Instruction): StageMention[] {
  if (own.from === instruction) {
    const { base, nameWord } = own;
    return [
      ...(base.kind === "stage" ? [{ stage: base.stage, span: base.word.span, kind: "use" } as const] : []),
      ...(nameWord ? [{ stage: own, span: nameWord.span, kind: "name" } as const] : []),
    ];
  }
  const inner = instruction.name === "ONBUILD" ? instruction.inner : instruction;
  return (inner?.flags ?? []).flatMap((flag) => {
    const named =
      flag.name === "from"
        ? [{ value: flag.value, span: flag.valueSpan }]
        : flag.fields
            .filter((it) => it.name === "from")
            .map((it) => ({ value: it.value, span: it.valueSpan }));
    return named.flatMap(({ value, span }) => {
      const stage = value === undefined ? undefined : stageTakenFrom(own, value);
      return stage && span ? [{ stage, span, kind: "use" } as const] : [];
    });
  });
}

/** By its name a later stage can be taken from too, as long as it does not need this one in turn. */
function stageTakenFrom(own: Stage, reference: string): Stage | undefined {
  const before = own.model.findStage(reference, own);
  return before || /^\d+$/.test(reference) ? before : own.model.findStage(reference);
}

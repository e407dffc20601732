import type { Reason } from "../../../model/known.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { fewTimes } from "../stages/few-times.ts";

const isLookedFor = fewTimes(notedOnStage, 20);

/** The RUN behind an instruction that creates a user, as a reason to show; none where there is none. */
export function createdLater(user: string, instruction: Instruction, stage: Stage): readonly Reason[] {
  if (stage.result.hasUser(user).is !== "yes" || !isLookedFor(stage)) return [];
  const below = stage.instructions.filter(
    (it) => it.span.start > instruction.span.start && it.name === "RUN",
  );
  const later = below.find((it) => stage.after(it).hasUser(user).is === "yes");
  return later ? [{ message: `The user ${user} is created only here.`, span: later.span }] : [];
}

import type { BuildAnswers } from "../../editor/builds/build-draft.ts";
import type { BuildPlan } from "../../editor/builds/build-plan.ts";
import { stageOf } from "../../editor/stage-of.ts";
import type { ImageDetails } from "../../engine/engine.ts";
import { instructionKey } from "../../shared/instruction-key.ts";
import { isSecretPair } from "../../shared/secrets.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import { sizeRecord, stageKey } from "../../sizes/history/built-stage.ts";
import type { StageSizes } from "../../sizes/history/sized-stage.ts";
import { costsFromHistory } from "../../sizes/lines/history-costs.ts";
import type { OngoingBuild } from "./ongoing-build.ts";

/** How long each step took, also of a build that failed. */
export async function rememberTimes({ services, plan, building }: OngoingBuild): Promise<void> {
  if (plan.stages !== undefined)
    await services.stepTimes.remember(plan.file, plan.stages, building.record.steps);
}

/** What each line costs by what the engine tells at once, beside the line and in the stage's history. */
export async function rememberWeight(build: OngoingBuild, image: ImageDetails): Promise<void> {
  const stage = stageOf(build.plan.stages, build.plan.request.target);
  if (!stage) return;
  const costs = costsFromHistory(image, stage.chain);
  await Promise.all([rememberSizes(build, image, stage, costs), rememberHistory(build, image, stage, costs)]);
}

/** What is in the layers takes a reading of the image. */
async function rememberSizes(
  { services, plan, log }: OngoingBuild,
  image: ImageDetails,
  stage: StageInfo,
  costs: StageSizes,
): Promise<void> {
  const { file, tag } = plan;
  await services.lineSizes.remember(file, stage, costs, image.compressedSize);
  const over = services.budgets.show(file, {
    ...{ stage, label: tag, references: [tag, ...image.tags], lines: costs.lines },
    measured: { disk: costs.total, transfer: image.compressedSize },
  });
  for (const it of over) log.line(`${file.fsPath}:${stage.line + 1}: ${it}`);
}

async function rememberHistory(
  { services, plan, commit }: OngoingBuild,
  image: ImageDetails,
  stage: StageInfo,
  costs: StageSizes,
): Promise<void> {
  const { file, stages, request, tag } = plan;
  if (stages === undefined) return;
  const found = await commit;
  // What was typed and not saved is in no commit.
  const isDirty = found?.isDirty || request.dockerfileText !== undefined;
  const built = { image, tag, time: Date.now(), stage, stages: stages.stages, costs };
  const record = sizeRecord({ ...built, commit: found && { ...found, isDirty } }, instructionKey);
  await services.sizeRecords.remember(file, stageKey(stage), record);
}

/** The id of the image that the same stage was built to before; undefined when that is the same, or there is none. */
export function imageBefore({ services, plan }: OngoingBuild, imageId: string): string | undefined {
  const { dockerfile, target } = plan.request;
  const last = services.memory
    .built()
    .find((it) => it.dockerfile === dockerfile && it.target === target && it.imageId !== imageId);
  return last?.imageId;
}

/** What was answered, but no value that looks secret: where one was given, it is asked for again. */
export function answersToRepeat({ tag, request }: BuildPlan, answers: BuildAnswers): BuildAnswers {
  const { dockerfile, context, target, platform, buildArguments } = request;
  const all = Object.entries(buildArguments);
  const plain = all.filter(([name, value]) => !isSecretPair(name, value));
  const { secrets, dockerfileText: _, ...others } = answers;
  const untyped = Object.entries(secrets ?? {}).filter(([, from]) => from.kind !== "value");
  return {
    ...others,
    ...(untyped.length > 0 && { secrets: Object.fromEntries(untyped) }),
    dockerfile,
    context,
    tag,
    buildArguments: Object.fromEntries(plain),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    confirm: plain.length < all.length,
  };
}

import type { BuildAnswers } from "../../editor/builds/build-draft.ts";
import { withoutAnswers } from "../../editor/builds/build-memory.ts";
import { planBuild } from "../../editor/builds/build-plan.ts";
import { settleUnsaved } from "../../editor/builds/unsaved-dockerfile.ts";
import { pickDockerfile } from "../../editor/pick-dockerfile.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, withEngine } from "../with-engine.ts";
import { type BuildResult, carryOutBuild } from "./carry-out-build.ts";
import type { BuildConsole } from "./ongoing-build.ts";

export type { BuildResult } from "./carry-out-build.ts";

/** Builds a stage of a Dockerfile. A failure stands on its line until the next build of the file succeeds. */
export const buildImage: Command<BuildAnswers, BuildResult> = {
  id: "plimsoll.buildImage",
  run: (services, answers) => buildWith(services, answers, undefined),
};

/** What the command does, told in a console besides, as tasks have one. */
export function buildWith(
  services: Services,
  answers: BuildAnswers,
  console: BuildConsole | undefined,
): Promise<BuildResult> {
  return withEngine<BuildResult>(services, buildImage.id, answers, async (engine) => {
    const file = await pickDockerfile(answers.dockerfile);
    if (file === undefined) return cancelled;
    // What is on the screen is what is built.
    const unsaved = answers.dockerfileText === undefined ? await settleUnsaved(file) : { text: undefined };
    if (unsaved === undefined) return cancelled;
    const given = unsaved.text === undefined ? answers : { ...answers, dockerfileText: unsaved.text };
    const stages = await services.language.stages(file);
    const memory = console === undefined ? services.memory : withoutAnswers(services.memory);
    const plan = await planBuild(file, stages, memory, given, () => engine.builders());
    return plan === undefined ? cancelled : carryOutBuild(services, engine, plan, answers, console);
  });
}

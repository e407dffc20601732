import { workspace } from "vscode";
import { withoutAnswers } from "../editor/build-memory.ts";
import { type BuildAnswers, planBuild } from "../editor/build-plan.ts";
import { pickDockerfile } from "../editor/pick-dockerfile.ts";
import { type BuildConsole, type BuildResult, carryOutBuild } from "./carry-out-build.ts";
import type { Command, Services } from "./command.ts";
import { cancelled, withEngine } from "./with-engine.ts";

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
    await workspace.textDocuments.find((it) => it.uri.fsPath === file.fsPath && it.isDirty)?.save();
    const stages = await services.language.stages(file);
    const memory = console === undefined ? services.memory : withoutAnswers(services.memory);
    const plan = await planBuild(file, stages, memory, answers);
    return plan === undefined ? cancelled : carryOutBuild(services, engine, plan, answers, console);
  });
}

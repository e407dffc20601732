import type { TestProject } from "vitest/node";
import { startEngineWithBases } from "./bases.ts";
import { Expected } from "./ending.ts";
import { withoutEngine } from "./engine.ts";

/**
 * Before the tests of the project `engine`: one private engine with the base images for all of them. With
 * `PLIMSOLL_DOCKER_HOST` set, that engine is used and left as the tests leave it.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { PLIMSOLL_DOCKER_HOST: given } = process.env;
  if (given) {
    project.provide("dockerHost", given);
    return undefined;
  }
  const lacking = withoutEngine();
  if (lacking) throw new Expected(`The engine tests cannot run: ${lacking}.`);
  const engine = await startEngineWithBases();
  project.provide("dockerHost", engine.dockerHost);
  return engine.stop;
}

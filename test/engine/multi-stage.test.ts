import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { toolchainInFinalStage } from "../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { allEvents, buildOf } from "../support/build-events.ts";
import { engineWithStore } from "../support/engines.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/**
 * Proves the refactoring to two stages: each project of `test/fixtures/single-stage` is built as it is and as the fix of
 * `toolchain-in-final-stage` leaves it. What the second image starts says the same, and it has a fraction of the size. Where the
 * stand-in for a compiler's image lacks what the real one has, `said.txt` is what has to be said.
 */
const folder = new URL("../fixtures/single-stage/", import.meta.url).pathname;
const projects = globSync("*/Dockerfile", { cwd: folder }).map(path.dirname).sort();

const up = engineWithStore("graph");
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

describe.each(projects)("%s", (project) => {
  test("starts as before, from an image of a fraction of the size", async () => {
    const [before, after] = [`plimsoll-split:${project}-before`, `plimsoll-split:${project}-after`];
    built.push(before, after);
    const context = temporaryFolder();
    cpSync(path.join(folder, project), context, { recursive: true });
    await allEvents(up.engine.build(buildOf(context, { tags: [before] })));
    const dockerfile = path.join(context, "Dockerfile");
    writeFileSync(dockerfile, await split(context, readFileSync(dockerfile, "utf8")));
    await allEvents(up.engine.build(buildOf(context, { tags: [after] })));

    const said = await saidBy(after);
    const written = path.join(folder, project, "said.txt");
    expect(said).toBe(existsSync(written) ? readFileSync(written, "utf8") : await saidBy(before));
    expect(said).not.toBe("");
    expect(await sizeOf(after)).toBeLessThan((await sizeOf(before)) / 5);
  }, 600_000);
});

/** What the fix makes of a Dockerfile. */
async function split(context: string, text: string): Promise<string> {
  const inputs = {
    images: shippedImages,
    shell: await shellReader(),
    context: new Disk().contextAt(context),
    buildArguments: {},
  };
  const problems = checkDockerfile(evaluateDockerfile(parseDockerfile(text), inputs), {
    rules: [toolchainInFinalStage],
  });
  const edits = problems.find((it) => it.rule === toolchainInFinalStage.id)?.fixes[0]?.edits;
  if (!edits) throw new Error("The rule offers no fix.");
  return applyEdits(text, edits);
}

/** The output of a container until it ends, or until its health check says that it is well. */
async function saidBy(image: string): Promise<string> {
  const container = (await up.real.docker("run", "--detach", image)).trim();
  try {
    for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
      const format =
        "{{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{end}}";
      const state = (await up.real.docker("inspect", "--format", format, container)).trim();
      if (/^exited 0\b| healthy$/.test(state)) return await up.real.docker("logs", container);
      if (state.startsWith("exited") || Date.now() > deadline)
        throw new Error(`${image} is ${state}:\n${await up.real.docker("logs", container)}`);
    }
  } finally {
    await up.real.docker("rm", "--force", container);
  }
}

async function sizeOf(image: string): Promise<number> {
  return Number(await up.real.docker("image", "inspect", "--format", "{{.Size}}", image));
}

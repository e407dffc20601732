import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { toolchainInFinalStage } from "../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { buildTwice, saidBy, sizeOf } from "../support/engine/split-stages.ts";

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
    await buildTwice(up, path.join(folder, project), toolchainInFinalStage, [before, after]);

    const said = await saidBy(after, up.real);
    const written = path.join(folder, project, "said.txt");
    expect(said).toBe(existsSync(written) ? readFileSync(written, "utf8") : await saidBy(before, up.real));
    expect(said).not.toBe("");
    expect(await sizeOf(after, up.real)).toBeLessThan((await sizeOf(before, up.real)) / 5);
  }, 600_000);
});

import { afterAll, expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import type { DockerfileModel } from "../../server/src/model/stage/dockerfile-model.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { checkDockerfile } from "../../server/src/rules/check.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { KnownImages } from "../../server/src/workspace/known-images.ts";
import { shippedPackages } from "../../server/src/workspace/package-names.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { wrongAnswers } from "../support/engine/evaluated-image.ts";
import { folderTree } from "../support/folder-tree.ts";
import { seedsOf } from "../support/random/random.ts";
import { RANDOM_CONTEXT, randomDockerfile } from "../support/random/random-dockerfile.ts";

/**
 * Dockerfiles that nobody wrote, built by the engine. Instructions that fail are taken out until the file builds; then no error may
 * say that it does not, every certain answer about the image must be true, and every fix has to leave a file that builds.
 */
const up = engineWithStore("graph");
const tags = ["random:before", "random:after"] as const;
afterAll(() => up.real.docker("image", "rm", "--force", ...tags));

const base = "alpine:3.24";
/** Others may be tried by `RANDOM_SEEDS=100-150`. */
const seeds = seedsOf(process.env["RANDOM_SEEDS"] ?? "1-10");

test.each(seeds)("seed %i", async (seed) => {
  const tree = folderTree(RANDOM_CONTEXT);
  const text = await buildable(randomDockerfile(seed, base), tree);
  const model = await evaluated(text, tree);
  const { result } = model.finalStage ?? {};
  if (!result) throw new Error("It has no stage.");
  const problems = checkDockerfile(model, { allRules: true });
  const { instructions } = model.file;
  const refused = problems.filter(({ span, severity, tags }) => {
    const at = instructions.find((it) => it.span.start <= span.start && span.end <= it.span.end);
    // A user who is not there ends the next RUN, of which there may be none.
    return (
      severity === "error" && tags.includes("build") && /^(RUN|COPY|ADD|WORKDIR|VOLUME)$/.test(at?.name ?? "")
    );
  });
  expect(
    refused.map((it) => `${it.rule}: ${it.message}`),
    text,
  ).toEqual([]);
  expect(await wrongAnswers(result, tags[0], up, text), text).toEqual([]);
  for (const { rule, fixes } of problems)
    for (const { title, edits, others } of fixes) {
      if (others && others.length > 0) continue;
      const after = applyEdits(text, edits);
      expect((await failure(after, tree, tags[1]))?.message, `${rule}: ${title}\n${after}`).toBeUndefined();
    }
});

/** The text without the instructions that fail. */
async function buildable(written: string, tree: string): Promise<string> {
  let text = written;
  for (;;) {
    const failed = await failure(text, tree, tags[0]);
    if (!failed) return text;
    const { lines, instructions } = parseDockerfile(text);
    const at = instructions.find((it) => it.endLine + 1 >= failed.line);
    if (!at || at.name === "FROM") throw new Error(`${failed.message}\n${text}`);
    text =
      text.slice(0, lines.starts[at.startLine]) + text.slice(lines.starts[at.endLine + 1] ?? text.length);
  }
}

/** Builds each stage, as those that the last one does not need are left out otherwise. */
async function failure(
  text: string,
  tree: string,
  tag: string,
): Promise<{ readonly line: number; readonly message: string } | undefined> {
  const folder = folderTree({ Dockerfile: text });
  const names = parseDockerfile(text).instructions.flatMap((it) =>
    it.name === "FROM" ? (it.words[2]?.raw ?? []) : [],
  );
  for (const name of names) {
    const target = [
      "build",
      "--quiet",
      "--target",
      name,
      "--tag",
      tag,
      "--file",
      `${folder}/Dockerfile`,
      tree,
    ];
    try {
      await up.real.docker(...target);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { line: Number(/Dockerfile:(\d+)/.exec(message)?.[1]), message };
    }
  }
  return undefined;
}

async function evaluated(text: string, tree: string): Promise<DockerfileModel> {
  const images = new KnownImages(shippedImages);
  images.set(base, { reading: await up.engine.readImage(base), isHere: true });
  return evaluateDockerfile(parseDockerfile(text), {
    images,
    shell: await shellReader(),
    packages: shippedPackages,
    context: new Disk().contextAt(tree, `${tree}/Dockerfile`, "given"),
    buildArguments: {},
  });
}

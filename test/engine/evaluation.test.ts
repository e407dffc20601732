import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { shippedImages } from "../../server/src/model/image/shipped-images.ts";
import { evaluateDockerfile } from "../../server/src/model/stage/evaluate.ts";
import { parseDockerfile } from "../../server/src/syntax/dockerfile/parse.ts";
import { Disk } from "../../server/src/workspace/disk.ts";
import { KnownImages } from "../../server/src/workspace/known-images.ts";
import { shippedPackages } from "../../server/src/workspace/package-names.ts";
import { shellReader } from "../../server/src/workspace/wasm.ts";
import { engineWithStore } from "../support/engine/engines.ts";
import { wrongAnswers } from "../support/engine/evaluated-image.ts";
import { folderTree } from "../support/folder-tree.ts";

/**
 * Holds what the evaluation says of a final stage to the image that the engine makes of it: each Dockerfile of
 * `test/fixtures/evaluated` is built, and every answer that is certain must be true of its files, users and configuration. An
 * ignore file beside it is its own.
 */
const folder = new URL("../fixtures/evaluated/", import.meta.url).pathname;
const up = engineWithStore("graph");
const built: string[] = [];
afterAll(async () => {
  if (built.length > 0) await up.real.docker("image", "rm", "--force", ...built);
});

const context = {
  a: "a\n",
  "txt.txt": "t\n",
  "other.txt": "o\n",
  "conf/a.conf": "a\n",
  "conf/b.conf": "b\n",
};

test.each(globSync("*.Dockerfile", { cwd: folder }).sort())("%s", async (name) => {
  const [ignore] = globSync(`${name}.dockerignore`, { cwd: folder });
  const text = readFileSync(path.join(folder, name), "utf8");
  const tree = folderTree({
    ...context,
    Dockerfile: text,
    ...(ignore && { "Dockerfile.dockerignore": readFileSync(path.join(folder, ignore), "utf8") }),
  });
  const tag = `plimsoll-evaluation:${name.replace(/\W/g, "-").toLowerCase()}`;
  built.push(tag);
  await up.real.docker("build", "--quiet", "--tag", tag, tree);

  const images = new KnownImages(shippedImages);
  for (const base of ["debian:trixie-slim", "alpine:3.24"])
    images.set(base, { reading: await up.engine.readImage(base), isHere: true });
  const model = evaluateDockerfile(parseDockerfile(text), {
    images,
    shell: await shellReader(),
    packages: shippedPackages,
    context: new Disk().contextAt(tree, `${tree}/Dockerfile`, "given"),
    buildArguments: {},
  });
  const state = model.finalStage?.result;
  if (!state) throw new Error(`${name} has no stage.`);

  expect(await wrongAnswers(state, tag, up, text)).toEqual([]);
});

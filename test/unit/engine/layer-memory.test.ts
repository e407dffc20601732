import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layerMemory } from "../../../client/src/engine/images/layer-memory.ts";
import { type Layer, LayerBuilder } from "../../../client/src/sizes/layers/layer.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function sample(): Layer {
  const builder = new LayerBuilder();
  const common = { mode: 0o755, uid: 1, gid: 2, size: 0, hash: undefined, linkName: "" };
  builder.add("a/b", { ...common, kind: "file", size: 7, hash: "ab", program: "binary" });
  builder.add("etc/passwd", { ...common, kind: "file", size: 1, text: "x" });
  builder.add("a/link", { ...common, kind: "symlink", linkName: "../b" });
  builder.add("a/.wh.old", { ...common, kind: "file" });
  builder.add("c/.wh..wh..opq", { ...common, kind: "file" });
  return { ...builder.build("sha256:1"), packed: { digest: "sha256:2", size: 5 } };
}

test("a layer comes back as it was read, in another window too", async () => {
  const folder = join(temporaryFolder(), "not/there/yet");
  await layerMemory(folder).rememberLayers([sample()]);
  expect(await layerMemory(folder).layer("sha256:1")).toEqual(sample());
  expect(await layerMemory(folder).layer("sha256:2")).toBeUndefined();
});

test("the history of an image comes back", async () => {
  const memory = layerMemory(temporaryFolder());
  await memory.rememberHistory("sha256:1", [{ createdBy: "RUN x", isEmpty: false }]);
  expect(await memory.history("sha256:1")).toEqual([{ createdBy: "RUN x", isEmpty: false }]);
  expect(await memory.layer("sha256:1")).toBeUndefined();
});

test("what is damaged counts as not there", async () => {
  const folder = temporaryFolder();
  const memory = layerMemory(folder);
  await memory.rememberLayers([sample()]);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "junk");
  expect(await memory.layer("sha256:1")).toBeUndefined();
});

test("a folder that cannot be written costs the memory, not the answer", async () => {
  const file = join(temporaryFolder({ file: "" }), "file");
  const memory = layerMemory(file);
  await memory.rememberLayers([sample()]);
  expect(await memory.layer("sha256:1")).toBeUndefined();
});

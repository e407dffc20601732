import { expect, test } from "vitest";
import { fileOfLayer, firstFile } from "../../../../client/src/sizes/layers/layer-file.ts";
import { shownContent } from "../../../../client/src/sizes/shown-content.ts";
import { imageArchive, inParts, tarOf } from "../../../support/images/image-archives.ts";

const first = await tarOf([
  { name: "etc/motd", content: "welcome" },
  { name: "etc/none", content: "" },
  { name: "bin/sh", type: "symlink", linkname: "busybox" },
  { name: "big", content: "b".repeat(200_000) },
]);
const second = await tarOf([{ name: "etc/motd", content: "good bye" }]);

test.each([
  { form: "docker", packing: "none" },
  { form: "docker", packing: "gzip" },
  { form: "oci", packing: "zstd" },
  { form: "legacy", packing: "none" },
] as const)("the file that a layer stores, in the form $form, packed as $packing", async (form) => {
  const { archive, diffIds } = await imageArchive([first, second], form);
  const find = (layer: number, path: string, limit = 1000) =>
    fileOfLayer(inParts(archive, 10_000), { diffId: diffIds[layer] ?? "", path, limit });
  const text = async (layer: number, path: string) => {
    const found = await find(layer, path);
    return found?.is === "file" ? Buffer.from(found.start.bytes).toString() : found;
  };
  expect(await text(0, "/etc/motd")).toBe("welcome");
  expect(await text(1, "/etc/motd")).toBe("good bye");
  expect(await text(0, "/etc/none")).toBe("");
  expect(await text(1, "/etc/none")).toBeUndefined();
  expect(await find(0, "/bin/sh")).toEqual({ is: "link", target: "busybox" });
  const big = await find(0, "/big");
  expect(big?.is === "file" && [big.start.bytes.length, big.start.size]).toEqual([1000, 200_000]);
});

test("no more is read than needed", async () => {
  const { archive, diffIds } = await imageArchive([first, second], { form: "docker" });
  let read = 0;
  async function* counted() {
    for await (const part of inParts(archive, 512)) {
      read += part.length;
      yield part;
    }
  }
  await fileOfLayer(counted(), { diffId: diffIds[0] ?? "", path: "/etc/motd", limit: 100 });
  expect(read).toBeLessThan(archive.length / 10);
});

test("the first file of a container's archive, up to a limit", async () => {
  const archive = await tarOf([{ name: "motd", content: "welcome" }]);
  expect(await firstFile(inParts(archive), 3)).toEqual({
    is: "file",
    start: { bytes: Buffer.from("wel"), size: 7 },
  });
  await expect(firstFile(inParts(Buffer.alloc(0)), 3)).rejects.toThrow("it is empty");
});

const start = (content: string | Buffer, size = Buffer.from(content).length) => ({
  bytes: Buffer.from(content),
  size,
});

test("text is UTF-8 without a zero byte; all else is shown as bytes", () => {
  expect(shownContent(start("grüß\n"))).toEqual({ is: "text", text: "grüß\n" });
  expect(shownContent(start(""))).toEqual({ is: "text", text: "" });
  expect(shownContent(start("a".repeat(10), 11))).toEqual({ is: "too-large" });
  expect(shownContent(start(Buffer.from([0xe4, 0x0a])))).toMatchObject({ is: "binary" });
  expect(shownContent(start(Buffer.from("\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03"), 9_000_000))).toEqual({
    is: "binary",
    text:
      "00000000  7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00  |.ELF............|\n" +
      "00000010  03                                               |.|\n",
  });
});

import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readImageArchive, readImageArchives } from "../../../../client/src/sizes/layers/image-archive.ts";
import type { Layer } from "../../../../client/src/sizes/layers/layer.ts";
import { weigh } from "../../../../client/src/sizes/waste.ts";
import {
  imageArchive,
  inParts,
  plainTar,
  tarOf,
  togetherOf,
} from "../../../support/images/image-archives.ts";

const base = await tarOf([
  { name: "bin/", type: "directory" },
  { name: "bin/sh", content: "s".repeat(1000), mode: 0o755 },
  { name: "bin/ash", type: "link", linkname: "bin/sh" },
  { name: "etc/motd", content: "welcome", uid: 5, gid: 6 },
]);
const own = await tarOf([
  { name: "etc/.wh.motd", content: "" },
  { name: "app/data", content: "d".repeat(300_000) },
]);
const empty = await tarOf([]);

const read = (archive: Buffer, options: Partial<Parameters<typeof readImageArchive>[1]> = {}) =>
  readImageArchive(inParts(archive, 10_000), { hashes: true, ...options });

test.each([
  { form: "docker", packing: "none" },
  { form: "docker", packing: "gzip" },
  { form: "docker", packing: "zstd" },
  { form: "oci", packing: "none" },
  { form: "oci", packing: "gzip" },
  { form: "oci", packing: "zstd" },
  { form: "legacy", packing: "none" },
] as const)("an image in the form $form, packed as $packing", async (form) => {
  const { archive, diffIds } = await imageArchive([base, own, empty, empty], form);
  const { layers, history, problem } = await read(archive);
  expect(problem).toBeUndefined();
  expect(layers.map((it) => [it.diffId, it.layer?.diffId, it.layer?.size, it.problem])).toEqual([
    [diffIds[0], diffIds[0], 1007, undefined],
    [diffIds[1], diffIds[1], 300_000, undefined],
    [diffIds[2], diffIds[2], 0, undefined],
    [diffIds[3], diffIds[3], 0, undefined],
  ]);
  expect(history?.map((it) => it.isEmpty)).toEqual([false, false, false, false, true]);
  expect(layers[1]?.compressedSize === undefined).toBe(form.packing === "none");
  expect(layers[0]?.layer?.entries).toMatchObject([
    { path: "/bin", kind: "directory" },
    { path: "/bin/sh", kind: "file", size: 1000, mode: 0o755 },
    { path: "/bin/ash", kind: "hard-link", size: 0, target: "/bin/sh" },
    { path: "/etc/motd", kind: "file", size: 7, uid: 5, gid: 6 },
  ]);
  const whole = layers.flatMap((it) => it.layer ?? []);
  expect(weigh(whole)).toMatchObject({
    total: 301_007,
    visible: 301_000,
    waste: [{ how: "deleted", bytes: 7 }],
  });
});

test("what a pull transfers is measured where layers are stored unpacked, and asked for", async () => {
  const noise = await tarOf([{ name: "noise", content: randomBytes(3_000_000).toString("latin1") }]);
  const plain = await imageArchive([base, own, noise], { form: "docker" });
  const measured = await read(plain.archive, { transfer: true });
  expect(measured.layers.map((it) => it.compressedSize)).toEqual(
    [base, own, noise].map((it) => gzipSync(it).length),
  );
  expect(measured.layers.map((it) => it.layer?.size)).toEqual(
    (await read(plain.archive)).layers.map((it) => it.layer?.size),
  );
  const [first] = measured.layers;
  const known = (diffId: string) => (diffId === first?.diffId ? first?.layer : undefined);
  const again = await read(plain.archive, { known });
  expect(again.layers.map((it) => it.compressedSize)).toEqual([first?.compressedSize, undefined, undefined]);
  const packed = await imageArchive([base, own], { form: "oci", packing: "gzip" });
  const [told, asked] = [await read(packed.archive), await read(packed.archive, { transfer: true })];
  expect(asked.layers.map((it) => it.compressedSize)).toEqual(told.layers.map((it) => it.compressedSize));
});

test("layers that are known are not read again", async () => {
  const { archive, diffIds } = await imageArchive([base, own], { form: "docker" });
  const known: Layer = { diffId: diffIds[0] ?? "", entries: [], removed: [], opaque: [], size: 42 };
  const { layers } = await read(archive, {
    known: (diffId) => (diffId === known.diffId ? known : undefined),
  });
  expect(layers.map((it) => it.layer?.size)).toEqual([42, 300_000]);
});

test("a blob that is missing costs its layer alone", async () => {
  const { blobs } = await imageArchive([base, own], { form: "oci", packing: "gzip" });
  const { archive } = await imageArchive([base, own], {
    form: "oci",
    packing: "gzip",
    without: [blobs[0] ?? ""],
  });
  const { layers, problem } = await read(archive);
  expect(problem).toBeUndefined();
  expect(layers.map((it) => it.problem)).toEqual(["Layer 1 is not in the image's archive.", undefined]);
  expect(layers[1]?.layer?.size).toBe(300_000);
});

test("an archive that breaks off says so, and shows the layers that were whole", async () => {
  const { archive, diffIds } = await imageArchive([base, own], { form: "docker" });
  const { layers, problem } = await read(archive.subarray(0, 100_000), { diffIds });
  expect(problem).toBe("The image's archive cannot be read to its end: it breaks off after 100,000 bytes.");
  expect(layers[0]?.layer?.size).toBe(1007);
  expect(layers[1]?.problem).toMatch(
    /^Layer 2 cannot be read: it breaks off after [\d,]+ bytes\.$|not in the image/,
  );
});

test.each(["gzip", "zstd"] as const)("damaged %s data costs its layer alone", async (packing) => {
  const { archive, blobs } = await imageArchive([own, base], { form: "docker", packing });
  const at = archive.indexOf(blobs[0]?.slice(-20) ?? "") + 512;
  archive.fill(0x5a, at + 40, at + 120);
  const { layers } = await read(archive);
  expect(layers[0]?.problem).toMatch(/^Layer 1 cannot be read: /);
  expect(layers[1]?.layer?.size).toBe(1007);
});

test("a damaged header inside a layer costs that layer alone", async () => {
  const damaged = Buffer.from(own);
  damaged[512 + 3] = 0x7f;
  const { archive } = await imageArchive([damaged, base], { form: "docker" });
  const { layers } = await read(archive);
  expect(layers[0]?.problem).toBe("Layer 1 cannot be read: its header at byte 512 has a wrong checksum.");
  expect(layers[1]?.problem).toBeUndefined();
});

test("what is no image says so", async () => {
  const notes = await tarOf([{ name: "notes.txt", content: "hello" }]);
  expect((await read(notes)).problem).toBe(
    "This is no image: neither manifest.json nor index.json of an OCI layout is in it.",
  );
  expect((await read(Buffer.from("<html>".repeat(200)))).problem).toBe(
    "The image's archive cannot be read to its end: its header at byte 0 has a wrong checksum.",
  );
});

test("a hundred thousand files, to the byte", async () => {
  const files = Array.from({ length: 100_000 }, (_, index) => ({
    name: `srv/${index % 100}/file-${index}`,
    content: "x".repeat(index % 7),
  }));
  const { archive } = await imageArchive([plainTar(files)], { form: "docker", packing: "gzip" });
  const { layers } = await readImageArchive(inParts(archive), { hashes: true });
  const expected = files.reduce((sum, it) => sum + it.content.length, 0);
  expect(layers[0]?.layer?.entries).toHaveLength(100_000);
  expect(layers[0]?.layer?.size).toBe(expected);
  expect(weigh(layers.flatMap((it) => it.layer ?? [])).visible).toBe(expected);
});

test("an error of the connection is thrown, not taken for the archive's", async () => {
  const broken = async function* () {
    yield base.subarray(0, 10);
    throw new Error("connection lost");
  };
  await expect(readImageArchive(broken(), { hashes: false })).rejects.toThrow("connection lost");
});

test.each(["docker", "oci"] as const)(
  "several images of one archive in the form %s, a layer of both once",
  async (form) => {
    // As an engine saves them together.
    const other = await tarOf([{ name: "other", content: "o".repeat(42) }]);
    const [one, two] = await Promise.all([
      imageArchive([base, own], { form }),
      imageArchive([base, other], { form }),
    ]);
    const archive = await togetherOf([one.archive, two.archive]);
    const images = await readImageArchives(
      inParts(archive, 10_000),
      [one.diffIds, two.diffIds, ["sha256:none"]],
      { hashes: true },
    );
    expect(images.map((it) => it.layers.map((layer) => [layer.layer?.size, layer.problem]))).toEqual([
      [
        [1007, undefined],
        [300_000, undefined],
      ],
      [
        [1007, undefined],
        [42, undefined],
      ],
      [[undefined, "Layer 1 is not in the image's archive."]],
    ]);
    expect(images[0]?.layers[0]?.layer?.entries).toBe(images[1]?.layers[0]?.layer?.entries);
    expect(images.map((it) => it.history?.length)).toEqual([3, 3, undefined]);
  },
);

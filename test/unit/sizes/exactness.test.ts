import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ImageArchive, readImageArchive } from "../../../client/src/sizes/layers/image-archive.ts";
import { stackLayers } from "../../../client/src/sizes/stack.ts";
import { weigh } from "../../../client/src/sizes/waste.ts";
import { type ArchiveForm, imageArchive, inParts } from "../../support/images/image-archives.ts";

/** Longer than the 255 bytes that ustar has for a path. */
const long = `${"a-directory-with-a-long-name/".repeat(10)}file`;

/** A layer as GNU tar writes it of a folder. */
function layerOf(
  format: "gnu" | "pax",
  fill: (put: (name: string, content: string) => string) => void,
): Buffer {
  const root = mkdtempSync(join(tmpdir(), "plimsoll-layer-"));
  fill((name, content) => {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  });
  const options = [`--format=${format}`, "-S", "--sort=name", "--mtime=@0", "--owner=7", "--group=8"];
  try {
    return execFileSync("tar", ["-c", ...options, "-C", root, "."], { maxBuffer: 1 << 28 });
  } finally {
    rmSync(root, { recursive: true });
  }
}

const first = (format: "gnu" | "pax") =>
  layerOf(format, (put) => {
    linkSync(put("bin/tool", "t".repeat(1000)), join(put("bin/other", ""), "../linked"));
    symlinkSync(long, put(`${long}.txt`, "12345").replace(/\.txt$/, ".link"));
    put(long, "long");
    truncateSync(put("holes", "start"), 70_000_000);
    put("lists/a/one", "1".repeat(10));
    put("lists/two", "2".repeat(20));
    put("cache/old", "o".repeat(300));
    put("rewritten", "same");
    put("naïve-名", "n".repeat(4000));
  });

const second = (format: "gnu" | "pax") =>
  layerOf(format, (put) => {
    put(".wh.lists", "");
    put("bin/.wh.tool", "");
    put("cache/.wh..wh..opq", "");
    put("cache/new", "n".repeat(5));
    put("rewritten", "same");
    put(long, "longer");
  });

/** In the order of the code: what each layer stores, and of it what the second one hides. */
const sizes = [1000 + 0 + 5 + 4 + 70_000_000 + 10 + 20 + 300 + 4 + 4000, 5 + 4 + 6];
const waste = { deleted: 10 + 20 + 300, rewritten: 4, overwritten: 4 };

const forms: readonly ArchiveForm[] = [
  { form: "docker", packing: "none" },
  { form: "docker", packing: "gzip" },
  { form: "docker", packing: "zstd" },
  { form: "oci", packing: "none" },
  { form: "oci", packing: "gzip" },
  { form: "oci", packing: "zstd" },
  { form: "legacy", packing: "none" },
];

function layersOf({ layers }: ImageArchive) {
  return layers.flatMap((it) => it.layer ?? []);
}

describe.each(["gnu", "pax"] as const)(
  "to the byte, with names and sparse files in the form %s",
  (format) => {
    const layers = [first(format), second(format)];

    test.each(forms)("in the layout $form, packed as $packing", async (form) => {
      const { archive } = await imageArchive(layers, form);
      const read = await readImageArchive(inParts(archive, 70_001), { hashes: true });
      expect(layersOf(read).map((it) => it.size)).toEqual(sizes);
      const weight = weigh(layersOf(read));
      const [total = 0, own = 0] = sizes;
      const lost = waste.deleted + waste.rewritten + waste.overwritten;
      expect(weight).toMatchObject({ total: total + own, visible: total + own - lost });
      expect(Object.fromEntries(weight.waste.map((it) => [it.how, it.bytes]))).toEqual(waste);
      const { visible } = stackLayers(layersOf(read));
      // The file of two names lives on under the other one.
      expect(visible.has("/bin/tool")).toBe(false);
      expect(visible.get("/bin/linked")?.entry.kind).toMatch(/^(file|hard-link)$/);
      expect(visible.get(`/${long}`)?.entry).toMatchObject({ size: 6, uid: 7, gid: 8 });
      expect(visible.get(`/${long}.link`)?.entry).toMatchObject({ kind: "symlink", target: long });
      expect(visible.get("/naïve-名")?.entry.size).toBe(4000);
      expect(visible.get("/holes")?.entry.size).toBe(70_000_000);
      expect([...visible.keys()].filter((it) => /^\/(lists|cache)\b/.test(it)).sort()).toEqual([
        "/cache",
        "/cache/new",
      ]);
    });
  },
);

describe("what is wrong costs no more than it must", () => {
  const plain = layerOf("gnu", (put) => put("a", "a".repeat(50_000)));
  const other = layerOf("gnu", (put) => put("b", "b".repeat(700)));

  test.each(["gzip", "zstd"] as const)("a layer whose %s data breaks off", async (packing) => {
    const whole = await imageArchive([plain, other], { form: "oci", packing });
    const cut = await imageArchive([plain, other], { form: "oci", packing, cut: [whole.blobs[0] ?? ""] });
    const { layers, problem } = await readImageArchive(inParts(cut.archive), { hashes: true });
    expect(problem).toBeUndefined();
    expect(layers.map((it) => it.layer?.size)).toEqual([undefined, 700]);
    expect(layers[0]?.problem).toMatch(
      /^Layer 1 cannot be read: (its compressed data is damaged \(.+\)|it breaks off after [\d,]+ bytes)\.$/,
    );
  });

  test("a layer that breaks off without being packed", async () => {
    const whole = await imageArchive([plain, other], { form: "docker" });
    const cut = await imageArchive([plain, other], { form: "docker", cut: [whole.blobs[0] ?? ""] });
    const { layers } = await readImageArchive(inParts(cut.archive), { hashes: false });
    expect(layers[0]?.problem).toMatch(/^Layer 1 cannot be read: it breaks off after [\d,]+ bytes\.$/);
    expect(layers[1]?.layer?.size).toBe(700);
  });

  test("an archive that breaks off anywhere: what is told is right, and what is not told has its reason", async () => {
    const { archive, diffIds } = await imageArchive([other, plain], { form: "docker" });
    for (let length = 0; length < archive.length; length += 4099) {
      const read = await readImageArchive(inParts(archive.subarray(0, length)), { hashes: true, diffIds });
      expect(read.problem).toMatch(
        /^The image's archive cannot be read to its end: it (is empty|breaks off)/,
      );
      for (const [index, it] of read.layers.entries())
        if (it.layer) expect(it.layer.size).toBe(index === 0 ? 700 : 50_000);
        else expect(it.problem).toMatch(new RegExp(`^Layer ${index + 1} (is not in|cannot be read)`));
    }
  });

  test("a configuration that is missing leaves the layers, where the engine has told them", async () => {
    const { archive, diffIds } = await imageArchive([plain, other], { form: "docker", withoutConfig: true });
    const { layers, history } = await readImageArchive(inParts(archive), { hashes: true, diffIds });
    expect(layers.map((it) => it.layer?.size)).toEqual([50_000, 700]);
    expect(history).toBeUndefined();
  });
});

test.each(["gzip", "none"] as const)(
  "a layer that was read before is not unpacked again, packed as %s",
  async (packing) => {
    const plain = layerOf("gnu", (put) => put("a", "a".repeat(50_000)));
    const { archive } = await imageArchive([plain], { form: "docker", packing });
    const first = await readImageArchive(inParts(archive), { hashes: true });
    const [layer] = layersOf(first);
    expect(layer?.packed === undefined).toBe(packing === "none");
    const digests: string[] = [];
    const again = await readImageArchive(inParts(archive), {
      hashes: true,
      known(digest) {
        digests.push(digest);
        return digest === layer?.diffId || digest === layer?.packed?.digest ? layer : undefined;
      },
    });
    expect(again.layers[0]?.layer).toBe(layer);
    expect(again.layers[0]?.compressedSize).toBe(first.layers[0]?.compressedSize);
    expect(digests).toContain(layer?.packed?.digest ?? layer?.diffId);
  },
);

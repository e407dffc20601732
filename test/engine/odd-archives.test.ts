import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { engineWithStore, imageStores } from "../support/engine/engines.ts";
import { layersIn, seenFiles } from "../support/engine/seen-files.ts";
import { base256, gnuLong, type HandHeader, handTar, paxHeader } from "../support/images/hand-tar.ts";
import { imageArchive } from "../support/images/image-archives.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const file = (name: string, length: number, more: Partial<HandHeader> = {}): HandHeader => ({
  name,
  content: "x".repeat(length),
  ...more,
});
const folder = (name: string): HandHeader => ({ name, type: "5", mode: 0o755 });
const link = (name: string, linkName: string): HandHeader => ({ name, type: "1", linkName });
const long = `${"d".repeat(99)}/${"n".repeat(200)}`;
const tag = "plimsoll-odd:1";

/** Layers written by hand, which the engine unpacks as it likes: what it has made of them is what we must say. A hard link to a file of a layer below none of them unpacks. */
const images: Readonly<Record<string, readonly (readonly HandHeader[])[]>> = {
  "forms of tar": [
    [
      { name: "etc/", form: "v7", type: "\0", mode: 0o755 },
      file("etc/a", 10, { form: "v7", type: "\0" }),
      { name: "etc/c", form: "v7", type: "1", linkName: "etc/a" },
      file("n".repeat(100), 3, { prefix: `${"p".repeat(76)}/${"q".repeat(78)}`, mode: 0o4755 }),
      gnuLong("K", long),
      gnuLong("L", `gnu/${long}`),
      { name: "cut off", type: "2", linkName: "cut off", form: "gnu" },
      paxHeader({ path: `pax/${long}`, size: "5", uid: "4000000", gid: "5000000" }),
      file("cut off", 5),
      file("binary", 700, { size: base256(700, 12), uid: base256(3_000_000, 8), form: "gnu" }),
      paxHeader({ comment: "a commit", uid: "7" }, "g"),
      file("behind a global header", 1, { uid: 3 }),
      { name: "dev", type: "3", at: { 329: "0000001\0", 337: "0000003\0" } },
      { name: "pipe", type: "6", size: 0 },
    ],
  ],
  "odd names": [
    [
      folder("./"),
      folder("./usr/"),
      file("./usr/a", 1),
      file("/usr/b", 2),
      file("usr//c", 3),
      file("usr/./d", 4),
      file("usr/x/../e", 5),
      link("usr/h", "./usr/a"),
      link("usr/i", "/usr/a"),
      file("naïve-名前-🐳", 6),
      { name: Buffer.from([0x61, 0xff]), content: "1234567" },
      file("line\nend", 8),
    ],
  ],
  "several entries for one path": [
    [
      file("a", 10),
      file("b", 1),
      file("a", 20),
      folder("d"),
      file("d/a", 10),
      file("d", 3),
      folder("d"),
      file("d/c", 4),
    ],
    [file("l", 10), link("m", "l"), link("n", "l"), file("l", 1), link("o", "l"), folder("b")],
  ],
  "files and directories in each other's places": [
    [folder("d"), file("d/a", 10), file("e", 1)],
    [file("d", 3), folder("e"), file("e/a", 4)],
    [folder("d"), file("d/b", 5)],
  ],
  "hard links in layers above": [
    [file("a", 10), link("b", "a"), link("c", "a"), file("d", 7), link("e", "d")],
    [file("b", 5), file(".wh.a", 0), file(".wh.d", 0)],
    [file(".wh.e", 0)],
  ],
  "what layers take away": [
    [folder("d"), file("d/old", 10), file("x", 7), folder("y"), file("y/z", 1), file("keep/it", 1)],
    [
      file("d/before", 1),
      file("d/.wh..wh..opq", 0),
      file("d/after", 2),
      folder("d/sub"),
      file("d/sub/deep", 3),
    ],
    [file(".wh.x", 0), file("x", 2), file("./.wh.y", 0), file("keep/.wh.nothing", 0)],
  ],
};

describe.each(imageStores)("with the %s image store", (store) => {
  const up = engineWithStore(store);

  // What a graph store refuses: “duplicates of file paths not supported”.
  const names = Object.keys(images).filter((it) => store === "containerd" || !it.startsWith("several"));

  test.each(names)("%s: what the engine has unpacked", async (name) => {
    const layers = (images[name] ?? []).map((it) => handTar(...it));
    const { archive } = await imageArchive(layers, { form: "docker", tag });
    const path = join(temporaryFolder(), "image.tar");
    writeFileSync(path, archive);
    await up.real.docker("load", "--quiet", "--input", path);
    try {
      const image = await up.engine.inspectImage(tag);
      const read = await up.engine.readLayers(image, { hashes: false });
      expect([read.problem, ...read.layers.map((it) => it.problem)].filter(Boolean)).toEqual([]);
      const [listed] = (await up.engine.listFiles([image], {})) ?? [];
      expect(listed).toBeDefined();
      expect(seenFiles(listed, layersIn(read.layers))).toEqual(seenFiles(undefined, layersIn(read.layers)));
      const links = layersIn(read.layers)
        .flatMap((it) => it.entries)
        .reduce((sum, it) => sum + (it.kind === "symlink" ? Buffer.byteLength(it.target ?? "") : 0), 0);
      const total = layersIn(read.layers).reduce((sum, it) => sum + it.size, 0);
      // A containerd store counts blocks; overlay2 the names that symbolic links lead to as well.
      if (store === "graph") expect(total + links).toBe(image.unpackedSize);
    } finally {
      await up.real.docker("image", "rm", "--force", tag);
    }
  });
});

import { createHash } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readImageArchive } from "../../../../client/src/sizes/layers/image-archive.ts";
import type { Layer } from "../../../../client/src/sizes/layers/layer.ts";
import { LayerReader } from "../../../../client/src/sizes/layers/layer-reader.ts";
import { stackLayers } from "../../../../client/src/sizes/stack.ts";
import { weigh } from "../../../../client/src/sizes/waste.ts";
import { base256, gnuLong, type HandHeader, handTar, paxHeader } from "../../../support/images/hand-tar.ts";
import { imageArchive, inParts, tarOf } from "../../../support/images/image-archives.ts";
import { filesOf } from "../layers.ts";

function layerOf(...headers: readonly HandHeader[]): Layer {
  const reader = new LayerReader(undefined, { hashes: true });
  void reader.write(handTar(...headers));
  return reader.end();
}

/** `path kind size` of each entry. */
function shown({ entries }: Layer): string[] {
  return entries.map(({ path, kind, size, target }) =>
    [path, kind, ...(kind === "file" ? [size] : []), ...(target === undefined ? [] : [`→ ${target}`])].join(
      " ",
    ),
  );
}

/** What a container sees of these layers, and whether all bytes are accounted for. */
function seen(...layers: readonly Layer[]): string[] {
  const weight = weigh(layers);
  expect(weight.visible + weight.waste.reduce((sum, it) => sum + it.bytes, 0)).toBe(weight.total);
  expect(filesOf([layers]).root.bytes[0], "in the tree of files").toBe(weight.visible);
  return [...stackLayers(layers).visible.values()].map(
    ({ entry, layer }) => `${shownEntry(entry)} @${layer}`,
  );
}

function shownEntry(entry: Layer["entries"][number]): string {
  return shown({ entries: [entry] } as unknown as Layer)[0] ?? "";
}

const hashOf = (letter: string, length: number) =>
  createHash("sha256").update(letter.repeat(length)).digest("hex");

const file = (name: string, length: number, more: Partial<HandHeader> = {}): HandHeader => ({
  name,
  content: "x".repeat(length),
  ...more,
});
const folder = (name: string): HandHeader => ({ name, type: "5" });
const link = (name: string, linkName: string): HandHeader => ({ name, type: "1", linkName });

describe("forms of tar", () => {
  test("before POSIX: no magic, files of type 0 byte, and directories told by their name", () => {
    const layer = layerOf(
      { name: "etc/", form: "v7", type: "\0" },
      file("etc/a", 10, { form: "v7", type: "\0" }),
      { name: "etc/b", form: "v7", type: "2", linkName: "a" },
      { name: "etc/c", form: "v7", type: "1", linkName: "etc/a" },
    );
    expect(shown(layer)).toEqual([
      "/etc directory",
      "/etc/a file 10",
      "/etc/b symlink → a",
      "/etc/c hard-link → /etc/a",
    ]);
    expect(layer.size).toBe(10);
  });

  test("a name that fills both fields of ustar, without a zero between", () => {
    const [prefix, name] = [`${"p".repeat(76)}/${"q".repeat(78)}`, "n".repeat(100)];
    expect(shown(layerOf(file(name, 3, { prefix, mode: 0o4755 })))).toEqual([`/${prefix}/${name} file 3`]);
    // GNU keeps times in that place.
    expect(shown(layerOf(file("n", 3, { form: "gnu", prefix: "00000000000" })))).toEqual(["/n file 3"]);
  });

  test("a link name that fills its field, and long ones of GNU and of pax", () => {
    const long = `${"l".repeat(99)}/${"m".repeat(200)}`;
    expect(
      shown(
        layerOf(
          { name: "a", type: "2", linkName: "t".repeat(100) },
          gnuLong("K", long),
          gnuLong("L", `d/${long}`),
          { name: "cut off", type: "2", linkName: "cut off", form: "gnu" },
          paxHeader({ path: `e/${long}`, linkpath: long }),
          { name: "cut off", type: "2", linkName: "cut off" },
          file("plain", 1),
        ),
      ),
    ).toEqual([
      `/a symlink → ${"t".repeat(100)}`,
      `/d/${long} symlink → ${long}`,
      `/e/${long} symlink → ${long}`,
      "/plain file 1",
    ]);
  });

  test("numbers in binary, and numbers of extended headers", () => {
    const layer = layerOf(
      file("a", 700, { size: base256(700, 12), uid: base256(3_000_000, 8), form: "gnu" }),
      paxHeader({ size: "5", uid: "4000000", gid: "5000000", mtime: "1.5" }),
      file("b", 5, { size: 0 }),
      file("c", 1),
    );
    expect(layer.entries.map(({ path, size, uid, gid }) => [path, size, uid, gid])).toEqual([
      ["/a", 700, 3_000_000, 0],
      ["/b", 5, 4_000_000, 5_000_000],
      ["/c", 1, 0, 0],
    ]);
  });

  test("a global header changes nothing, as for engines; a value that is empty takes back one", () => {
    const layer = layerOf(
      paxHeader({ comment: "a commit", path: "everything", uid: "7" }, "g"),
      file("a", 1, { uid: 3 }),
      paxHeader({ path: "", linkpath: "", uid: "" }),
      file("b", 2, { uid: 4 }),
    );
    expect(layer.entries.map(({ path, size, uid }) => [path, size, uid])).toEqual([
      ["/a", 1, 3],
      ["/b", 2, 4],
    ]);
  });

  test("extended attributes, with bytes that are no text and that look like another record", () => {
    const capability = Buffer.from([1, 0, 0, 2, 0, 4, 0, 0, 0x0a, 0x3d, 0xff, 0, 0x0a]);
    const layer = layerOf(
      paxHeader({
        "SCHILY.xattr.security.capability": capability,
        "SCHILY.xattr.user.a=b": "12 path=c\n",
        size: "9",
      }),
      file("ping", 9),
      file("behind", 1),
    );
    expect(shown(layer)).toEqual(["/ping file 9", "/behind file 1"]);
  });

  test("devices, pipes and unknown kinds have no bytes on disk, whatever their size says", () => {
    const layer = layerOf(
      { name: "dev/null", type: "3", size: 99 },
      { name: "dev/sda", type: "4", size: 99 },
      { name: "pipe", type: "6", size: 99 },
      { name: "folder", type: "5", size: 99 },
      { name: "soft", type: "2", size: 99, linkName: "a" },
      { name: "label", type: "V", content: "skipped" },
      file("a", 1),
      { name: "hard", type: "1", size: 99, linkName: "a" },
      file("contiguous", 2, { type: "7" }),
    );
    expect(shown(layer)).toEqual([
      "/dev/null device",
      "/dev/sda device",
      "/pipe fifo",
      "/folder directory",
      "/soft symlink → a",
      "/label other",
      "/a file 1",
      "/hard hard-link → /a",
      "/contiguous file 2",
    ]);
    expect(layer.size).toBe(3);
  });

  test("a sparse file of the oldest form whose map goes on in blocks of its own", () => {
    const map = Buffer.alloc(512);
    map.write("00000000000\0", 0);
    const goesOn = Buffer.from(map);
    goesOn[504] = 1;
    const header: HandHeader = {
      ...{ name: "holes", type: "S", form: "gnu", size: 600 },
      content: Buffer.concat([goesOn, map, Buffer.alloc(600, "x")]),
      at: { 482: Buffer.from([1]), 483: "00007640000\0" },
    };
    const layer = layerOf(header, file("behind", 4));
    expect(shown(layer)).toEqual([`/holes file ${0o7640000}`, "/behind file 4"]);
  });

  test.each([
    [
      "0.0",
      {
        "GNU.sparse.size": "5000",
        "GNU.sparse.numblocks": "1",
        "GNU.sparse.offset": "0",
        "GNU.sparse.numbytes": "3",
      },
    ],
    ["0.1", { "GNU.sparse.size": "5000", "GNU.sparse.map": "0,3", "GNU.sparse.name": "holes" }],
    [
      "1.0",
      {
        "GNU.sparse.major": "1",
        "GNU.sparse.minor": "0",
        "GNU.sparse.realsize": "5000",
        "GNU.sparse.name": "holes",
      },
    ],
  ])("a sparse file of pax, version %s", (version, records) => {
    const map = version === "1.0" ? Buffer.concat([Buffer.from("1\n0\n3\n")], 512) : Buffer.alloc(0);
    const layer = layerOf(
      paxHeader(records),
      {
        name: version === "0.0" ? "holes" : "GNUSparseFile.1/holes",
        content: Buffer.concat([map, Buffer.from("abc")]),
      },
      file("behind", 4),
    );
    expect(shown(layer)).toEqual(["/holes file 5000", "/behind file 4"]);
  });
});

describe("names", () => {
  test("with ./ or / in front, a slash behind, doubled ones, and dots within", () => {
    const layer = layerOf(
      folder("./"),
      folder("./usr/"),
      file("./usr/a", 1),
      file("/usr/b", 2),
      file("usr//c", 3),
      file("usr/./d", 4),
      file("usr/x/../e", 5),
      file("../../f", 6),
      file("usr/..g", 7),
      link("usr/h", "./usr/a"),
      link("usr/i", "/usr/a"),
      { name: "usr/j/", type: "5" },
    );
    expect(shown(layer)).toEqual([
      "/usr directory",
      "/usr/a file 1",
      "/usr/b file 2",
      "/usr/c file 3",
      "/usr/d file 4",
      "/usr/e file 5",
      "/f file 6",
      "/usr/..g file 7",
      "/usr/h hard-link → /usr/a",
      "/usr/i hard-link → /usr/a",
      "/usr/j directory",
    ]);
  });

  test("of any characters; those that are no UTF-8 stay two names, in headers and in extended ones", () => {
    const layer = layerOf(
      file("naïve-名前-🐳", 1),
      { name: Buffer.from([0x61, 0xff]), content: "12" },
      { name: Buffer.from([0x61, 0xfe]), content: "123" },
      paxHeader({ path: Buffer.from([0x62, 0xc3, 0x28]) }),
      file("b", 4),
      file("line\nend", 5),
      file("replaced \ufffd", 6),
    );
    expect(shown(layer)).toEqual([
      "/naïve-名前-🐳 file 1",
      "/a\\xff file 2",
      "/a\\xfe file 3",
      "/b\\xc3( file 4",
      "/line\nend file 5",
      "/replaced \ufffd file 6",
    ]);
    expect(layer.size).toBe(21);
  });

  test("that AUFS kept for itself are no files", () => {
    expect(
      shown(
        layerOf(folder(".wh..wh.plnk"), file(".wh..wh.plnk/1.2", 9), file(".wh..wh.aufs", 9), file("a", 1)),
      ),
    ).toEqual(["/a file 1"]);
  });
});

describe("several entries for one path", () => {
  test("in one layer: the last one counts, and its bytes alone", () => {
    const layer = layerOf(file("a", 10), file("b", 1), file("a", 20), file("./a", 30));
    expect(shown(layer)).toEqual(["/b file 1", "/a file 30"]);
    expect(layer.size).toBe(31);
    expect(seen(layer)).toEqual(["/b file 1 @0", "/a file 30 @0"]);
  });

  test("a directory that a file replaces goes with what is in it, and a directory may come back", () => {
    const layer = layerOf(
      folder("d"),
      file("d/a", 10),
      file("d/sub/b", 20),
      file("d", 3),
      folder("e"),
      folder("e"),
      file("e/a", 1),
    );
    expect(seen(layer)).toEqual(["/d file 3 @0", "/e directory @0", "/e/a file 1 @0"]);
    const back = layerOf(folder("d"), file("d/a", 10), file("d", 3), folder("d"), file("d/c", 4));
    expect(seen(back)).toEqual(["/d directory @0", "/d/c file 4 @0"]);
    expect(back.size).toBe(4);
  });

  test("a file whose name is given to another one lives on under its other names", () => {
    const layer = layerOf(file("a", 10), link("b", "a"), link("c", "a"), file("a", 1), link("d", "a"));
    expect(seen(layer).sort()).toEqual([
      "/a file 1 @0",
      "/b file 10 @0",
      "/c hard-link → /b @0",
      "/d hard-link → /a @0",
    ]);
    expect(layer.size).toBe(11);
  });

  test("a directory replaced by a file, and that by a directory, in three layers", () => {
    const layers = [
      layerOf(folder("d"), file("d/a", 10)),
      layerOf(file("d", 3)),
      layerOf(folder("d"), file("d/b", 4)),
    ];
    expect(seen(...layers)).toEqual(["/d directory @2", "/d/b file 4 @2"]);
  });
});

describe("hard links over layers", () => {
  const linked = layerOf(file("a", 10), link("b", "a"));

  test("one to a file of a layer below counts once, and keeps that file", () => {
    const layers = [layerOf(file("a", 10)), layerOf(link("b", "a"), link("c", "b"))];
    expect(layers[1]?.size).toBe(0);
    expect(seen(...layers)).toEqual(["/a file 10 @0", "/b hard-link → /a @1", "/c hard-link → /b @1"]);
    expect(weigh([...layers, layerOf(file(".wh.a", 0))]).visible).toBe(10);
    const gone = weigh([...layers, layerOf(file(".wh.a", 0), file(".wh.b", 0)), layerOf(file(".wh.c", 0))]);
    expect(gone.waste.map((it) => [it.storedBy, it.hiddenBy, it.bytes])).toEqual([[0, 3, 10]]);
  });

  test("one that a layer above replaces costs nothing, and a removed one keeps the file", () => {
    expect(seen(linked, layerOf(file("b", 5)))).toEqual(["/a file 10 @0", "/b file 5 @1"]);
    expect(seen(linked, layerOf(file(".wh.a", 0)))).toEqual(["/b hard-link → /a @0"]);
    expect(weigh([linked, layerOf(file(".wh.a", 0))]).visible).toBe(10);
    expect(weigh([linked, layerOf(file("a", 5), file("b", 6))])).toMatchObject({ visible: 11, total: 21 });
  });

  test("one to nothing has no bytes and breaks nothing", () => {
    expect(seen(layerOf(link("b", "nowhere"), link("c", "c")))).toHaveLength(2);
  });
});

describe("what a layer takes away", () => {
  const below = layerOf(folder("d"), file("d/old", 10), file("x", 7));

  test("an opaque directory hides what is below it, wherever the mark stands among its own", () => {
    const above = layerOf(
      file("d/before", 1),
      file("d/.wh..wh..opq", 0),
      file("d/after", 2),
      file("d/sub/deep", 3),
    );
    expect(
      seen(below, above)
        .filter((it) => it.startsWith("/d/"))
        .sort(),
    ).toEqual(["/d/after file 2 @1", "/d/before file 1 @1", "/d/sub/deep file 3 @1"]);
  });

  test("a removal and a new file of the same name in one layer, in either order", () => {
    for (const entries of [
      [file(".wh.x", 0), file("x", 2)],
      [file("x", 2), file(".wh.x", 0)],
    ])
      expect(seen(below, layerOf(...entries)).at(-1)).toBe("/x file 2 @1");
  });

  test("removals with ./ and / in front, of links and of directories; of itself a layer takes nothing away", () => {
    expect(seen(below, layerOf(file("./.wh.x", 0), file("/.wh.d", 0)))).toEqual([]);
    expect(seen(layerOf(file("d/a", 1), file("d/.wh.a", 0)))).toEqual(["/d/a file 1 @0"]);
    expect(seen(layerOf({ name: "l", type: "2", linkName: "x" }), layerOf(link(".wh.l", "x")))).toEqual([]);
  });
});

describe("layers as they are packed", () => {
  test("gzip of several members and zstd of several frames, as estargz and zstd:chunked have them", async () => {
    const layer = await tarOf([
      { name: "a", content: "a".repeat(5000) },
      { name: "b", content: "b".repeat(700) },
    ]);
    const pieces = [0, 700, 1500, layer.length].map((at, index, all) =>
      layer.subarray(all[index - 1] ?? 0, at),
    );
    const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    for (const packed of [
      Buffer.concat(pieces.map((it) => gzipSync(it))),
      Buffer.concat([...pieces.map((it) => zstdCompressSync(it)), skipped]),
    ]) {
      const { archive } = await imageArchive([layer], { form: "oci", stored: [packed] });
      for (const size of [1, 7, 900, 65_536]) {
        const [read] = (await readImageArchive(inParts(archive, size), { hashes: true })).layers;
        expect(read?.problem).toBeUndefined();
        expect(read?.layer?.entries.map((it) => it.hash)).toEqual([hashOf("a", 5000), hashOf("b", 700)]);
        expect(read?.compressedSize).toBe(packed.length);
      }
    }
  });

  test("a layer of no bytes at all, and one of zeros, are layers without files", async () => {
    const { archive, diffIds } = await imageArchive([Buffer.alloc(0), Buffer.alloc(1024)], {
      form: "docker",
    });
    for (const told of [undefined, diffIds]) {
      const { layers } = await readImageArchive(inParts(archive), {
        hashes: true,
        ...(told && { diffIds: told }),
      });
      expect(layers.map((it) => [it.layer?.size, it.layer?.entries, it.problem])).toEqual([
        [0, [], undefined],
        [0, [], undefined],
      ]);
    }
  });
});

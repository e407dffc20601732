import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ComparedEntry } from "../../../../client/src/sizes/comparison/file-difference.ts";
import type { Layer } from "../../../../client/src/sizes/layers/layer.ts";
import { weigh } from "../../../../client/src/sizes/waste.ts";
import { filesOf, layer } from "../layers.ts";

/** `path status bytes→bytes`, of every entry, by path. */
function told(...images: readonly (readonly Layer[])[]): string[] {
  const { root } = filesOf(images);
  const lines: string[] = [];
  const left: ComparedEntry[] = [root];
  for (let at = left.pop(); at; at = left.pop()) {
    lines.push(`${at.path} ${at.statuses.slice(1).join()} ${at.bytes.join("→")}`);
    left.push(...at.children);
  }
  return lines.sort();
}

test("what came, went, changed and stayed, and directories with what is in them", () => {
  expect(
    told(
      [layer("+ /a/same 10 s", "+ /a/gone 5 g", "+ /b/x 7 x", "+ /c/only 3 o")],
      [layer("+ /a/same 10 s", "+ /a/new 4 n", "+ /b/x 9 y", "+ /d/only 2 o")],
    ),
  ).toEqual([
    "/ changed 25→25",
    "/a changed 15→14",
    "/a/gone removed 5→0",
    "/a/new added 0→4",
    "/a/same same 10→10",
    "/b changed 7→9",
    "/b/x changed 7→9",
    "/c removed 3→0",
    "/c/only removed 3→0",
    "/d added 0→2",
    "/d/only added 0→2",
  ]);
});

test("bytes that came and that went are told apart", () => {
  const { root } = filesOf([[layer("+ /a 10 x", "+ /b 5 y")], [layer("+ /a 4 z", "+ /c 9 c")]]);
  expect([root.grown, root.shrunk]).toEqual([
    [0, 9],
    [0, 11],
  ]);
});

test("the same content with another mode or owner is metadata; of unknown content nothing is said to be the same", () => {
  const first = [layer("+ /a 10 x", "+ /b 10 x", "+ /c 10")];
  const other = [layer(["+ /a 10 x", { mode: 0o755 }], ["+ /b 10 x", { uid: 5 }], "+ /c 10")];
  expect(told(first, other).slice(1)).toEqual(["/a metadata 10→10", "/b metadata 10→10", "/c changed 10→10"]);
  const [root] = told([layer(["/ /d", {}], "+ /d/a 1 x")], [layer(["/ /d", { mode: 0o700 }], "+ /d/a 1 x")]);
  expect(root).toBe("/ metadata 1→1");
});

test("a layer of both images is the same, hashed or not", () => {
  const shared = layer("+ /c 10", "> /l c");
  expect(told([shared], [shared, layer("+ /d 1 d")])).toEqual([
    "/ changed 10→11",
    "/c same 10→10",
    "/d added 0→1",
    "/l same 0→0",
  ]);
});

test("links: by where they lead; a hard link is its file", () => {
  expect(
    told(
      [layer("> /l a", "+ /f 8 x", "= /h /f", "+ /t 1 t")],
      [layer("> /l b", "+ /f 8 x", "+ /h 8 x", "> /t f")],
    ),
  ).toEqual([
    "/ changed 9→16",
    "/f same 8→8",
    // Its bytes are those of /f in the first image, and its own in the other.
    "/h same 0→8",
    "/l changed 0→0",
    "/t changed 1→0",
  ]);
});

test("the bytes of a file whose own name is gone count at its other name", () => {
  const images = [layer("+ /f 8 x", "= /g /f", "= /h /f"), layer("- /f")];
  expect(told(images, images).slice(1)).toEqual(["/g same 8→8", "/h same 0→0"]);
});

test("what is a file here and a directory there is changed, and what was in it is gone", () => {
  expect(told([layer("/ /d", "+ /d/x 4 x")], [layer("+ /d 6 y")])).toEqual([
    "/ changed 4→6",
    "/d changed 4→6",
    "/d/x removed 4→0",
  ]);
  const { root } = filesOf([[layer("/ /d", "+ /d/x 4 x")], [layer("+ /d 6 y")]]);
  expect([root.grown[1], root.shrunk[1]]).toEqual([6, 4]);
});

describe("of three images", () => {
  test("each is held against the first; what only the third has is absent from the second", () => {
    expect(told([layer("+ /a 1 a")], [layer("+ /a 1 a")], [layer("+ /a 2 b", "+ /z 3 z")])).toEqual([
      "/ same,changed 1→1→5",
      "/a same,changed 1→1→2",
      "/z absent,added 0→0→3",
    ]);
  });
});

test("a path of twenty thousand directories needs no deep stack", () => {
  const path = "/d".repeat(20_000);
  expect(filesOf([[layer(`+ ${path} 5 x`)], []]).root.bytes).toEqual([5, 0]);
});

test("the root has the bytes that containers see, and differs by what came less what went", () => {
  const paths = ["/a", "/b", "/d", "/d/a", "/d/e", "/d/e/f"];
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom(...paths), fc.nat(9), fc.constantFrom("x", "y"))
      .map(([path, size, content]) => `+ ${path} ${size} ${content}`),
    fc.constantFrom(...paths).map((path) => `- ${path}`),
    fc.constantFrom(...paths).map((path) => `/ ${path}`),
    fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...paths)).map(([a, b]) => `= ${a}l ${b}`),
  );
  const layers = fc.array(fc.uniqueArray(line, { maxLength: 5, selector: (it) => it.split(" ")[1] }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(layers, layers, (one, other) => {
      const images = [one, other].map((it) => it.map((lines) => layer(...lines)));
      const { root } = filesOf(images);
      expect(root.bytes).toEqual(images.map((it) => weigh(it).visible));
      expect((root.grown[1] ?? 0) - (root.shrunk[1] ?? 0)).toBe((root.bytes[1] ?? 0) - (root.bytes[0] ?? 0));
    }),
  );
});

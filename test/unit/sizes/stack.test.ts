import fc from "fast-check";
import { expect, test } from "vitest";
import type { Layer } from "../../../client/src/sizes/layers/layer.ts";
import { stackLayers } from "../../../client/src/sizes/stack.ts";
import { weigh } from "../../../client/src/sizes/waste.ts";
import { layer } from "./layers.ts";

function wasteOf(...layers: readonly Layer[]) {
  return weigh(layers).waste.map(
    ({ storedBy, hiddenBy, how, bytes, places }) =>
      `${storedBy}→${hiddenBy} ${how} ${bytes}: ${places.map((it) => it.path).join(" ")}`,
  );
}

test("a file that a later layer deletes is carried for nothing", () => {
  const layers = [layer("+ /a 10", "+ /b 5"), layer("- /a")];
  expect(wasteOf(...layers)).toEqual(["0→1 deleted 10: /a"]);
  expect([...stackLayers(layers).visible.keys()]).toEqual(["/b"]);
  expect(weigh(layers)).toMatchObject({ total: 15, visible: 5 });
});

test("a directory that is deleted counts with all that was in it, from each layer that put it there", () => {
  expect(
    wasteOf(
      layer("/ /lists", "+ /lists/a 10", "+ /lists/sub/b 20"),
      layer("+ /lists/c 7"),
      layer("- /lists"),
    ),
  ).toEqual(["0→2 deleted 30: /lists", "1→2 deleted 7: /lists"]);
});

test("an opaque directory hides what older layers have in it, and nothing of its own", () => {
  expect(wasteOf(layer("+ /d/a 10", "+ /e 3"), layer("/ /d", "! /d", "+ /d/b 1"))).toEqual([
    "0→1 deleted 10: /d",
  ]);
});

test("a directory that was made anew with the same file in it rewrites the file", () => {
  expect(wasteOf(layer("+ /d/a 10 x", "+ /d/b 2 y"), layer("/ /d", "! /d", "+ /d/a 10 x"))).toEqual([
    "0→1 rewritten 10: /d/a",
    "0→1 deleted 2: /d",
  ]);
});

test("another owner stores the file once more, other content overwrites it; where contents are not known it may be either", () => {
  expect(wasteOf(layer("+ /a 10 x"), layer("+ /a 10 x"))).toEqual(["0→1 rewritten 10: /a"]);
  expect(wasteOf(layer("+ /a 10 x"), layer("+ /a 12 y"))).toEqual(["0→1 overwritten 10: /a"]);
  expect(wasteOf(layer("+ /a 10"), layer("+ /a 10"))).toEqual(["0→1 overwritten 10: /a"]);
});

test("three versions: each is hidden by the next", () => {
  expect(wasteOf(layer("+ /a 1 x"), layer("+ /a 2 y"), layer("+ /a 3 z"))).toEqual([
    "1→2 overwritten 2: /a",
    "0→1 overwritten 1: /a",
  ]);
});

test("a file takes the place of a directory, and a directory that of a file", () => {
  expect(wasteOf(layer("+ /d/a 10"), layer("+ /d 1"))).toEqual(["0→1 overwritten 10: /d"]);
  expect(wasteOf(layer("+ /d 10"), layer("/ /d", "+ /d/a 1"))).toEqual(["0→1 overwritten 10: /d"]);
});

test("a directory that is named again keeps what is in it", () => {
  expect(wasteOf(layer("/ /d", "+ /d/a 10"), layer("/ /d", "+ /d/b 1"))).toEqual([]);
});

test("a file is gone with its last hard link, and what hides that hides the file", () => {
  const linked = layer("+ /a 10", "= /b /a");
  expect(wasteOf(linked, layer("- /a"))).toEqual([]);
  expect(wasteOf(linked, layer("- /a"), layer("- /b"))).toEqual(["0→2 deleted 10: /b"]);
  expect(wasteOf(linked, layer("- /b"), layer("- /a"))).toEqual(["0→2 deleted 10: /a"]);
});

test("a removal of what is not there, of the root and of odd names harms nothing", () => {
  expect(wasteOf(layer("+ /a 1"), layer("- /b", "- /a/c", "! /nowhere", "! /"))).toEqual([
    "0→1 deleted 1: /",
  ]);
});

test("the same content at two places", () => {
  const { duplicates } = weigh([
    layer("+ /a 10 x", "+ /b 10 x"),
    layer("+ /c 10 x", "+ /d 10 y", "+ /e 0 z"),
  ]);
  expect(duplicates).toEqual([
    {
      hash: "x",
      size: 10,
      bytes: 20,
      places: [
        { path: "/a", layer: 0 },
        { path: "/b", layer: 0 },
        { path: "/c", layer: 1 },
      ],
    },
  ]);
});

test("what is seen and what is hidden are all bytes, and the rest is as in a plain map", () => {
  const path = fc.constantFrom("/a", "/a/b", "/a/b/c", "/a/d", "/e", "/e/f", "/.f");
  const line = fc.oneof(
    fc
      .tuple(path, fc.integer({ min: 0, max: 99 }), fc.constantFrom("x", "y"))
      .map((it) => `+ ${it.join(" ")}`),
    path.map((it) => `/ ${it}`),
    path.map((it) => `- ${it}`),
    path.map((it) => `! ${it}`),
  );
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(line, { selector: pathOf, maxLength: 6 }), { maxLength: 5 }),
      (drawn) => {
        // A path is a directory where another one of the same layer is below it.
        const layers = drawn.map((lines) =>
          layer(...lines.filter((it) => !(it.startsWith("+") && lines.some((other) => isBelow(other, it))))),
        );
        const weight = weigh(layers);
        const wasted = weight.waste.reduce((sum, it) => sum + it.bytes, 0);
        expect(weight.visible + wasted).toBe(weight.total);
        const seen = [...stackLayers(layers).visible].filter(([, it]) => it.entry.kind === "file");
        expect(new Map(seen.map(([name, it]) => [name, it.entry.size]))).toEqual(plainly(layers));
        expect(weight.visible).toBe(seen.reduce((sum, [, it]) => sum + it.entry.size, 0));
      },
    ),
    { numRuns: 500 },
  );
});

function pathOf(line: string): string {
  return line.split(" ")[1] ?? "";
}

function isBelow(other: string, line: string): boolean {
  return !/^[-!]/.test(other) && pathOf(other).startsWith(`${pathOf(line)}/`);
}

/** Files by path, the slow way. */
function plainly(layers: readonly Layer[]): Map<string, number> {
  let files = new Map<string, number>();
  const without = (path: string, itself: boolean) =>
    new Map([...files].filter(([it]) => !(it.startsWith(`${path}/`) || (itself && it === path))));
  for (const { entries, removed, opaque } of layers) {
    for (const path of removed) files = without(path, true);
    for (const path of opaque) files = without(path === "/" ? "" : path, false);
    for (const { path, kind, size } of entries) {
      if (kind === "directory") files.delete(path);
      else files = without(path, true).set(path, size);
    }
  }
  return files;
}

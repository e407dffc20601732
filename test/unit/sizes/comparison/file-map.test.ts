import { expect, test } from "vitest";
import type { MapNode } from "../../../../client/src/shared/file-messages.ts";
import { fileMap } from "../../../../client/src/sizes/comparison/file-map.ts";
import { filesOf, layer } from "../layers.ts";

const told = ({ name, area, children }: MapNode): unknown =>
  children === undefined ? `${name} ${area}` : { [`${name} ${area}`]: children.map(told) };

const files = filesOf([
  [layer("+ /usr/lib/a 600 a", "+ /usr/lib/b 300 b", "+ /usr/bin/c 90 c", "+ /etc/d 9 d", "+ /etc/e 1 e")],
  [layer("+ /usr/lib/a 500 z", "+ /usr/lib/b 300 y", "+ /opt/x/y/big 700 v", "+ /opt/x/y/two 70 w")],
]);

test("of an image: its bytes, largest first, the small ones together", () => {
  const { root } = fileMap(files, { directory: "/", of: "image", image: 0 });
  expect(told(root)).toEqual({
    "/ 1000": [
      { "usr 990": [{ "lib 900": ["a 600", "b 300"] }, { "bin 90": ["c 90"] }] },
      { "etc 10": ["d 9", "e 1"] },
    ],
  });
});

test("of a difference: what came and what went; directories with nothing beside them are one", () => {
  const { root } = fileMap(files, { directory: "/", of: "difference", image: 1 });
  expect(told(root)).toEqual({
    "/ 970": [
      { "opt/x/y 770": ["big 700", "two 70"] },
      { "usr 190": [{ "lib 100": ["a 100"] }, { "bin 90": ["c 90"] }] },
      { "etc 10": ["d 9", "e 1"] },
    ],
  });
  expect(root.children?.[1]).toMatchObject({ path: "/usr", grown: 0, shrunk: 190, bytes: 800, files: 2 });
});

test("of a directory that holds one other", () => {
  const { root } = fileMap(files, { directory: "/opt", of: "image", image: 1 });
  expect(root.path).toBe("/opt");
  expect(told(root)).toEqual({ "opt 770": [{ "x/y 770": ["big 700", "two 70"] }] });
});

test("a hundred thousand files are a few rectangles, and no byte is left out", () => {
  const lines = Array.from({ length: 100_000 }, (_, at) => `+ /d${at % 100}/f${at} ${at % 1000} x`);
  const many = filesOf([[layer(...lines)]]);
  const { root } = fileMap(many, { directory: "/", of: "image", image: 0 });
  const leaves: MapNode[] = [];
  const left = [root];
  for (let at = left.pop(); at; at = left.pop())
    at.children === undefined ? leaves.push(at) : left.push(...at.children);
  expect(leaves.length).toBeLessThan(1000);
  expect(leaves.reduce((sum, it) => sum + it.area, 0)).toBe(many.root.bytes[0]);
});

test("a directory that is not there, and one without a difference, have no area", () => {
  expect(fileMap(files, { directory: "/no", of: "image", image: 0 }).root).toMatchObject({ area: 0 });
  const same = filesOf([[layer("+ /a 1 a")], [layer("+ /a 1 a")]]);
  expect(fileMap(same, { directory: "/", of: "difference", image: 1 }).root).toMatchObject({ area: 0 });
});

import { describe, expect, test } from "vitest";
import type { FileMap, MapNode } from "../../../client/src/shared/file-messages.ts";
import {
  above,
  crumbsOf,
  firstFileChoices,
  fittingChoices,
  queryOf,
  sortedBy,
  viewOf,
} from "../../../client/webview/compare/file-choices.ts";
import { nextTile, tilesOf } from "../../../client/webview/compare/treemap-layout.ts";
import { wasteOf } from "../../../client/webview/compare/waste-view.ts";
import { stepTo } from "../../../client/webview/steps.ts";
import { comparison, layer } from "./comparison.ts";

const node = (name: string, area: number, children?: readonly MapNode[]): MapNode => ({
  ...{ name, path: `/${name}`, isDirectory: children !== undefined, area },
  ...{ bytes: area, grown: 0, shrunk: 0, files: 1 },
  ...(children && { children }),
});
const map: FileMap = {
  view: { directory: "/", of: "image", image: 0 },
  root: node("", 1000, [
    node("usr", 700, [node("usr/lib", 500), node("usr/bin", 200)]),
    node("app", 299),
    node("dot", 1),
  ]),
};

describe("treemap", () => {
  const tiles = tilesOf(map, 600, 400);

  test("areas are as the bytes, and what is within lies within", () => {
    const [usr, lib] = tiles;
    const app = tiles.find((it) => it.node.name === "app");
    expect((usr?.width ?? 0) * (usr?.height ?? 0)).toBeCloseTo(0.7 * 600 * 400, -4);
    expect((app?.width ?? 0) * (app?.height ?? 0)).toBeCloseTo(0.299 * 600 * 400, -4);
    expect(lib?.parent).toBe(0);
    for (const { parent, x, y, width, height } of tiles) {
      const box = parent === undefined ? { x: 0, y: 0, width: 600, height: 400 } : tiles[parent];
      if (!box) throw new Error("It has one.");
      expect(x >= box.x && y >= box.y).toBe(true);
      expect(x + width <= box.x + box.width && y + height <= box.y + box.height).toBe(true);
    }
  });

  test("neighbours do not overlap", () => {
    for (const a of tiles)
      for (const b of tiles) {
        if (a === b || a.parent !== b.parent) continue;
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
  });

  test("says its level and its place among its neighbours; what would be a line is left out", () => {
    expect(tiles.map((it) => [it.node.name, it.level, it.position, it.siblings])).toEqual([
      ["usr", 1, 1, 2],
      ["usr/lib", 2, 1, 2],
      ["usr/bin", 2, 2, 2],
      ["app", 1, 2, 2],
    ]);
  });

  test("is walked like a tree", () => {
    const walk = (from: number, key: string) => nextTile(tiles, from, key);
    expect([walk(0, "ArrowRight"), walk(1, "ArrowLeft"), walk(2, "ArrowDown"), walk(3, "ArrowUp")]).toEqual([
      1, 0, 3, 2,
    ]);
    expect([walk(3, "ArrowDown"), walk(0, "ArrowUp"), walk(1, "Home"), walk(0, "End")]).toEqual([3, 0, 0, 3]);
    expect(walk(0, "x")).toBeUndefined();
  });

  test("nothing has no tiles, and one file is one", () => {
    expect(tilesOf({ ...map, root: node("", 0) }, 600, 400)).toEqual([]);
    expect(tilesOf(map, 0, 400)).toEqual([]);
    expect(tilesOf({ ...map, root: node("a", 5) }, 60, 40)).toMatchObject([{ width: 60, height: 40 }]);
  });
});

describe("what is chosen", () => {
  test("fits other images than it was made for", () => {
    const kept = {
      ...firstFileChoices,
      image: 4,
      map: 3,
      sort: { by: "size", image: 9, descending: true } as const,
    };
    expect(fittingChoices(kept, 2)).toMatchObject({ image: 1, map: 1, sort: { image: 1 } });
    expect(fittingChoices(firstFileChoices, 2)).toEqual(firstFileChoices);
  });

  test("text looks in all that is below", () => {
    expect(queryOf({ ...firstFileChoices, text: "so" }).show).toBe("files");
    expect(queryOf({ ...firstFileChoices, text: " " }).show).toBe("entries");
  });

  test("a map of the difference or of one image", () => {
    expect(viewOf(firstFileChoices)).toEqual({ directory: "/", of: "difference", image: 1 });
    expect(viewOf({ ...firstFileChoices, map: 0 })).toEqual({ directory: "/", of: "image", image: 0 });
  });

  test("the same column again turns around", () => {
    const size = sortedBy({ by: "path", image: 0, descending: false }, "size", 1);
    expect(size).toEqual({ by: "size", image: 1, descending: true });
    expect(sortedBy(size, "size", 1).descending).toBe(false);
    expect(sortedBy(size, "size", 0).descending).toBe(true);
    expect(sortedBy(size, "path", 0).descending).toBe(false);
  });

  test("directories above", () => {
    expect(crumbsOf("/usr/lib").map((it) => it.path)).toEqual(["/", "/usr", "/usr/lib"]);
    expect(crumbsOf("/").map((it) => it.path)).toEqual(["/"]);
    expect([above("/usr/lib"), above("/usr"), above("/")]).toEqual(["/usr", "/", "/"]);
  });
});

test("keys walk a list", () => {
  const step = (key: string, page?: number) => stepTo(key, 5, 100, "ArrowUp", "ArrowDown", page);
  expect([step("ArrowDown"), step("ArrowUp"), step("Home"), step("End"), step("Tab")]).toEqual([
    6,
    4,
    0,
    99,
    undefined,
  ]);
  expect([step("PageDown", 10), step("PageUp", 10), step("PageDown")]).toEqual([15, 0, undefined]);
  expect(stepTo("End", 0, 0, "ArrowUp", "ArrowDown")).toBe(0);
});

describe("waste", () => {
  const read = { files: 3, visible: 700, duplicated: 50, problems: [] };
  const [view] = wasteOf(
    comparison({
      label: "a",
      layers: [layer("FROM x", 600), layer("RUN rm", 400, { file: "/w/Dockerfile", line: 4 })],
      read: {
        ...read,
        waste: [
          {
            ...{ how: "deleted", bytes: 300, files: 2, storedBy: 0, hiddenBy: 1, storedIn: "sha256:l" },
            places: [
              { path: "/d", bytes: 200, files: 1, file: "/d/x" },
              { path: "/e", bytes: 100, files: 2, file: undefined },
            ],
          },
        ],
        duplicates: [{ size: 50, bytes: 50, paths: ["/a", "/b"] }],
      },
    }),
  );

  test("in a sentence, and what stored and hid it", () => {
    expect(view?.sentence).toBe(
      "300 B (30.0 %) are carried for nothing: no container sees them. 50 B are copies of what stands elsewhere too.",
    );
    expect(view?.rows[0]).toMatchObject({
      ...{ how: "Deleted", files: "2 files", size: "300 B" },
      stored: { instruction: "FROM x", kind: "base" },
      hidden: { instruction: "RUN rm", place: { file: "/w/Dockerfile", line: 4 } },
      places: [{ opens: { path: "/d/x", layer: "sha256:l" } }, { opens: undefined }],
    });
  });

  test("an image that was not read tells none", () => {
    expect(wasteOf(comparison({ label: "a", layers: [] }))).toEqual([]);
  });

  test("none at all", () => {
    const none = { ...read, visible: 600, duplicated: 0, waste: [], duplicates: [] };
    const [clean] = wasteOf(comparison({ label: "a", layers: [layer("FROM x", 600)], read: none }));
    expect(clean?.sentence).toBe("Nothing is carried in vain.");
  });
});

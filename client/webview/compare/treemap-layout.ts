import { hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import type { FileMap, MapNode } from "../../src/shared/file-messages.ts";
import { stepTo } from "../steps.ts";

/** A rectangle on the page, in CSS pixels. Those within a directory come behind it. */
export interface Tile {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** From 1: directly in the directory that is shown. */
  readonly level: number;
  /** Among its neighbours, from 1, and how many these are. */
  readonly position: number;
  readonly siblings: number;
  /** Index of the tile that it lies in. */
  readonly parent: number | undefined;
}

/** Room for the name of a directory above what is in it. */
const titleHeight = 20;
const gap = 2;

/** Narrower ones would be lines; their directory's title has their bytes. */
const leastSide = 3;

/** Lays the rectangles out. Areas are as the bytes, but for the titles of directories. */
export function tilesOf({ root }: FileMap, width: number, height: number): readonly Tile[] {
  if (root.area === 0 || width <= 0 || height <= 0) return [];
  const tree = hierarchy<MapNode>(root, (it) => it.children).sum((it) =>
    it.children === undefined ? it.area : 0,
  );
  const laid = treemap<MapNode>()
    .tile(treemapSquarify)
    .size([width, height])
    .paddingInner(gap)
    .paddingTop((it) => (it.depth === 0 ? 0 : titleHeight))
    .paddingRight((it) => (it.depth === 0 ? 0 : gap))
    .paddingBottom((it) => (it.depth === 0 ? 0 : gap))
    .paddingLeft((it) => (it.depth === 0 ? 0 : gap))
    .round(true)(tree);
  const tiles: Tile[] = [];
  const add = (of: typeof laid, parent: number | undefined) => {
    const shown = (of.children ?? []).filter(
      (it) => it.x1 - it.x0 >= leastSide && it.y1 - it.y0 >= leastSide,
    );
    shown.forEach((it, index) => {
      const at = tiles.length;
      tiles.push({
        node: it.data,
        x: it.x0,
        y: it.y0,
        width: it.x1 - it.x0,
        height: it.y1 - it.y0,
        level: it.depth,
        position: index + 1,
        siblings: shown.length,
        parent,
      });
      // Where there is no room for more than the title, there is none for what is in it.
      if (it.y1 - it.y0 > titleHeight + leastSide) add(it, at);
    });
  };
  // One file alone is shown as itself.
  if (laid.children) add(laid, undefined);
  else
    tiles.push({
      ...{ node: root, x: 0, y: 0, width, height, level: 1, position: 1, siblings: 1, parent: undefined },
    });
  return tiles;
}

/** Where a key leads from one tile, as in a tree: up and down all of them, right into a directory, left out of it. */
export function nextTile(tiles: readonly Tile[], current: number, key: string): number | undefined {
  const walk = (by: string) => stepTo(by, current, tiles.length, "ArrowUp", "ArrowDown");
  switch (key) {
    case "ArrowRight":
      return walk("ArrowDown");
    case "ArrowLeft":
      return tiles[current]?.parent ?? walk("ArrowUp");
    default:
      return walk(key);
  }
}

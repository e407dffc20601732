import type { FileMap, MapNode, MapView } from "../../shared/file-messages.ts";
import type { ComparedEntry, FileDifference } from "./file-difference.ts";

/** What has less than this part of the whole is put together with its neighbours. */
const smallest = 1 / 300;
/** How many levels of directories are told below the one that is shown. */
const levels = 4;

/**
 * What a treemap of a directory shows: of an image the bytes in it, of a difference the bytes that came and went. There are never
 * more than a few hundred rectangles a level. A directory that is not there, or whose images do not differ, has no area.
 */
export function fileMap(files: FileDifference, view: MapView): FileMap {
  const directory = files.find(view.directory);
  if (!directory)
    return {
      view,
      root: {
        ...{ name: view.directory, path: view.directory, isDirectory: true },
        ...{ area: 0, bytes: 0, grown: 0, shrunk: 0, files: 0 },
      },
    };
  return {
    view,
    root: withChildren(directory, directory.name, view, areaOf(directory, view) * smallest, levels),
  };
}

function areaOf({ bytes, grown, shrunk }: ComparedEntry, { of, image }: MapView): number {
  return of === "image" ? (bytes[image] ?? 0) : (grown[image] ?? 0) + (shrunk[image] ?? 0);
}

function nodeOf(top: ComparedEntry, view: MapView, least: number, levelsLeft: number): MapNode {
  const { entry, name } = withoutChain(top, view);
  return withChildren(entry, name, view, least, levelsLeft);
}

function withChildren(
  entry: ComparedEntry,
  name: string,
  view: MapView,
  least: number,
  levelsLeft: number,
): MapNode {
  const node = { ...figures(entry, view), name };
  if (!entry.isDirectory || levelsLeft === 0 || node.area === 0) return node;
  const children: MapNode[] = [];
  const small: ComparedEntry[] = [];
  for (const child of entry.children) {
    const area = areaOf(child, view);
    if (area >= least && area > 0) children.push(nodeOf(child, view, least, levelsLeft - 1));
    else if (area > 0) small.push(child);
  }
  // One alone may have its own name.
  const [only] = small;
  if (only && small.length === 1) children.push(figures(only, view));
  else if (small.length > 0) children.push(together(small, view));
  // All in one rectangle would say less than the directory itself.
  if (children.length === 1 && children[0]?.path === undefined) return node;
  children.sort((a, b) => b.area - a.area || (a.name < b.name ? -1 : 1));
  return children.length === 0 ? node : { ...node, children };
}

/** `/usr` with nothing to show but `/usr/local` and there `/usr/local/go` is one rectangle: `usr/local/go`. */
function withoutChain(top: ComparedEntry, view: MapView) {
  let [entry, name] = [top, top.name];
  while (entry.isDirectory) {
    const shown = entry.children.filter((it) => areaOf(it, view) > 0);
    const [only] = shown;
    if (!only?.isDirectory || shown.length > 1) break;
    entry = only;
    name = `${name}/${only.name}`;
  }
  return { entry, name };
}

function figures(entry: ComparedEntry, view: MapView): MapNode {
  const { name, path, isDirectory, bytes, grown, shrunk, files } = entry;
  const { image } = view;
  return {
    name,
    path,
    isDirectory,
    area: areaOf(entry, view),
    bytes: bytes[image] ?? 0,
    grown: grown[image] ?? 0,
    shrunk: shrunk[image] ?? 0,
    files: files[image] ?? 0,
  };
}

function together(entries: readonly ComparedEntry[], view: MapView): MapNode {
  const all = entries.map((it) => figures(it, view));
  const sum = (field: "area" | "bytes" | "grown" | "shrunk" | "files") =>
    all.reduce((total, it) => total + it[field], 0);
  return {
    name: `${entries.length} smaller`,
    isDirectory: false,
    area: sum("area"),
    bytes: sum("bytes"),
    grown: sum("grown"),
    shrunk: sum("shrunk"),
    files: sum("files"),
  };
}

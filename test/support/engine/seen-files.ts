import type { ArchivedLayer } from "../../../client/src/sizes/layers/image-archive.ts";
import type { Layer, LayerEntry } from "../../../client/src/sizes/layers/layer.ts";
import { stackLayers } from "../../../client/src/sizes/stack.ts";

export function layersIn(layers: readonly ArchivedLayer[]): readonly Layer[] {
  return layers.flatMap((it) => it.layer ?? []);
}

/** What a container sees: of each path what it is, and of each file its names and bytes. */
export interface SeenFiles {
  readonly paths: readonly (readonly unknown[])[];
  readonly files: readonly string[];
}

/**
 * As the layers say, or as `listed`, which has directories too that no layer names: those are left out. Which of a file's names is the first is
 * not told.
 */
export function seenFiles(listed: readonly LayerEntry[] | undefined, layers: readonly Layer[]): SeenFiles {
  const { visible, linked } = stackLayers(layers);
  const entries = listed ?? [...visible.values()].map((it) => it.entry);
  const byPath = new Map(entries.map((it) => [it.path, it]));
  const behind = (it: LayerEntry) => (listed ? byPath.get(it.target ?? "") : linked.get(it)?.entry);
  const named = entries.filter((it) => it.kind !== "directory" || visible.has(it.path));
  return { paths: pathsOf(named, behind), files: filesOf(entries, behind) };
}

type Behind = (link: LayerEntry) => LayerEntry | undefined;

function pathsOf(entries: readonly LayerEntry[], behind: Behind): readonly (readonly unknown[])[] {
  return entries
    .map((entry): readonly unknown[] => {
      const { kind, path, target } = entry;
      // A link has the mode and the owner of its file, whatever its own header says.
      const { mode, uid, gid } = (kind === "hard-link" && behind(entry)) || entry;
      const isFile = kind === "file" || kind === "hard-link";
      const isLink = kind === "symlink";
      // Of a symbolic link the mode is nobody's business, and the engine writes what it likes.
      return [path, isFile ? "file" : kind, isLink ? 0 : mode, uid, gid, isLink ? target : ""];
    })
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

function filesOf(entries: readonly LayerEntry[], behind: Behind): readonly string[] {
  const files = new Map<LayerEntry, string[]>();
  for (const entry of entries) {
    const file = entry.kind === "hard-link" ? behind(entry) : entry;
    if (file?.kind !== "file") continue;
    files.set(file, [...(files.get(file) ?? []), entry.path]);
  }
  return [...files].map(([file, names]) => `${names.sort().join(" ")} ${file.size}`).sort();
}

import type { Layer, LayerEntry } from "./layers/layer.ts";

/** A file that the image holds and nobody sees: another layer hides it. */
export interface Hidden {
  readonly entry: LayerEntry;
  /** Indexes of the layers that store it and that hide it, oldest first from 0. */
  readonly storedBy: number;
  readonly hiddenBy: number;
  /**
   * `rewritten`: the same content stands there again, e.g. with another owner or mode; told only where both contents are known.
   * `overwritten`: something else stands there. `deleted`: nothing does.
   */
  readonly how: "rewritten" | "overwritten" | "deleted";
  /** What was deleted or replaced as a whole: the path itself, or a directory above it. */
  readonly with: string;
}

export interface VisibleEntry {
  readonly entry: LayerEntry;
  readonly layer: number;
}

/** What the layers of an image make together. */
export interface Stack {
  /** What a container sees, by path. Directories that no layer names are not among them. */
  readonly visible: ReadonlyMap<string, VisibleEntry>;
  /** Files with bytes alone. All their bytes with those of the visible files are the bytes of the layers. */
  readonly hidden: readonly Hidden[];
  /** Of hard links, those that are hidden too, the file that each is another name of: of its own layer, or of one below. */
  readonly linked: ReadonlyMap<LayerEntry, VisibleEntry>;
}

/** Where something stands while the layers are laid upon each other. */
interface Node {
  readonly path: string;
  /** Undefined for what never was a directory: there are many files. */
  children: Map<string, Node> | undefined;
  here: VisibleEntry | undefined;
  /** What was hidden here last. */
  gone: Gone | undefined;
}

interface Gone {
  readonly was: VisibleEntry;
  readonly by: number;
  how: Hidden["how"];
  with: string;
}

/**
 * Lays layers upon each other, oldest first, as the engine does (OCI image-spec, layer.md, read 2026-11). A file counts as
 * hidden only when all its hard links are. Takes time linear in the entries.
 */
export function stackLayers(layers: readonly Layer[]): Stack {
  const root: Node = { path: "", children: undefined, here: undefined, gone: undefined };
  const make = maker(root);
  const visible = new Map<string, VisibleEntry>();
  const gone: Gone[] = [];
  const linked = new Map<LayerEntry, VisibleEntry>();
  layers.forEach((layer, index) => {
    const hide = (node: Node, how: Hidden["how"], whole: string) => {
      const { here } = node;
      if (!here || here.layer === index) return;
      visible.delete(node.path);
      node.here = undefined;
      node.gone = { was: here, by: index, how, with: whole };
      gone.push(node.gone);
    };
    // What a layer takes away is of those below it, wherever that stands in its archive.
    for (const path of layer.removed) {
      const node = find(root, path);
      if (node) forEach(node, (it) => hide(it, "deleted", path));
    }
    for (const path of layer.opaque) {
      const node = find(root, path);
      for (const child of node?.children?.values() ?? []) forEach(child, (it) => hide(it, "deleted", path));
    }
    for (const entry of layer.entries) {
      const file = entry.kind === "hard-link" ? find(root, entry.target ?? "/")?.here : undefined;
      // An archive names a file before it links to it.
      if (file) linked.set(entry, linked.get(file.entry) ?? file);
      const node = make(entry.path);
      const before = node.here;
      if (entry.kind !== "directory")
        for (const child of node.children?.values() ?? [])
          forEach(child, (it) => hide(it, "overwritten", entry.path));
      if (before?.entry.kind !== "directory" || entry.kind !== "directory")
        hide(node, before && isSameContent(before.entry, entry) ? "rewritten" : "overwritten", entry.path);
      // A directory that is made anew takes all away, and what is put back is not deleted.
      if (node.gone?.by === index && node.gone.how === "deleted") {
        node.gone.how = isSameContent(node.gone.was.entry, entry) ? "rewritten" : "overwritten";
        node.gone.with = entry.path;
      }
      node.here = { entry, layer: index };
      visible.set(entry.path, node.here);
    }
  });
  return { visible, hidden: hiddenFiles(gone, visible, linked), linked };
}

function isSameContent(before: LayerEntry, after: LayerEntry): boolean {
  return (
    before.kind === "file" &&
    after.kind === "file" &&
    before.hash !== undefined &&
    before.hash === after.hash &&
    before.size === after.size
  );
}

/** A file is gone with its last name; what hides that hides the file. */
function hiddenFiles(
  gone: readonly Gone[],
  visible: ReadonlyMap<string, VisibleEntry>,
  linked: Stack["linked"],
): Hidden[] {
  const seen = new Set<LayerEntry | undefined>();
  for (const { entry } of visible.values())
    if (entry.kind === "hard-link") seen.add(linked.get(entry)?.entry);
  const last = new Map<LayerEntry | undefined, Gone>();
  for (const it of gone) if (it.was.entry.kind === "hard-link") last.set(linked.get(it.was.entry)?.entry, it);
  const hidden: Hidden[] = [];
  for (const it of gone) {
    const { entry, layer } = it.was;
    if (entry.kind !== "file" || entry.size === 0) continue;
    if (seen.has(entry)) continue;
    const link = last.get(entry);
    const by = link && link.by > it.by ? link : it;
    hidden.push({ entry, storedBy: layer, hiddenBy: by.by, how: by.how, with: by.with });
  }
  return hidden;
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const part of partsOf(path)) {
    node = node.children?.get(part);
    if (!node) return undefined;
  }
  return node;
}

/** Finds or makes the node of a path. Archives go through one directory after the other, so the last one is remembered. */
function maker(root: Node): (path: string) => Node {
  let [folder, within] = ["", root];
  const childOf = (node: Node, name: string, path: string) => {
    node.children ??= new Map();
    let child = node.children.get(name);
    if (!child) {
      child = { path, children: undefined, here: undefined, gone: undefined };
      node.children.set(name, child);
    }
    return child;
  };
  return (path) => {
    const slash = path.lastIndexOf("/");
    const above = path.slice(0, slash);
    if (above !== folder) {
      folder = above;
      within = root;
      for (const part of partsOf(above === "" ? "/" : above))
        within = childOf(within, part, `${within.path}/${part}`);
    }
    return childOf(within, path.slice(slash + 1), path);
  };
}

function partsOf(path: string): string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

/** The node and all below it. Not by recursion: an archive may be as deep as it likes. */
function forEach(top: Node, act: (node: Node) => void): void {
  const left = [top];
  for (let node = left.pop(); node; node = left.pop()) {
    act(node);
    for (const child of node.children?.values() ?? []) left.push(child);
  }
}

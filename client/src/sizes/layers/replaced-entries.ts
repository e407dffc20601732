import type { LayerEntry } from "./layer.ts";

interface Node {
  children: Map<string, Node> | undefined;
  /** Index of the entry that stands here. */
  at: number | undefined;
  /** Of the entries that are other names of the file here. */
  links: number[];
}

/**
 * What is left of the entries of one archive that has several for one path: who unpacks it puts the later one in the place of the earlier,
 * and takes away with a directory what is in it, unless both are directories (docker/pkg/archive, UnpackLayer, read 2026-11). A file whose name
 * went lives on under its next one. Takes time linear in the names.
 */
export function withoutReplaced(entries: readonly LayerEntry[]): readonly LayerEntry[] {
  const left: (LayerEntry | undefined)[] = [...entries];
  const root: Node = { children: undefined, at: undefined, links: [] };
  entries.forEach((entry, index) => {
    const node = nodeOf(root, entry.path);
    const before = node.at === undefined ? undefined : left[node.at];
    if (entry.kind !== "directory") for (const it of below(node)) drop(it, left);
    if (entry.kind !== "directory") node.children = undefined;
    if (before) drop(node, left);
    node.at = index;
    if (entry.kind === "hard-link" && entry.target !== entry.path)
      nodeOf(root, entry.target ?? "/").links.push(index);
  });
  return left.flatMap((it) => it ?? []);
}

function drop(node: Node, left: (LayerEntry | undefined)[]): void {
  const gone = node.at === undefined ? undefined : left[node.at];
  if (node.at !== undefined) left[node.at] = undefined;
  node.at = undefined;
  const links = node.links.filter((it) => left[it] !== undefined);
  node.links = [];
  const [first, ...others] = links;
  const heir = first === undefined ? undefined : left[first];
  if (gone?.kind !== "file" || first === undefined || !heir) return;
  left[first] = { ...gone, path: heir.path };
  for (const it of others) {
    const link = left[it];
    if (link) left[it] = { ...link, target: heir.path };
  }
}

function nodeOf(root: Node, path: string): Node {
  let node = root;
  for (const part of path.split("/")) {
    if (part === "") continue;
    node.children ??= new Map();
    let child = node.children.get(part);
    if (!child) {
      child = { children: undefined, at: undefined, links: [] };
      node.children.set(part, child);
    }
    node = child;
  }
  return node;
}

/** Not by recursion: an archive may be as deep as it likes. */
function below(top: Node): Node[] {
  const found: Node[] = [];
  const left = [...(top.children?.values() ?? [])];
  for (let node = left.pop(); node; node = left.pop()) {
    found.push(node);
    left.push(...(node.children?.values() ?? []));
  }
  return found;
}

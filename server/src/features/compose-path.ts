import type { ComposeFile, MappingEntry, YamlNode } from "../syntax/compose/tree.ts";
import { contains, type Span } from "../text/span.ts";

/** What is at an offset of a Compose file, told by the keys that lead there; `[]` stands for a list's entry. */
export interface ComposePlace {
  readonly path: readonly string[];
  /** True on the path's last key itself, false on its value. */
  readonly onKey: boolean;
  readonly span: Span;
  /** The scalar under the cursor, when it is a value. */
  readonly value: string | undefined;
}

/** Undefined between nodes, and where the text stands for another place (aliases, merge keys). */
export function composePlaceAt({ root }: ComposeFile, offset: number): ComposePlace | undefined {
  return root && placeIn(root, [], offset);
}

function placeIn(node: YamlNode, path: readonly string[], offset: number): ComposePlace | undefined {
  if (node.viaAlias) return undefined;
  switch (node.kind) {
    case "scalar":
      return contains(node.span, offset)
        ? { path, onKey: false, span: node.span, value: node.value }
        : undefined;
    case "sequence": {
      const item = node.items.find((it) => contains(it.span, offset));
      return item && placeIn(item, [...path, "[]"], offset);
    }
    case "mapping": {
      const entry = node.entries.find((it) => !it.key.viaAlias && contains(it.span, offset));
      return entry && placeInEntry(entry, [...path, entry.key.value], offset);
    }
  }
}

function placeInEntry(
  { key, value }: MappingEntry,
  path: readonly string[],
  offset: number,
): ComposePlace | undefined {
  if (contains(key.span, offset)) return { path, onKey: true, span: key.span, value: undefined };
  return value && placeIn(value, path, offset);
}

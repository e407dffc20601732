import { isOnOneLine } from "../../model/compose/edit/list-and-mapping.ts";
import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";

/** A text as it is written, quotes and all, to be moved elsewhere; undefined for anything but a text on one line, written here. */
export function sourceOf(file: ComposeFile, node: YamlNode): string | undefined {
  if (
    node.kind !== "scalar" ||
    node.viaAlias ||
    node.tag !== undefined ||
    node.type === "null" ||
    !isOnOneLine(file, node)
  )
    return undefined;
  return file.text.slice(node.span.start, node.span.end);
}

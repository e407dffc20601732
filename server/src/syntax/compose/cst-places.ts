import type { CST } from "yaml";

/** Blanks, line breaks and comments. */
export function isAround({ type }: CST.SourceToken): boolean {
  return type === "space" || type === "newline" || type === "comment";
}

/** Where an entry of a block mapping starts: with its key, or with an anchor or tag of the key. */
export function startOfItem({ start, key }: CST.BlockMap["items"][number]): number | undefined {
  return start.find((it) => it.type === "anchor" || it.type === "tag")?.offset ?? key?.offset;
}

/** Where the first entry of a block starts. */
export function startOfBlock(token: CST.BlockMap | CST.BlockSequence): number | undefined {
  if (token.type === "block-seq")
    return token.items[0]?.start.find((it) => it.type === "seq-item-ind")?.offset;
  const [first] = token.items;
  return first && startOfItem(first);
}

/** Where a node ends, comments behind it left out; of a block where its first line is. */
export function endOf(token: CST.Token): number {
  if (token.type === "flow-collection") return (token.end[0]?.offset ?? token.start.offset) + 1;
  if (token.type === "block-scalar") {
    const last = token.props.at(-1);
    const start = last && "source" in last ? last.offset + last.source.length : token.offset;
    return start + token.source.trimEnd().length;
  }
  return token.offset + ("source" in token ? token.source.length : 0);
}

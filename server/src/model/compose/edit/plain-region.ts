import type { ComposeFile, MappingEntry, MappingNode, SequenceNode } from "../../../syntax/compose/tree.ts";
import type { Span } from "../../../text/span.ts";

/** Blanks, line breaks, comments and the marks between entries: no anchor, alias or tag, nothing that the tree leaves out. */
const BETWEEN = /^(?:[\s,]|-(?=\s)|#[^\n]*(?:\n|$))*$/;
const BEHIND_KEY = /^\s*:(?:\s|#[^\n]*(?:\n|$))*$/;

/** False where a comment, anchor, alias or tag may be in the region, so that writing it anew would lose something. */
export function isPlainRegion({ text }: ComposeFile, { start, end }: Span): boolean {
  return !/(?:^|[\s[{,:-])(?:#|&\S|\*\S|!)|<</.test(text.slice(start, end));
}

/** Is there nothing but the colon between a key and its value? */
export function isPlainValue({ text }: ComposeFile, { key, value }: MappingEntry): boolean {
  if (!value) return true;
  return (
    !value.viaAlias && value.tag === undefined && BEHIND_KEY.test(text.slice(key.span.end, value.span.start))
  );
}

/** Are the items written here one by one, with nothing but commas, dashes and comments around them? */
export function isPlainList({ text }: ComposeFile, { items, span, flow }: SequenceNode): boolean {
  let at = span.start + (flow ? 1 : 0);
  for (const item of items) {
    if (item.viaAlias || item.tag !== undefined || !BETWEEN.test(text.slice(at, item.span.start)))
      return false;
    at = item.span.end;
  }
  return BETWEEN.test(text.slice(at, span.end - (flow ? 1 : 0)));
}

/** Are the entries written here one by one, their keys and values without anchors, aliases and tags? */
export function isPlainMapping(file: ComposeFile, { entries, merges, span, flow }: MappingNode): boolean {
  if (merges.length > 0) return false;
  let at = span.start + (flow ? 1 : 0);
  for (const entry of entries) {
    const isPlain = !entry.key.viaAlias && entry.key.tag === undefined && isPlainValue(file, entry);
    if (!isPlain || !BETWEEN.test(file.text.slice(at, entry.span.start))) return false;
    at = endOfEntry(file, entry);
  }
  return BETWEEN.test(file.text.slice(at, span.end - (flow ? 1 : 0)));
}

/** Where an entry ends: behind its value, or behind the colon of a key without one. */
export function endOfEntry({ text }: ComposeFile, { key, value, span }: MappingEntry): number {
  if (value) return span.end;
  return key.span.end + (/^[ \t]*:/.exec(text.slice(key.span.end, key.span.end + 200))?.[0].length ?? 0);
}

/** Does a value or item start behind a dash, colon, comma or bracket, with no anchor or tag before it? */
export function standsAlone({ text }: ComposeFile, start: number): boolean {
  let at = start;
  while (at > 0 && /\s/.test(text[at - 1] ?? "")) at--;
  return at === 0 || /[-:,[{]/.test(text[at - 1] ?? "");
}

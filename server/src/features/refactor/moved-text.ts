import { columnOf } from "../../model/compose/edit/layout.ts";
import type { ComposeFile } from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";

/**
 * The text of a block from `span.start` on, its further lines moved so that it can start in another column. Undefined where a
 * line does not reach that far to the right.
 */
export function movedText(file: ComposeFile, { start, end }: Span, column: number): string | undefined {
  const shift = column - columnOf(file, start);
  const [first = "", ...rest] = file.text.slice(start, end).split("\n");
  const moved = rest.map((line) => {
    if (line.trim() === "") return line;
    if (shift >= 0) return " ".repeat(shift) + line;
    return line.startsWith(" ".repeat(-shift)) ? line.slice(-shift) : undefined;
  });
  return moved.includes(undefined) ? undefined : [first, ...moved].join("\n");
}

/** A block with the colon behind its last key, where that has no value: the spans of such entries end with the key. */
export function withLastColon({ text }: ComposeFile, { start, end }: Span): Span {
  const colon = /^[ \t]*:(?=\s|$)/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { start, end: end + colon };
}

/** True where an anchor, alias, tag or merge key may be in the region. */
export function holdsMarks({ text }: ComposeFile, { start, end }: Span): boolean {
  return /(?:^|[\s[{,:-])(?:&\S|\*\S|!)|<</.test(text.slice(start, end));
}

/** A block of text that keeps the empty lines behind it reaches further than can be seen. */
export function keepsEnd({ text }: ComposeFile, { start, end }: Span): boolean {
  return /[|>]\d?\+/.test(text.slice(start, end));
}

import type { ComposeFile, YamlNode } from "../../syntax/compose/tree.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import { startOfLine } from "./lines.ts";

/** A Compose file, or another whose comments are lines with `#`. */
export interface FileOfLines {
  readonly text: string;
  readonly lines: LineIndex;
  /** Of YAML, whose texts of several lines take no comments. */
  readonly root?: ComposeFile["root"];
  /** A blank in front makes something else of a comment. */
  readonly commentsInFirstColumn?: boolean;
}

/**
 * A comment above the line in which the span begins, or one more name in the one there or at its end. Undefined inside of a
 * text of several lines, where a comment would be a part of the text.
 */
export function ignoreAboveLine(file: FileOfLines, { start }: Span, rule: string): TextEdit | undefined {
  const { text, lines } = file;
  const line = lines.lineAt(start);
  const lineStart = startOfLine(file, line);
  if (isInsideText(file.root, lines.startOf(line))) return undefined;
  for (let at = line; at >= 0; at--) {
    const written = text.slice(lines.startOf(at), lines.endOf(at));
    if (at < line && !/^\s*#/.test(written)) break;
    if (/(?:^|\s)#\s*plimsoll:?\s+ignore\s*=[\w,\s-]*$/i.test(written))
      return insert(lines.endOf(at), `,${rule}`);
  }
  const indent = file.commentsInFirstColumn ? "" : (/^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "");
  return insert(lineStart, `${indent}# plimsoll ignore=${rule}${lineBreakIn(file.text)}`);
}

/** Does a scalar begin before this offset and go on behind it? */
function isInsideText(node: YamlNode | undefined, offset: number): boolean {
  if (!node) return false;
  switch (node.kind) {
    case "scalar":
      return node.span.start < offset && offset < node.span.end;
    case "sequence":
      return node.items.some((it) => isInsideText(it, offset));
    case "mapping":
      return node.entries.some(({ key, value }) => isInsideText(key, offset) || isInsideText(value, offset));
  }
}

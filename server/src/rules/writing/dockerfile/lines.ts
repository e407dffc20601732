import {
  type Comment,
  type Dockerfile,
  type Instruction,
  notedOnFile,
} from "../../../syntax/dockerfile/tree.ts";
import { insert, remove, replace, type TextEdit } from "../../../text/edit.ts";
import { lineBreakIn } from "../../../text/line-breaks.ts";
import { firstWhere } from "../../../text/sorted.ts";
import type { Span } from "../../../text/span.ts";

/** How a Dockerfile ends its lines; kept, since the whole text would be searched for each fix. */
export const lineBreakOf = notedOnFile(({ text }) => lineBreakIn(text));

/** The blanks in front of an instruction. */
function indentOf(file: Dockerfile, instruction: Instruction): string {
  return (
    /^[ \t]*/.exec(file.text.slice(file.lines.startOf(instruction.startLine), instruction.span.start))?.[0] ??
    ""
  );
}

/** A new instruction as the one next to it is written: keywords in lower case stay among themselves. */
function alike(line: string, file: Dockerfile, { keyword }: Instruction): string {
  const next = file.text.slice(keyword.start, keyword.end);
  return next === next.toLowerCase() ? line.replace(/^[A-Z]+(?= )/, (it) => it.toLowerCase()) : line;
}

/**
 * New instructions above one that is there, and above the comment lines that belong to it: an ignore comment must
 * stay next to its instruction.
 */
export function insertAbove(
  file: Dockerfile,
  instruction: Instruction,
  ...lines: readonly string[]
): TextEdit {
  let line = instruction.startLine;
  while (line > 0 && isComment(file, line - 1)) line--;
  const indent = indentOf(file, instruction);
  const text = lines.map((it) => indent + alike(it, file, instruction) + lineBreakOf(file)).join("");
  return insert(file.lines.startOf(line), text);
}

/** New instructions right below one that is there. A file may end with a line that is continued, but by nothing. */
export function insertBelow(
  file: Dockerfile,
  instruction: Instruction,
  ...lines: readonly string[]
): TextEdit {
  const indent = indentOf(file, instruction);
  const text = lines.map((it) => lineBreakOf(file) + indent + alike(it, file, instruction)).join("");
  const { end } = instruction.span;
  const written = file.text.slice(instruction.span.start, end);
  const continued = file.escape === "`" ? /[ \t]*`\s*$/ : /[ \t]*\\\s*$/;
  const left = written.trimEnd().endsWith(file.escape) ? continued.exec(written) : null;
  return left ? replace({ start: end - left[0].length, end }, text) : insert(end, text);
}

/** Takes an instruction away with its lines. Comments inside it would go too: see `holdsComment`. */
export function removeLines(file: Dockerfile, instruction: Instruction): TextEdit {
  const start = file.lines.startOf(instruction.startLine);
  const end = file.lines.startOf(instruction.endLine + 1);
  if (end < file.text.length || file.text.endsWith("\n")) return remove({ start, end });
  // The last line has no line break of its own, so the one above it goes.
  return remove({ start: file.lines.endOf(instruction.startLine - 1), end });
}

/** Takes an instruction away, and leaves the comment lines inside it where they are. */
export function removeButComments(file: Dockerfile, instruction: Instruction): TextEdit[] {
  if (!holdsComment(file, instruction.span)) return [removeLines(file, instruction)];
  const edits: TextEdit[] = [];
  let start = file.lines.startOf(instruction.startLine);
  for (let line = instruction.startLine; line <= instruction.endLine + 1; line++) {
    if (line <= instruction.endLine && !isComment(file, line)) continue;
    const end = file.lines.startOf(line);
    if (end > start) edits.push(remove({ start, end }));
    start = file.lines.startOf(line + 1);
  }
  return edits;
}

/** Does a comment begin inside of the span? */
export function holdsComment(file: Dockerfile, { start, end }: Span): boolean {
  const comment = firstBehind(file, start);
  return comment !== undefined && comment.span.start < end;
}

function isComment(file: Dockerfile, line: number): boolean {
  const start = file.lines.startOf(line);
  const end = file.lines.endOf(line);
  const comment = firstBehind(file, start);
  return comment !== undefined && start <= comment.span.start && comment.span.end <= end;
}

/** The first comment that ends behind an offset; comments are kept in order. */
function firstBehind({ comments }: Dockerfile, offset: number): Comment | undefined {
  return comments[firstWhere(comments, (it) => it.span.end > offset)];
}

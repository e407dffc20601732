import type { YamlLayout } from "../../syntax/compose/layout.ts";
import type { TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import type { Written } from "./text.ts";

/** At most one blank line in a row, none at the top, a line break at the end and no more. */
export function blankLineEdits({ text, lines }: Written, layout: YamlLayout): TextEdit[] {
  const edits: TextEdit[] = [];
  const last = layout.lines.findLastIndex((it) => it.kind !== "blank");
  if (last < 0) return [];
  for (let line = 0; line < last; line++) {
    if (layout.lines[line]?.kind !== "blank") continue;
    const first = line;
    while (layout.lines[line + 1]?.kind === "blank") line++;
    const start = lines.startOf(first);
    const end = lines.startOf(line + 1);
    const lineBreak = text.slice(lines.endOf(line), end);
    const wanted = first === 0 ? "" : lineBreak;
    if (text.slice(start, end) !== wanted) edits.push({ span: { start, end }, newText: wanted });
  }
  return [...edits, ...lastLineBreak(text, lines.endOf(last), layout.lines[last])];
}

/** A text below `|` that keeps its line breaks, or has none at its end, would be another one with them. */
function lastLineBreak(text: string, end: number, role: YamlLayout["lines"][number] | undefined): TextEdit[] {
  const rest = text.slice(end);
  const isOpen = role?.kind === "text" && !role.strips && !rest.includes("\n");
  const lineBreak = lineBreakIn(text);
  if (isOpen || (rest.trimStart() === "" && rest.trimEnd() === "" && rest === lineBreak)) return [];
  // Blanks at the end of the last line are that line's to remove.
  const start = end;
  return rest === lineBreak ? [] : [{ span: { start, end: text.length }, newText: lineBreak }];
}

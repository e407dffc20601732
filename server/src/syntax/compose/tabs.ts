import type { LineIndex } from "../../text/line-index.ts";
import type { SyntaxProblem } from "../problem.ts";
import { type Lexed, lexed } from "./lexed.ts";

/**
 * Tabs that YAML 1.2 and its reader allow and Compose's reader does not: before a comment, on an empty line, behind `- `, and on
 * lines of block scalars, anywhere left of the text (docker compose 2.40, tried 2026-11). Lines with another error are left out.
 */
export function tabsForBlanks(
  text: string,
  tokens: readonly string[],
  others: readonly SyntaxProblem[],
  lines: LineIndex,
): readonly SyntaxProblem[] {
  if (!text.includes("\t")) return [];
  const told = new Set(others.map((it) => lines.lineAt(it.span.start)));
  const problems: SyntaxProblem[] = [];
  for (const at of refusedTabs(text, tokens)) {
    if (told.has(lines.lineAt(at))) continue;
    problems.push({
      code: "yaml-tab",
      message: "Compose does not take a tab here: use blanks.",
      span: { start: at, end: at + 1 },
      severity: "error",
      ofCompose: true,
    });
  }
  return problems;
}

function* refusedTabs(text: string, tokens: readonly string[]): Generator<number> {
  let brackets = 0;
  let isAtStart = true;
  let last: Lexed | undefined;
  for (const token of lexed(tokens)) {
    const { type, source, offset } = token;
    if (type === "newline") isAtStart = true;
    if (type === "newline" || type === "byte-order-mark") continue;
    if (type === "space") {
      const tab = offset + source.indexOf("\t");
      const isRefused = isAtStart && brackets === 0 && tab >= offset;
      // A plain value may go on there, where it stands further in than what it belongs to.
      if (isRefused && !(last?.type === "plain" && columnOf(tab, text) > indentAt(last.offset, text)))
        yield tab;
      continue;
    }
    if (type === "block" && source.includes("\t")) yield* tabsInBlock(token);
    if (type === "flow-map-start" || type === "flow-seq-start") brackets++;
    if (type === "flow-map-end" || type === "flow-seq-end") brackets = Math.max(0, brackets - 1);
    isAtStart = type === "seq-item-ind" || type === "explicit-key-ind";
    last = token;
  }
}

/** Those that stand left of where the text of a block scalar begins. */
function* tabsInBlock({ source, offset }: Lexed): Generator<number> {
  const [, blanks = ""] = /^(?:[ \t]*\r?\n)*( *)/.exec(source) ?? [];
  for (const { 0: line, index } of source.matchAll(/^ *\t/gm))
    if (line.length <= blanks.length) yield offset + index + line.length - 1;
}

function columnOf(offset: number, text: string): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

function indentAt(offset: number, text: string): number {
  const line = text.lastIndexOf("\n", offset - 1) + 1;
  return text.slice(line, offset).search(/[^ ]|$/);
}

import type { DotenvEntry, DotenvFile } from "../../../syntax/dotenv/parse.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";

/** Takes an entry away with its lines; undefined where something else stands in them. */
export function withoutEntry({ text, lines, entries }: DotenvFile, entry: DotenvEntry): TextEdit | undefined {
  const first = lines.lineAt(entry.nameSpan.start);
  const last = lines.lineAt(entry.valueSpan?.end ?? entry.nameSpan.end);
  const span = { start: lines.startOf(first), end: lines.startOf(last + 1) };
  if (span.start === 0 && text.startsWith("\uFEFF")) span.start = 1;
  const isShared = entries.some(
    (it) => it !== entry && span.start <= it.nameSpan.start && it.nameSpan.start < span.end,
  );
  // A comment behind it may be about more than the value.
  return isShared || entry.comment ? undefined : remove(span);
}

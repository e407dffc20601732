import type { LineIndex } from "../../text/line-index.ts";

/** Offset of a line's first character, behind a byte order mark. */
export function startOfLine(
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
  line: number,
): number {
  const start = lines.startOf(line);
  return start === 0 && text.startsWith("\uFEFF") ? 1 : start;
}

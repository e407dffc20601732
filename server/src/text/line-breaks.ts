import { insert, type TextEdit } from "./edit.ts";

/** How a text ends its lines: as Windows does, if it does so anywhere. */
export function lineBreakIn(text: string): "\r\n" | "\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Writes lines behind the last one, which need not have an end of its own; each new one gets one. */
export function appendLines(text: string, lines: readonly string[]): TextEdit {
  const lineBreak = lineBreakIn(text);
  const end = text === "" || text.endsWith("\n") ? "" : lineBreak;
  return insert(text.length, end + lines.map((it) => it + lineBreak).join(""));
}

import type { IgnoreFileModel } from "../../../model/context/ignore-file-model.ts";
import type { IgnorePattern } from "../../../syntax/dockerignore/ignore-file.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";

/** Takes a pattern away with its line. */
export function withoutLine({ text, lines }: IgnoreFileModel, { span }: IgnorePattern): TextEdit {
  const line = lines.lineAt(span.start);
  const start = lines.startOf(line);
  const isLast = line + 1 >= lines.starts.length;
  // The last line goes with the line break in front of it.
  if (isLast) return remove({ start: Math.max(start - lineBreakBefore(text, start), 0), end: text.length });
  return remove({
    start: start === 0 && text.startsWith("\uFEFF") ? 1 : start,
    end: lines.startOf(line + 1),
  });
}

function lineBreakBefore(text: string, start: number): number {
  return text.slice(0, start).endsWith("\r\n") ? 2 : text[start - 1] === "\n" ? 1 : 0;
}

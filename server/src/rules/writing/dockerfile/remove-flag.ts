import type { Dockerfile, Flag } from "../../../syntax/dockerfile/tree.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";

/** Takes a flag away with the blanks on one side of it; line breaks and what continues them stay. */
export function removeFlag({ text }: Dockerfile, { span: { start, end } }: Pick<Flag, "span">): TextEdit {
  const behind = /^[ \t]+(?=[^ \t\\`\r\n])/.exec(text.slice(end, end + LONGEST_GAP))?.[0] ?? "";
  if (behind !== "") return remove({ start, end: end + behind.length });
  let from = start;
  while (text[from - 1] === " " || text[from - 1] === "\t") from--;
  return remove({ start: from, end });
}

/** More blanks than these between two words are left where they are. */
const LONGEST_GAP = 200;

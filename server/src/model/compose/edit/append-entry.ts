import type { ComposeFile, MappingNode } from "../../../syntax/compose/tree.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { columnOfEntry, endOfLine, indentStep, lineBreakOf, ownEntries } from "./layout.ts";
import { blockLines, flowText, type NewEntry } from "./new-entry.ts";

/** Adds an entry behind the last one of a mapping, in the mapping's own form. None where its text is another one's, or unclear. */
export function appendEntry(
  file: ComposeFile,
  mapping: MappingNode,
  entry: NewEntry,
): readonly TextEdit[] | undefined {
  const last = ownEntries(mapping).at(-1);
  if (mapping.viaAlias) return undefined;
  if (mapping.flow) {
    if (!last) return [insert(mapping.span.start + 1, flowText(entry, false))];
    const end = last.value ? last.span.end : endOfEmptyEntry(file, last.span.end);
    if (end === undefined) return undefined;
    // To Compose a colon that touches a comma is part of the name.
    const between = file.text[end - 1] === ":" && !last.value ? " , " : ", ";
    return [insert(end, `${between}${flowText(entry, last.key.style === "double")}`)];
  }
  if (!last) return undefined;
  const indent = " ".repeat(columnOfEntry(file, last));
  const lines = blockLines(entry, indentStep(file));
  return [
    insert(
      endOfLine(file, endOfEntry(file, last.span.end)),
      lines.map((it) => lineBreakOf(file) + indent + it).join(""),
    ),
  ];
}

/** In braces a key may stand alone, or with a colon and nothing behind it. Undefined where an anchor or tag is there. */
function endOfEmptyEntry({ text }: ComposeFile, keyEnd: number): number | undefined {
  const colon = /^\s*:/.exec(text.slice(keyEnd))?.[0].length ?? 0;
  const end = keyEnd + colon;
  return /^(?:\s|#.*\n)*[,}]/.test(text.slice(end)) ? end : undefined;
}

/** An entry may end with the line break of a block of text, which belongs to its last line. */
function endOfEntry({ text }: ComposeFile, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? "")) at--;
  return at;
}

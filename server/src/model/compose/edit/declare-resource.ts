import { entryAt, isNull } from "../../../syntax/compose/find.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { appendEntry } from "./append-entry.ts";
import { endOfLine, indentStep, lineBreakOf, ownEntries } from "./layout.ts";
import { blockLines, type NewEntry } from "./new-entry.ts";

export type ResourceSection = "networks" | "volumes" | "secrets" | "configs";

/** Declares `name:`, or what it is, in a top-level section, which is added at the end of the file when it is not there. */
export function declareResource(
  file: ComposeFile,
  section: ResourceSection,
  name: string,
  value?: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const { root } = file;
  if (!root) return undefined;
  const entry = { key: name, value };
  const written = entryAt(root, section);
  if (written?.value?.kind === "mapping") return appendEntry(file, written.value, entry);
  if (written && !isNull(written.value)) return undefined;
  if (root.flow) return written ? undefined : appendEntry(file, root, { key: section, value: [entry] });
  if (written?.value) return undefined;

  const lineBreak = lineBreakOf(file);
  const step = indentStep(file);
  if (written) {
    const below = blockLines(entry, step).map((it) => lineBreak + " ".repeat(step) + it);
    return [insert(endOfLine(file, written.key.span.end), below.join(""))];
  }
  const lines = blockLines({ key: section, value: [entry] }, step).join(lineBreak);
  return [insertAtEnd(file, lines)];
}

/** Below the last entry of the file and the comments behind it, with an empty line between. */
function insertAtEnd(file: ComposeFile, lines: string): TextEdit {
  const lineBreak = lineBreakOf(file);
  const last = file.root && ownEntries(file.root).at(-1);
  const behind = endOfLine(file, last?.span.end ?? 0);
  const isLast = /^(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|$))*$/.test(file.text.slice(behind));
  if (!isLast) return insert(behind, `${lineBreak}${lineBreak}${lines}`);
  const end = file.text.trimEnd().length;
  const rest = file.text.slice(end);
  return insert(
    rest ? file.text.length : end,
    `${rest.includes("\n") ? "" : lineBreak}${lineBreak}${lines}${lineBreak}`,
  );
}

import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { type BlockLine, blockLine, indentOf, isBare } from "./line.ts";

export interface Items {
  readonly texts: readonly string[];
  /** Keys stand in the same column. */
  readonly hasKeys: boolean;
}

/** Lines of the block around a line, as far as they are indented by `column` or more: those at just that column. */
export function linesAt(
  file: ComposeFile,
  line: number,
  column: number,
  isFirst: boolean,
): readonly BlockLine[] {
  const found: BlockLine[] = [];
  for (const step of [-1, 1]) {
    // A line behind a dash begins its mapping.
    if (step === -1 && isFirst) continue;
    for (let at = line + step; at >= 0 && at < file.lines.starts.length; at += step) {
      const indent = indentOf(file, at);
      if (indent > column || isBare(file, at)) continue;
      if (column === 0 && file.text.startsWith("---", file.lines.startOf(at))) break;
      const one = blockLine(file, at);
      // Behind a dash the mapping's first key stands further in.
      if (indent === column || (step === -1 && one.column === column)) found.push(one);
      if (indent < column) break;
    }
  }
  return found;
}

/** Keys of the mapping that has its keys in this column. */
export function keysAmong(lines: readonly BlockLine[], column: number): ReadonlySet<string> {
  return new Set(lines.flatMap((it) => (it.key !== undefined && it.column === column ? it.key : [])));
}

/** Entries of the list that has its dashes in this column. */
export function itemsAmong(lines: readonly BlockLine[], column: number): Items {
  const texts: string[] = [];
  let hasKeys = false;
  for (const { dashes, key, value, column: own } of lines) {
    if (dashes.includes(column)) texts.push(key === undefined ? plain(value) : key);
    else if (own === column && key !== undefined) hasKeys = true;
  }
  return { texts, hasKeys };
}

function plain(value: string): string {
  const text = value.replace(/\s+#.*$/, "").trimEnd();
  return /^"(.*)"$/.exec(text)?.[1] ?? /^'(.*)'$/.exec(text)?.[1] ?? text;
}

/** Does the line above stand further in, in a block that has no entries in this column? */
export function isBetween(file: ComposeFile, line: number, column: number): boolean {
  let above = line - 1;
  while (above >= 0 && isBare(file, above)) above--;
  if (above < 0 || indentOf(file, above) <= column) return false;
  // Further out than the line above, with nothing at its own column: fine only where it closes what stands above.
  return column > 0;
}

/** Is the next line further in than this column, so that it would become a part of what is written here? */
export function isInsideOf(file: ComposeFile, line: number, column: number, mayBeList = false): boolean {
  for (let below = line + 1; below < file.lines.starts.length; below++) {
    if (isBare(file, below)) continue;
    const indent = indentOf(file, below);
    return indent > column || (mayBeList && indent === column && blockLine(file, below).dashes.length > 0);
  }
  return false;
}

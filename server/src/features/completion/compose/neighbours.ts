import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { blockLine, indentOf, isBare } from "./line.ts";

export interface Keys {
  readonly names: ReadonlySet<string>;
}

export interface Items {
  readonly texts: readonly string[];
  /** Keys stand in the same column. */
  readonly hasKeys: boolean;
}

/** Lines in a block around a line, as far as they are indented by `column` or more: those at just that column. */
function linesAt(file: ComposeFile, line: number, column: number, isFirst: boolean): readonly number[] {
  const found: number[] = [];
  for (const step of [-1, 1]) {
    // A line behind a dash begins its mapping.
    if (step === -1 && isFirst) continue;
    for (let at = line + step; at >= 0 && at < file.lines.starts.length; at += step) {
      const indent = indentOf(file, at);
      if (indent > column) continue;
      if (isBare(file, at)) continue;
      if (indent < column) {
        // Behind a dash the mapping's first key stands further in.
        if (step === -1 && blockLine(file, at).column === column) found.push(at);
        break;
      }
      if (column === 0 && file.text.startsWith("---", file.lines.startOf(at))) break;
      found.push(at);
    }
  }
  return found;
}

/**
 * Keys of the mapping that a key at this column of a line would belong to. Undefined where it would belong to none, since its
 * neighbours stand in another column, or are a list.
 */
export function besideKey(
  file: ComposeFile,
  line: number,
  column: number,
  isItem: boolean,
): Keys | undefined {
  const names = new Set<string>();
  let last: { readonly at: number; readonly isList: boolean } | undefined;
  for (const at of linesAt(file, line, column, isItem)) {
    const { key, dashes, column: own } = blockLine(file, at);
    if (key !== undefined && own === column) names.add(key);
    last ??= { at, isList: dashes[0] === column };
  }
  if (!isItem && names.size === 0 && last === undefined && isBetween(file, line, column)) return undefined;
  return { names };
}

/** Entries of the list that has its dashes in this column. */
export function besideItem(file: ComposeFile, line: number, column: number): Items | undefined {
  const texts: string[] = [];
  let hasKeys = false;
  for (const at of linesAt(file, line, column, false)) {
    const { dashes, key, value, column: own } = blockLine(file, at);
    if (dashes.includes(column)) texts.push(key === undefined ? plain(value) : key);
    else if (own === column && key !== undefined) hasKeys = true;
  }
  return { texts, hasKeys };
}

function plain(value: string): string {
  const text = value.replace(/\s+#.*$/, "").trimEnd();
  return /^"(.*)"$/.exec(text)?.[1] ?? /^'(.*)'$/.exec(text)?.[1] ?? text;
}

/** Do the lines around belong together, further in than this column? */
function isBetween(file: ComposeFile, line: number, column: number): boolean {
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

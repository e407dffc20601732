import type { ComposeFile } from "../../../syntax/compose/tree.ts";

/** One line of a block: dashes, a key, and what stands behind it. Columns count from the line's start. */
export interface BlockLine {
  readonly number: number;
  /** Column of its first character that is no blank. */
  readonly indent: number;
  /** Columns of its dashes. */
  readonly dashes: readonly number[];
  /** Column of what stands behind the dashes. */
  readonly column: number;
  readonly key: string | undefined;
  /** Offset of what stands behind the key, or behind the dashes where there is no key; anchors and tags left out. */
  readonly valueStart: number;
  /** What stands there, to the end of the line. */
  readonly value: string;
}

const DASHES = /^(?:-[ \t]+|-$)*/;
/** A key that something other than a letter may begin, `<<` for one, up to the colon that ends it. */
const KEY =
  /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s"'#[\]{}&*!|>%@`,?:-][^\n]*?|[-:][^\s][^\n]*?))[ \t]*:(?=[ \t]|$)[ \t]*/;
const PROPERTIES = /^(?:[&!][^\s,[\]{}]*[ \t]+)*/;

/** Blanks at the start of a line; a tab counts as one, since those around it have one too. */
export function indentOf({ text, lines }: ComposeFile, line: number): number {
  const start = lines.startOf(line);
  let at = start;
  for (let code = text.charCodeAt(at); code === 32 || code === 9; code = text.charCodeAt(at)) at++;
  return at - start;
}

/** Is there nothing but blanks or a comment in a line? */
export function isBare(file: ComposeFile, line: number): boolean {
  const code = file.text.charCodeAt(file.lines.startOf(line) + indentOf(file, line));
  return Number.isNaN(code) || code === 10 || code === 13 || code === 35;
}

/** Takes a line apart; `to` cuts it, where only what stands before the cursor counts. */
export function blockLine(file: ComposeFile, number: number, to = file.lines.endOf(number)): BlockLine {
  const { text, lines } = file;
  const start = lines.startOf(number);
  const indent = Math.min(indentOf(file, number), to - start);
  const content = text.slice(start + indent, to);
  const marks = DASHES.exec(content)?.[0] ?? "";
  const dashes = [...marks.matchAll(/-/g)].map((it) => indent + it.index);
  const rest = content.slice(marks.length);
  const found = KEY.exec(rest);
  const key = found?.[1] ?? found?.[2] ?? found?.[3];
  const behind = rest.slice(found?.[0].length ?? 0);
  const properties = PROPERTIES.exec(behind)?.[0] ?? "";
  const column = indent + marks.length;
  return {
    number,
    indent,
    dashes,
    column,
    key,
    valueStart: start + column + (found?.[0].length ?? 0) + properties.length,
    value: behind.slice(properties.length),
  };
}

/**
 * Lines that a place is indented under, the outermost first: each leads one step further in. `column` and `inItem` say where the
 * place is, and whether it stands behind a dash there.
 */
export function linesAbove(
  file: ComposeFile,
  line: number,
  place: { readonly column: number; readonly inItem: boolean },
): readonly BlockLine[] {
  const found: BlockLine[] = [];
  let { column, inItem } = place;
  for (let above = line - 1; above >= 0 && (column > 0 || inItem); above--) {
    const indent = indentOf(file, above);
    if (indent > column || (indent === column && !inItem) || isBare(file, above)) continue;
    const one = blockLine(file, above);
    // An entry of the same list leads nowhere.
    if (one.dashes[0] === column && inItem && indent === column) continue;
    const isParent =
      one.key !== undefined &&
      (one.column < column || (inItem && one.column === column && one.dashes.length === 0));
    const dashes = one.dashes.filter((it) => it < column);
    if (isParent || (dashes.length === 0 && /^["'[{]/.test(one.value))) found.unshift(one);
    // The place stands beside the key, in the same entry of the list.
    else if (dashes.length > 0) found.unshift({ ...one, dashes, key: undefined, value: "" });
    else continue;
    if (dashes.length > 0) {
      column = one.indent;
      inItem = true;
    } else if (isParent) {
      column = one.column;
      inItem = false;
    }
  }
  // The entries of a file in JSON may stand in its first column.
  const top = found.length === 0 && column === 0 ? firstLine(file, line) : undefined;
  return top && /^[{[]/.test(top.value) && top.key === undefined ? [top] : found;
}

function firstLine(file: ComposeFile, before: number): BlockLine | undefined {
  for (let at = 0; at < before; at++) if (!isBare(file, at)) return blockLine(file, at);
  return undefined;
}

/** The steps that a line leads in. */
export function stepsOf({ dashes, key }: BlockLine): readonly string[] {
  return [...dashes.map(() => "[]"), ...(key === undefined ? [] : [key])];
}

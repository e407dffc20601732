import type { ComposeFile } from "../../syntax/compose/tree.ts";
import { composePlaceAt } from "../compose-path.ts";

/**
 * The cursor in a Compose file, read from the indentation of the lines above, since a file is seldom whole YAML
 * while a line is being written.
 */
export interface ComposeCursor {
  readonly offset: number;
  /** Keys that lead to the place, `[]` for a list's entry; the key on the cursor's own line is the last one. */
  readonly path: readonly string[];
  /** `key`: where a key or a whole entry begins. `value`: behind `key:` or inside a list. */
  readonly at: "key" | "value";
  /** What is written already, up to the cursor. */
  readonly typed: string;
}

/** Undefined in comments, in block scalars and inside quotes or braces, which are not read. */
export function composeCursorIn(file: ComposeFile, offset: number): ComposeCursor | undefined {
  const { lines, text } = file;
  const line = lines.lineAt(offset);
  const written = text.slice(lines.startOf(line), offset);
  if (/(^|\s)#/.test(written) || written.includes("\t")) return undefined;
  if (isInBlockScalar(file, offset)) return undefined;

  const [, blanks = "", dashes = "", rest = ""] = /^( *)((?:- +|-$)*)(.*)$/.exec(written) ?? [];
  const [, key, value] = /^([\w.$/-]+):(?: +(.*))?$/.exec(rest) ?? [];
  if (rest.endsWith(":") && value === undefined) return undefined;
  const parents = parentsOf(file, line, blanks.length, dashes.length > 0);
  const items = dashes.length > 0 ? Array.from(dashes.matchAll(/-/g), () => "[]") : [];
  if (key !== undefined && value !== undefined) {
    return /["'{[]/.test(value)
      ? undefined
      : { offset, path: [...parents, ...items, key], at: "value", typed: value };
  }
  if (/["'{[]/.test(rest)) return undefined;
  return { offset, path: [...parents, ...items], at: items.length > 0 ? "value" : "key", typed: rest };
}

/** Keys of the lines above that the cursor's line is indented under, the outermost first. */
function parentsOf(file: ComposeFile, line: number, indent: number, isItem: boolean): string[] {
  const path: string[] = [];
  let column = indent;
  let item = isItem;
  for (let above = line - 1; above >= 0 && (column > 0 || item); above--) {
    const text = file.text.slice(file.lines.startOf(above), file.lines.endOf(above));
    const [, blanks = "", dashes = "", key] =
      /^( *)((?:- +)*)(?:["']?([^\s"'#:]+)["']?:(?=\s|$))?/.exec(text) ?? [];
    if (/^\s*(#|$)/.test(text)) continue;
    const content = blanks.length + dashes.length;
    if (key !== undefined && (content < column || (item && dashes === "" && content === column))) {
      path.unshift(key);
      column = content;
      item = false;
    }
    if (dashes !== "" && blanks.length < column) {
      path.unshift("[]");
      column = blanks.length;
      item = true;
    }
  }
  return path;
}

function isInBlockScalar(file: ComposeFile, offset: number): boolean {
  const place = composePlaceAt(file, offset);
  return place?.value !== undefined && file.text.slice(place.span.start, offset).includes("\n");
}

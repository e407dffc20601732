import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { type FlowPlace, flowPlaceAt } from "./flow.ts";
import { type BlockLine, blockLine, indentOf, linesAbove, stepsOf } from "./line.ts";
import { isBetween, isInsideOf, itemsAmong, keysAmong, linesAt } from "./neighbours.ts";
import { closeOf, type Word, wordAt } from "./word.ts";

/**
 * The cursor in a Compose file, read from the lines around it and not from the tree, since a file is seldom whole YAML while a line
 * is being written.
 */
export interface ComposeCursor extends Word {
  readonly offset: number;
  /** Keys that lead to the place, `[]` for a list's entry; the key on the cursor's own line is the last one. */
  readonly path: readonly string[];
  /** `key`: where a key, or a line of a block, begins. `value`: behind `key:` or inside a list. */
  readonly at: "key" | "value";
  /** It is inside braces or brackets, where a candidate stays on its line. */
  readonly inFlow: boolean;
  /** Other keys of the same mapping and entries of the same list, but for the one at the cursor. */
  readonly keys: ReadonlySet<string>;
  readonly items: readonly string[];
  /** Something follows in the same braces or brackets, so that a comma has to stand between. */
  readonly needsComma: boolean;
  /** The file is JSON: keys and texts stand in quotes. */
  readonly isJson: boolean;
  /** By how much the column at which a key begins is further in than its line: dashes of a list. */
  readonly hang: number;
}

/** Undefined in comments, in block scalars, and wherever what is written would spoil what stands around it. */
export function composeCursorIn(file: ComposeFile, offset: number): ComposeCursor | undefined {
  const { lines, text } = file;
  const line = lines.lineAt(offset);
  const lineStart = lines.startOf(line);
  const lineEnd = Math.max(offset, lines.endOf(line));
  const written = text.slice(lineStart, offset);
  const own = withOpenEnd(blockLine(file, line, offset), written, text.slice(offset, lineEnd));
  const isBlank = written.trim() === "";
  const depth = isBlank ? written.length : own.indent;
  const above = linesAbove(file, line, { column: depth, inItem: own.dashes.length > 0 });

  const around = enclosing(file, above, own, offset);
  if (around === "nowhere") return undefined;
  if (around) return inFlow(file, around.path, around.place, offset);
  if (isInComment(written)) return undefined;
  if (isBlank && offset < lineStart + indentOf(file, line)) return undefined;

  const path = [...above.flatMap(stepsOf), ...own.dashes.map(() => "[]")];
  const behind = text.slice(offset, lineEnd);
  // Behind a value that is closed nothing follows.
  if (own.key !== undefined) return behindKey(file, own, [...path, own.key], behind, offset);
  if (own.dashes.length > 0 && written.endsWith("-") && own.value === "") return undefined;
  return lineOf(file, { own, above, path, depth, behind, offset });
}

/** `- data:` may be a key, or a volume behind which its place is still to come: only the latter asks for something. */
function withOpenEnd(line: BlockLine, written: string, behind: string): BlockLine {
  const { key, dashes, value, column, valueStart } = line;
  if (
    dashes.length === 0 ||
    key === undefined ||
    value !== "" ||
    !written.endsWith(":") ||
    behind.trim() !== ""
  )
    return line;
  const typed = written.slice(column);
  return { ...line, key: undefined, valueStart: valueStart - typed.length, value: typed };
}

interface Line {
  readonly own: BlockLine;
  readonly above: readonly BlockLine[];
  readonly path: readonly string[];
  readonly depth: number;
  readonly behind: string;
  readonly offset: number;
}

/** At the start of a line's content: a key, or an entry of a list. */
function lineOf(file: ComposeFile, line: Line): ComposeCursor | undefined {
  const { own, above, path, depth, behind, offset } = line;
  const word = wordAt(own.value, behind);
  if (!word || (word.typed === "" && /^[-?](?:\s|$)/.test(behind))) return undefined;
  const isItem = own.dashes.length > 0;
  const column = isItem ? own.column : depth;
  const parent = above.at(-1);
  if (parent && !opensBlock(parent)) return undefined;
  if (
    word.typed === "" &&
    behind.trim() === "" &&
    isInsideOf(file, own.number, isItem ? (own.dashes[0] ?? 0) : column)
  )
    return undefined;

  const beside = linesAt(file, own.number, column, isItem);
  const keys = keysAmong(beside, column);
  const items = isItem
    ? itemsAmong(linesAt(file, own.number, own.dashes.at(-1) ?? 0, false), own.dashes.at(-1) ?? 0)
    : itemsAmong(beside, column);
  if (!isItem && keys.size === 0 && items.texts.length === 0 && isBetween(file, own.number, column))
    return undefined;
  // A list has no keys beside its dashes, a mapping no dashes.
  if (isItem && items.hasKeys && own.dashes.length === 1 && above.at(-1)?.column !== own.dashes[0])
    return undefined;
  const isText = /\s/.test(word.typed.trimStart()) && !isItem;
  if (isText) return undefined;
  return {
    offset,
    path,
    at: isItem ? "value" : "key",
    ...word,
    ...notInFlow,
    keys,
    items: items.texts,
    hang: isItem ? column - own.indent : 0,
  };
}

/** Behind `key:`. */
function behindKey(
  file: ComposeFile,
  own: BlockLine,
  path: readonly string[],
  behind: string,
  offset: number,
): ComposeCursor | undefined {
  const { text } = file;
  if (text[offset - 1] === ":" && own.value === "") return undefined;
  const word = wordAt(own.value, behind);
  if (!word) return undefined;
  const isEmpty = word.typed === "" && behind.trim() === "";
  if (isEmpty && isInsideOf(file, own.number, own.column, true)) return undefined;
  return {
    offset,
    path,
    at: "value",
    ...word,
    hasColon: false,
    ...notInFlow,
    keys: keysAmong(linesAt(file, own.number, own.column, own.dashes.length > 0), own.column),
    items: [],
    hang: own.column - own.indent,
  };
}

const notInFlow = { inFlow: false, needsComma: false, isJson: false } as const;

function isInComment(written: string): boolean {
  if (/^\s*#/.test(written)) return true;
  const at = written.search(/\s#/);
  // In quotes it is none.
  return at >= 0 && written.slice(0, at).split(/["']/).length % 2 === 1;
}

/** Nothing stands behind the key, so that what is indented under it is its value. */
function opensBlock({ value, dashes, key }: BlockLine): boolean {
  if (key === undefined) return dashes.length > 0;
  return /^(?:#.*|[&!]\S*\s*(?:#.*)?)?$/.test(value);
}

interface Enclosing {
  readonly path: readonly string[];
  readonly place: FlowPlace;
}

/** The braces, brackets, quotes or block scalar that hold the cursor, the outermost first. */
function enclosing(
  file: ComposeFile,
  above: readonly BlockLine[],
  own: BlockLine,
  offset: number,
): Enclosing | "nowhere" | undefined {
  const path: string[] = [];
  for (const one of [...above, own]) {
    const isOwn = one === own;
    path.push(...stepsOf(one));
    // What stands for itself has its entries in its own column, as those of a whole file in JSON.
    const owner = one.key === undefined && one.dashes.length === 0 ? one.indent - 1 : one.indent;
    const opener = file.text[one.valueStart] ?? "";
    if (one.valueStart > offset) continue;
    if ((opener === "{" || opener === "[") && one.valueStart < offset) {
      const place = flowPlaceAt(file.text, one.valueStart, offset, owner);
      if (place === "nowhere") return "nowhere";
      if (place !== "closed") return { path, place };
    } else if (isOwn) continue;
    else if (/^[|>][-+\d]*[ \t]*(?:#.*)?$/.test(one.value)) return "nowhere";
    else if ((opener === '"' || opener === "'") && goesOn(file, one, opener, offset)) return "nowhere";
  }
  return undefined;
}

/** A text in quotes over several lines, and the cursor in one of them. */
function goesOn(
  { text, lines }: ComposeFile,
  { valueStart, number }: BlockLine,
  quote: string,
  offset: number,
): boolean {
  const end = lines.endOf(number);
  if (closeOf(text.slice(valueStart + 1, end), quote) !== undefined) return false;
  const close = closeOf(text.slice(end, Math.min(text.length, end + 10_000)), quote);
  // What is in between has no keys, else the quote is one that was forgotten.
  return close !== undefined && end + close >= offset && !/^\s*[\w-]+:\s/m.test(text.slice(end, end + close));
}

function inFlow(
  { text }: ComposeFile,
  path: readonly string[],
  { steps, at, word, quote, closed, hasColon, beside, needsComma }: FlowPlace,
  offset: number,
): ComposeCursor {
  return {
    offset,
    path: [...path, ...steps],
    at,
    typed: text.slice(word.start, offset),
    rest: text.slice(offset, word.end),
    quote,
    closed,
    hasColon,
    inFlow: true,
    needsComma,
    isJson: /^\uFEFF?\s*\{\s*(?:"|$)/.test(text),
    keys: new Set(at === "key" ? beside : []),
    items: steps.at(-1) === "[]" ? beside : [],
    hang: 0,
  };
}

import { isMap, isScalar, Lexer, type ParsedNode } from "yaml";
import type { SyntaxProblem } from "../problem.ts";
import { documentsOf } from "./documents.ts";
import { joinLines } from "./join-lines.ts";
import { Mover } from "./moved.ts";
import { tooDeep } from "./nesting.ts";
import type { Anchor, WrittenEntry } from "./parts.ts";
import { IS_CUT, indentOf } from "./parts-of.ts";
import { TreeBuilder } from "./tree-builder.ts";

/** Whole lines of a file that hold entries of `services`, or of the file itself. */
export interface EntryLines {
  /** Text of the whole file. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly inServices: boolean;
  /** By how many blanks the keys have to be indented. */
  readonly indent: number;
  /** In front of the lines. */
  readonly anchors: readonly Anchor[];
  /** How many nodes the file has. */
  readonly nodes: number;
}

export interface ReadEntries {
  readonly entries: readonly WrittenEntry[];
  readonly errors: readonly SyntaxProblem[];
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads lines by themselves, as they would be read in their file. An entry of our own behind them shows that they end where they
 * seem to. Undefined where that cannot be said.
 */
export function readEntries(lines: EntryLines): ReadEntries | undefined {
  const { text, start, end, inServices, indent } = lines;
  const own = text.slice(start, end);
  if (own !== "" && (!own.endsWith("\n") || !mayBeRead(own, indent))) return undefined;
  const head = inServices ? "services:\n" : "";
  const alone = `${head}${own}${" ".repeat(indent)}${LAST}:\n`;
  const tokens = [...new Lexer().lex(alone)];
  if (tooDeep(tokens)) return undefined;
  const { documents, errors } = documentsOf(tokens, alone);
  const [document, ...others] = documents;
  if (!document || others.length > 0 || (errors.length > 0 && joinLines(alone) !== undefined))
    return undefined;
  const limit = head.length + own.length;
  if (errors.some(({ span }) => span.start < head.length || span.end > limit)) return undefined;

  const offset = start - head.length;
  const whole = document.contents as ParsedNode | null;
  if (inServices && !isOnlyServices(whole)) return undefined;
  const builder = new TreeBuilder(text, { offset, end, anchors: lines.anchors, nodes: lines.nodes });
  const root = builder.build(document);
  const node = inServices && root?.kind === "mapping" ? root.entries[0]?.value : root;
  const written = node?.kind === "mapping" && !node.flow ? builder.written.get(node) : undefined;
  const last = written?.at(-1)?.entry;
  if (!written || last?.key.value !== LAST || last.value || last.key.span.start !== offset + limit + indent)
    return undefined;
  const entries = written.slice(0, -1);
  const isOther =
    builder.isUnsure ||
    node?.tag !== undefined ||
    builder.anchors.length > 0 ||
    builder.problems.some((it) => IS_CUT.has(it.code)) ||
    entries.some((it) => it.entry.key.value === "<<" || it.entry.key.value === LAST) ||
    (entries.length > 0 && indentOf(entries, text) !== indent);
  if (isOther) return undefined;
  const mover = new Mover(0, offset, false);
  return { entries, errors: errors.map((it) => mover.problem(it)), problems: builder.problems };
}

function isOnlyServices(node: ParsedNode | null): boolean {
  const [pair, ...others] = isMap(node) ? node.items : [];
  const { key, value } = pair ?? {};
  return others.length === 0 && isScalar(key) && key.value === "services" && isMap(value);
}

/** Not a name that people give. */
const LAST = "x-plimsoll-last-entry";

/** Tabs, a CR alone and other ends of lines, marks of documents and directives, and what stands further out may be read otherwise in the whole. */
function mayBeRead(lines: string, indent: number): boolean {
  if (/[\t\x85\u2028\u2029]|\r(?!\n)|^(?:---|\.\.\.|%|\ufeff)/m.test(lines)) return false;
  return indent === 0 || !new RegExp(`^ {0,${indent - 1}}[^ #\\r\\n]`, "m").test(lines);
}

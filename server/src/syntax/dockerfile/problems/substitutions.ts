import { type Span, span } from "../../../text/span.ts";
import { expandWord } from "../expand.ts";
import { readHead } from "../here-documents.ts";
import type { Instruction, Word } from "../tree.ts";
import type { Report } from "./report.ts";

/** Reports quotes that do not close and substitutions that cannot be read, in each word BuildKit expands. */
export function checkSubstitutions(instruction: Instruction, report: Report, escapeCharacter: string): void {
  const quoted = quotedBlanks(instruction);
  const [first] = quoted;
  if (first) {
    const message = `${instruction.name} divides its words at blanks also within quotes: write a JSON array instead.`;
    report("unterminated-quote", message, first);
  }
  let next = 0;
  forExpandedWords(instruction, (word) => {
    const { start } = word.span;
    while ((quoted[next]?.end ?? start + 1) <= start) next++;
    if (start >= (quoted[next]?.start ?? start + 1)) return;
    checkWord(word, report, escapeCharacter);
  });
  checkHereDocuments(instruction, report);
  const expandedFlags = EXPANDED_FLAGS.get(instruction.name);
  if (!expandedFlags) return;
  for (const flag of instruction.flags) {
    const { name, value } = flag;
    if (!value?.includes("$") || !expandedFlags.includes(name)) continue;
    const { error } = expandWord(value, () => "x", escapeCharacter);
    if (error) report(error.code, error.message, flag.valueSpan ?? flag.span);
  }
}

const EXPANDED_FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ["ADD", ["checksum", "chmod", "chown"]],
  ["COPY", ["chmod", "chown"]],
  ["FROM", ["platform"]],
]);

/**
 * What was meant as one word each, from its first quote to its last: BuildKit divides the words of these instructions before it looks
 * for quotes, so that a quote is open in one word and in another.
 */
function quotedBlanks({ name, words, exec }: Instruction): readonly Span[] {
  if (exec || (name !== "ADD" && name !== "COPY" && name !== "VOLUME")) return NONE;
  let found: Span[] | undefined;
  for (let at = 0; at < words.length; at++) {
    const start = words[at];
    const quote = start && OPEN.exec(start.raw)?.[1];
    if (!start || !quote) continue;
    let last = at + 1;
    while (words[last]?.raw.includes(quote) === false) last++;
    const end = words[last];
    if (!end || end.raw.indexOf(quote) !== end.raw.length - 1) continue;
    found ??= [];
    found.push(span(start.span.start, end.span.end));
    at = last;
  }
  return found ?? NONE;
}

const OPEN = /^(["'])(?!.*\1)/s;

const NONE: readonly never[] = [];

/** Calls back instead of listing: this runs for every instruction of a file. */
function forExpandedWords(instruction: Instruction, check: (word: Word) => void): void {
  switch (instruction.name) {
    case "ARG":
      for (const { value } of instruction.pairs) if (value) check(value);
      return;
    case "ENV":
    case "LABEL":
      for (const { name, value } of instruction.pairs) {
        check(name);
        if (value) check(value);
      }
      return;
    case "ADD":
    case "COPY":
      for (const word of instruction.words) if (!readHead(word.raw)) check(word);
      return;
    case "FROM":
      if (instruction.words[0]) check(instruction.words[0]);
      return;
    case "EXPOSE":
    case "STOPSIGNAL":
    case "USER":
    case "VOLUME":
    case "WORKDIR":
      for (const word of instruction.words) check(word);
  }
}

/** BuildKit expands what COPY and ADD write to a file, with `\\` as escape whatever the directive says. */
function checkHereDocuments(instruction: Instruction, report: Report): void {
  const { name, hereDocuments } = instruction;
  if (hereDocuments.length === 0 || (name !== "ADD" && name !== "COPY")) return;
  const sources = new Set(instruction.words.slice(0, -1).map(({ raw }) => readHead(raw)?.name));
  for (const hereDocument of hereDocuments) {
    if (!hereDocument.expand || !sources.has(hereDocument.name)) continue;
    const content = hereDocument.text;
    if (!content.text.includes("$")) continue;
    const { error } = expandWord(content.text, () => "x", "\\", { keepQuotes: true });
    if (error) report(error.code, error.message, content.spanOf(error.start, endOfLine(content.text, error)));
  }
}

const SPECIAL = /['"$]/;

/**
 * Quotes that close, and variables without an operator behind their names: nothing can be wrong there, and most words hold
 * nothing else. Escapes are left to the whole reading.
 */
const CORRECT =
  /^(?:[^'"$\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\}|'[^'\\`]*'|"(?:[^"$\\`]|\$[A-Za-z_]|\$\{[A-Za-z_]\w*\})*")*$/;

/** An expression remembers a way back for each character, so that a word of many megabytes would be too much for it. */
const LONG_WORD = 1000;

function endOfLine(text: string, { start, end }: { start: number; end: number }): number {
  const lineBreak = text.indexOf("\n", start);
  return lineBreak < 0 ? end : Math.min(end, lineBreak);
}

function checkWord({ raw, span: wordSpan, mapped }: Word, report: Report, escapeCharacter: string): void {
  if (!SPECIAL.test(raw) || (raw.length < LONG_WORD && CORRECT.test(raw))) return;
  // Any value does: what is looked for does not depend on it.
  const { error } = expandWord(raw, () => "x", escapeCharacter);
  if (!error) return;
  const place = mapped?.spanOf(error.start, error.end) ?? wordSpan;
  report(error.code, error.message, span(place.start, place.end));
}

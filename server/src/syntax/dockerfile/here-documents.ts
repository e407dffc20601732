import { type MappedText, mapText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import { expandWord } from "./expand.ts";
import { splitShellWords } from "./shell-words.ts";
import type { SourceLines } from "./source-lines.ts";
import type { HereDocument } from "./tree.ts";

/** What `3<<-"EOF"` announces on the instruction's line. */
export interface HereDocumentHead {
  readonly name: string;
  readonly stripTabs: boolean;
  readonly expand: boolean;
  readonly fileDescriptor: number;
  readonly span: Span;
}

/**
 * The here-documents that a line announces. A word is one when it is `<<` and a delimiter and nothing before but
 * digits, so `cat<<EOF` is none, and `<<EOF>file` waits for a line `EOF>file`. Blanks may stand behind `<<`, not
 * behind `<<-`. Quotes are read as in
 * a shell and with `\` whatever the escape directive says; when they do not close, the line announces nothing.
 */
export function readHereDocumentHeads(line: MappedText): HereDocumentHead[] {
  const words = splitShellWords(line.text);
  const heads: HereDocumentHead[] = [];
  for (const { start, end } of words) {
    const match = readHead(line.text.slice(start, end));
    if (match) heads.push({ ...match, span: line.spanOf(start, end) });
  }
  return heads;
}

/** Reads a word as here-document, e.g. a source of COPY; undefined when it is none. */
export function readHead(word: string): Omit<HereDocumentHead, "span"> | undefined {
  const open = word.indexOf("<<");
  if (open < 0 || word.includes("<", open + 2)) return undefined;
  for (let at = 0; at < open; at++) if (!isDigit(word.charCodeAt(at))) return undefined;
  const stripTabs = word[open + 2] === "-";
  const delimiter = word.slice(open + (stripTabs ? 3 : 2));
  const name = delimiterName(delimiter);
  if (!name) return undefined;
  return {
    name,
    stripTabs,
    expand: countQuotes(name) === countQuotes(delimiter),
    fileDescriptor: open === 0 ? 0 : Number(word.slice(0, open)),
  };
}

/** The lines of here-documents that start behind `lastLine`, and the last line they take. */
export function readHereDocuments(
  lines: SourceLines,
  heads: readonly HereDocumentHead[],
  lastLine: number,
): { readonly hereDocuments: readonly HereDocument[]; readonly lastLine: number } {
  let line = lastLine;
  const hereDocuments = heads.map((head): HereDocument => {
    const start = lines.next(line);
    for (line += 1; line < lines.count; line++) {
      if (!closes(lines, line, head)) continue;
      const lineStart = lines.start(line);
      const terminator = { start: lineStart, end: lines.end(line) };
      return new HereDocumentNode(lines.text, head, { start, end: lineStart }, terminator);
    }
    line = Math.max(lastLine, lines.count - 1);
    // Nothing closes it, so everything up to the end is its content, as the builder reads it before it gives up.
    return new HereDocumentNode(lines.text, head, { start, end: lines.text.length }, undefined);
  });
  return { hereDocuments, lastLine: line };
}

class HereDocumentNode implements HereDocument {
  readonly name: string;
  readonly stripTabs: boolean;
  readonly expand: boolean;
  readonly fileDescriptor: number;
  readonly span: Span;
  readonly content: Span;
  readonly terminator: Span | undefined;
  private readonly document: string;
  private readText: MappedText | undefined;

  constructor(document: string, head: HereDocumentHead, content: Span, terminator: Span | undefined) {
    this.name = head.name;
    this.stripTabs = head.stripTabs;
    this.expand = head.expand;
    this.fileDescriptor = head.fileDescriptor;
    this.span = head.span;
    this.content = content;
    this.terminator = terminator;
    this.document = document;
  }

  get text(): MappedText {
    this.readText ??= mapText(
      this.document,
      this.stripTabs ? linesWithoutTabs(this.document, this.content) : [this.content],
    );
    return this.readText;
  }
}

function linesWithoutTabs(document: string, content: Span): Span[] {
  const slices: Span[] = [];
  for (let at = content.start; at < content.end; ) {
    let start = at;
    while (start < content.end && document.charCodeAt(start) === 0x09) start++;
    const lineBreak = document.indexOf("\n", start);
    at = lineBreak < 0 || lineBreak >= content.end ? content.end : lineBreak + 1;
    slices.push({ start, end: at });
  }
  return slices;
}

function closes(lines: SourceLines, line: number, { name, stripTabs }: HereDocumentHead): boolean {
  const end = lines.end(line);
  let start = lines.start(line);
  if (stripTabs) while (start < end && lines.text.charCodeAt(start) === 0x09) start++;
  return end - start === name.length && lines.text.startsWith(name, start);
}

/**
 * The delimiter without quotes and escapes, or undefined when it is not exactly one word. Nothing is set where it
 * is read, and an unset variable stays as it is written.
 */
function delimiterName(written: string): string | undefined {
  if (!/[\\'"$\s]/.test(written)) return written === "" ? undefined : written;
  const [word, ...more] = splitShellWords(written);
  if (!word || more.length > 0) return undefined;
  const delimiter = written.slice(word.start, word.end);
  return expandWord(delimiter, () => undefined, "\\", { keepUnset: true }).value || undefined;
}

function countQuotes(text: string): number {
  let count = 0;
  for (const char of text) if (char === '"' || char === "'") count++;
  return count;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

import type { Span } from "../../text/span.ts";
import { HASH, isSpace, skipSpace } from "./characters.ts";
import { SourceLines } from "./source-lines.ts";
import type { Dockerfile, HereDocument, Instruction, Token, TokenKind } from "./tree.ts";

/** The text cut into tokens, without gap or overlap. */
export function tokensOf(file: Dockerfile): Token[] {
  return new Tokenizer(file).read();
}

interface Region {
  readonly kind: "keyword" | "flag";
  readonly span: Span;
}

class Tokenizer {
  private readonly file: Dockerfile;
  private readonly lines: SourceLines;
  private readonly escapeCode: number;
  private readonly directives: ReadonlyMap<number, number>;
  private readonly tokens: Token[] = [];

  constructor(file: Dockerfile) {
    this.file = file;
    this.lines = new SourceLines(file.text);
    this.escapeCode = file.escape.charCodeAt(0);
    this.directives = new Map(file.directives.map((it) => [it.span.start, it.span.end]));
  }

  read(): Token[] {
    if (this.lines.hasByteOrderMark) this.add("byte-order-mark", 0, 1);
    let line = 0;
    for (const instruction of this.file.instructions) {
      for (; line < instruction.startLine; line++) this.addLine(line, []);
      this.addHead(instruction);
      line = instruction.headEndLine + 1;
      for (const hereDocument of instruction.hereDocuments) this.addHereDocument(hereDocument);
      line = Math.max(line, instruction.endLine + 1);
    }
    for (; line < this.lines.count; line++) this.addLine(line, []);
    return this.tokens;
  }

  private addHead(instruction: Instruction): void {
    const regions = regionsOf(instruction);
    let next = 0;
    for (let line = instruction.startLine; line <= instruction.headEndLine; line++) {
      while (next < regions.length && (regions[next]?.span.end ?? 0) <= this.lines.start(line)) next++;
      const lineEnd = this.lines.end(line);
      let behind = next;
      while (behind < regions.length && (regions[behind]?.span.start ?? lineEnd) < lineEnd) behind++;
      this.addLine(line, regions.slice(next, behind));
    }
  }

  private addLine(line: number, regions: readonly Region[]): void {
    const { text } = this.file;
    const end = this.lines.end(line);
    const start = this.lines.start(line);
    const visible = skipSpace(text, start, end);
    this.add("blank", start, visible);
    if (visible < end && text.charCodeAt(visible) === HASH) {
      const directiveEnd = this.directives.get(visible);
      this.add(directiveEnd === undefined ? "comment" : "directive", visible, directiveEnd ?? end);
      this.add("blank", directiveEnd ?? end, end);
    } else if (visible < end) {
      const escapeAt = this.lines.continuationAt(visible, end, this.escapeCode);
      const limit = escapeAt < 0 ? end : escapeAt;
      this.addRuns(visible, limit, regions);
      this.add("continuation", limit, end);
    }
    this.add("line-break", end, this.lines.next(line));
  }

  private addRuns(start: number, end: number, regions: readonly Region[]): void {
    let at = start;
    for (const { kind, span } of regions) {
      this.addWords(at, Math.min(span.start, end));
      const from = Math.max(at, span.start);
      const to = Math.min(span.end, end);
      this.add(kind, from, to);
      at = Math.max(at, to);
    }
    this.addWords(at, Math.max(at, end));
  }

  private addWords(start: number, end: number): void {
    const { text } = this.file;
    let at = start;
    while (at < end) {
      const from = at;
      const space = isSpace(text.charCodeAt(at));
      while (at < end && isSpace(text.charCodeAt(at)) === space) at++;
      this.add(space ? "blank" : "argument", from, at);
    }
  }

  private addHereDocument({ content, terminator }: HereDocument): void {
    this.add("here-document", content.start, content.end);
    if (!terminator) return;
    this.add("here-document-end", terminator.start, terminator.end);
    this.add("line-break", terminator.end, this.lines.next(this.lines.index.lineAt(terminator.start)));
  }

  private add(kind: TokenKind, start: number, end: number): void {
    if (end > start) this.tokens.push({ kind, span: { start, end } });
  }
}

/** Keywords and flags, those of the instruction behind ONBUILD and HEALTHCHECK too, in the order of the text. */
function regionsOf(instruction: Instruction): Region[] {
  const regions: Region[] = [];
  for (let it: Instruction | undefined = instruction; it; it = it.inner) {
    regions.push({ kind: "keyword", span: it.keyword });
    for (const flag of it.flags) regions.push({ kind: "flag", span: flag.span });
  }
  return regions;
}

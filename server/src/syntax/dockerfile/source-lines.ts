import { LineIndex } from "../../text/line-index.ts";
import { type MappedText, mapText } from "../../text/mapped-text.ts";
import { type Span, span } from "../../text/span.ts";
import { HASH, skipSpace } from "./characters.ts";

const BYTE_ORDER_MARK = 0xfeff;

/**
 * A Dockerfile's lines as BuildKit sees them: the line break and all carriage returns before it do not count, a
 * byte order mark before the first line neither, and there is no empty line behind the last line break.
 */
export class SourceLines {
  readonly text: string;
  readonly index: LineIndex;
  readonly count: number;

  constructor(text: string) {
    this.text = text;
    this.index = new LineIndex(text);
    const { starts } = this.index;
    this.count = starts[starts.length - 1] === text.length ? starts.length - 1 : starts.length;
  }

  get hasByteOrderMark(): boolean {
    return this.text.charCodeAt(0) === BYTE_ORDER_MARK;
  }

  start(line: number): number {
    return line === 0 && this.hasByteOrderMark ? 1 : (this.index.starts[line] ?? this.text.length);
  }

  /** Where the next line starts. */
  next(line: number): number {
    return this.index.starts[line + 1] ?? this.text.length;
  }

  end(line: number): number {
    let at = this.next(line);
    const start = this.start(line);
    while (at > start && isLineBreak(this.text.charCodeAt(at - 1))) at--;
    return at;
  }

  isBlank(line: number): boolean {
    const end = this.end(line);
    return skipSpace(this.text, this.start(line), end) === end;
  }

  isComment(line: number): boolean {
    const { text } = this;
    const end = this.end(line);
    const at = skipSpace(text, this.start(line), end);
    return at < end && text.charCodeAt(at) === HASH;
  }

  /**
   * Where the escape character stands that continues the line `start`..`end`, or -1. Blanks may follow it, and an
   * escape before it takes its meaning away, however many stand before that one.
   */
  continuationAt(start: number, end: number, escapeCode: number): number {
    const { text } = this;
    let at = end - 1;
    while (at >= start && (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09)) at--;
    if (at < start || text.charCodeAt(at) !== escapeCode) return -1;
    return at > start && text.charCodeAt(at - 1) === escapeCode ? -1 : at;
  }

  /** The lines `first` to `last` of an instruction as one line: escapes, comments and empty lines left out. */
  join(first: number, last: number, escapeCode: number): MappedText {
    const slices: Span[] = [];
    for (let line = first; line <= last; line++) {
      const lineEnd = this.end(line);
      let start = this.start(line);
      const visible = skipSpace(this.text, start, lineEnd);
      // Only the first line is stripped at its start: blanks that open a continued line belong to the instruction.
      if (line === first) start = visible;
      else if (visible === lineEnd || this.text.charCodeAt(visible) === HASH) continue;
      const escapeAt = this.continuationAt(start, lineEnd, escapeCode);
      slices.push(span(start, escapeAt < 0 ? lineEnd : escapeAt));
    }
    return mapText(this.text, slices);
  }
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

import { lastAtMost } from "./sorted.ts";

/** 0-based line and UTF-16 column. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the lines of a text start. A line ends with LF or CRLF; a lone CR ends no line, as in BuildKit
 * (moby/buildkit, frontend/dockerfile/parser, read 2026-11).
 */
export class LineIndex {
  readonly text: string;
  readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.starts = starts;
  }

  lineAt(offset: number): number {
    return lastAtMost(this.starts, offset);
  }

  positionAt(offset: number): LinePosition {
    const line = this.lineAt(offset);
    return { line, column: offset - (this.starts[line] ?? 0) };
  }

  /** Offset of the first character of a 0-based line; the text's end past the last one. */
  startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Offset behind the last character of a line, its line break left out. */
  endOf(line: number): number {
    const next = this.starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 2] === "\r" ? next - 2 : next - 1;
  }
}

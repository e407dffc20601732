import type { Position, Range } from "vscode-languageserver/node";
import { lastAtMost } from "../text/sorted.ts";
import type { Span } from "../text/span.ts";

/**
 * Offsets ↔ LSP positions of one text. LSP ends a line at a lone CR too, where BuildKit and `LineIndex` do not, so the
 * editor's lines are counted here.
 */
export class Positions {
  readonly #length: number;
  readonly #starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
    this.#length = text.length;
  }

  positionAt(offset: number): Position {
    const line = this.#lineAt(offset);
    return { line, character: offset - (this.#starts[line] ?? 0) };
  }

  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** A position behind its line's end is at the end of the line, one behind the text at the end of the text. */
  offsetAt({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return this.#length;
    const next = this.#starts[line + 1] ?? this.#length;
    return Math.min(start + Math.max(0, character), next);
  }

  spanOf({ start, end }: Range): Span {
    return { start: this.offsetAt(start), end: this.offsetAt(end) };
  }

  #lineAt(offset: number): number {
    return lastAtMost(this.#starts, offset);
  }
}

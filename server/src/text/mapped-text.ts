import { lastAtMost } from "./sorted.ts";
import { type Span, span } from "./span.ts";

/**
 * Text put together from slices of a document, that knows where each character came from. A RUN that
 * goes over several lines is one shell script without its continuations, and a finding in that script
 * has to be shown in the document.
 */
export interface MappedText {
  readonly text: string;
  /** Offset in the document of the character at `offset` of `text`; behind the last character for `text.length`. */
  toSource(offset: number): number;
  /** The document's range for `text.slice(start, end)`; it spans continuations that lie inside. */
  spanOf(start: number, end: number): Span;
  /** The part from `start` to `end`, mapped to the same places. */
  slice(start: number, end?: number): MappedText;
}

/** `slices` are in document order and do not overlap. Their texts are joined as they are. */
export function mapText(document: string, slices: readonly Span[]): MappedText {
  const [only] = slices;
  if (slices.length === 1 && only) return new OneSlice(document.slice(only.start, only.end), only.start);
  return new SeveralSlices(document, slices);
}

/** A text that is no part of a document: its places are its own. */
export function unmapped(text: string): MappedText {
  return new OneSlice(text, 0);
}

class OneSlice implements MappedText {
  readonly text: string;
  private readonly start: number;

  constructor(text: string, start: number) {
    this.text = text;
    this.start = start;
  }

  toSource(offset: number): number {
    return this.start + Math.min(offset, this.text.length);
  }

  spanOf(start: number, end: number): Span {
    return span(this.start + start, this.start + Math.max(start, end));
  }

  slice(start: number, end = this.text.length): MappedText {
    return new OneSlice(this.text.slice(start, end), this.start + start);
  }
}

class SeveralSlices implements MappedText {
  readonly text: string;
  private readonly slices: readonly Span[];
  /** Offset in `text` at which each slice starts. */
  private readonly starts: readonly number[];

  constructor(document: string, slices: readonly Span[]) {
    const starts: number[] = [];
    let text = "";
    for (const { start, end } of slices) {
      starts.push(text.length);
      text += document.slice(start, end);
    }
    this.text = text;
    this.slices = slices;
    this.starts = starts;
  }

  toSource(offset: number): number {
    const at = lastAtMost(this.starts, offset);
    const slice = this.slices[at];
    return slice ? Math.min(slice.start + offset - (this.starts[at] ?? 0), slice.end) : 0;
  }

  spanOf(start: number, end: number): Span {
    const from = this.toSource(start);
    // The last character decides where a range ends: its end may be the start of the next slice, lines below.
    return span(from, end > start ? this.toSource(end - 1) + 1 : from);
  }

  slice(start: number, end = this.text.length): MappedText {
    return new Part(this, start, Math.max(start, end));
  }
}

class Part implements MappedText {
  readonly text: string;
  private readonly whole: MappedText;
  private readonly start: number;

  constructor(whole: MappedText, start: number, end: number) {
    this.text = whole.text.slice(start, end);
    this.whole = whole;
    this.start = start;
  }

  toSource(offset: number): number {
    const length = this.text.length;
    if (offset < length || length === 0) return this.whole.toSource(this.start + Math.min(offset, length));
    return this.whole.toSource(this.start + length - 1) + 1;
  }

  spanOf(start: number, end: number): Span {
    return end > start
      ? this.whole.spanOf(this.start + start, this.start + end)
      : span(this.toSource(start), this.toSource(start));
  }

  slice(start: number, end = this.text.length): MappedText {
    return new Part(this.whole, this.start + start, this.start + Math.max(start, end));
  }
}

import type { Span } from "./span.ts";

/**
 * Text put together from slices of a document, that knows where each character came from. A RUN that
 * goes over several lines is one shell script without its continuations, and a finding in that script
 * has to be shown in the document.
 */
export interface MappedText {
  readonly text: string;
  /** Offset in the document of the character at `offset` of `text`; the end of the last slice for `text.length`. */
  toSource(offset: number): number;
  /** The document's range for `text.slice(start, end)`; it spans continuations that lie inside. */
  spanOf(start: number, end: number): Span;
}

/** `slices` are in document order and do not overlap. Their texts are joined as they are. */
export function mapText(document: string, slices: readonly Span[]): MappedText {
  const starts: number[] = [];
  let text = "";
  for (const { start, end } of slices) {
    starts.push(text.length);
    text += document.slice(start, end);
  }
  const sliceAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const toSource = (offset: number): number => {
    const at = sliceAt(offset);
    const slice = slices[at];
    return slice ? Math.min(slice.start + offset - (starts[at] ?? 0), slice.end) : 0;
  };
  return {
    text,
    toSource,
    spanOf: (start, end) =>
      end > start ? { start: toSource(start), end: toSource(end - 1) + 1 } : { start: toSource(start), end: toSource(start) },
  };
}

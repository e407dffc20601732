import type { Span } from "../../text/span.ts";
import type { ScalarNode } from "./tree.ts";

/** The text of a scalar without its quotes, as a span; undefined for block scalars and where an escape or a fold is in it. */
export function contentSpan(text: string, scalar: ScalarNode): Span | undefined {
  const quotes = scalar.style === "single" || scalar.style === "double" ? 1 : 0;
  const span = { start: scalar.span.start + quotes, end: scalar.span.end - quotes };
  return text.slice(span.start, span.end) === scalar.value ? span : undefined;
}

/** Where `value.slice(start, end)` of a scalar is in the file; the whole scalar where that cannot be told. */
export function spanInside(text: string, scalar: ScalarNode, start: number, end: number): Span {
  const content = contentSpan(text, scalar);
  return content ? { start: content.start + start, end: content.start + end } : scalar.span;
}

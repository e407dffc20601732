/** Half-open range of UTF-16 offsets into one document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Is the offset in the span, or right behind its last character, as a cursor is that has just typed it? */
export function contains(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}

/** Do they share a character, or the one place where both are empty? */
export function overlaps(a: Span, b: Span): boolean {
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && a.end === b.end);
}

export function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

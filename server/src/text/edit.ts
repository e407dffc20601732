import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`; an insertion has an empty span. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export function replace(span: Span, newText: string): TextEdit {
  return { span, newText };
}

export function insert(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}

export function remove(span: Span): TextEdit {
  return { span, newText: "" };
}

/** Two edits overlap if both change a character, or insert at one place so that their order would matter. */
export function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.span.start === b.span.start) return true;
  const [first, second] = a.span.start < b.span.start ? [a, b] : [b, a];
  return second.span.start < first.span.end;
}

/**
 * Two edits that do not know of each other interfere where they overlap, and where one inserts right behind a text that the
 * other replaces: what is inserted may belong to that text, which may be somewhere else then.
 */
export function interfere(a: TextEdit, b: TextEdit): boolean {
  const [first, second] = a.span.start < b.span.start ? [a, b] : [b, a];
  const { start, end } = second.span;
  return overlap(a, b) || (start === end && start === first.span.end);
}

/** Applies edits that do not overlap, given in any order, to the text that their offsets speak of. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let done = 0;
  for (const { span, newText } of [...edits].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  )) {
    result += text.slice(done, span.start) + newText;
    done = span.end;
  }
  return result + text.slice(done);
}

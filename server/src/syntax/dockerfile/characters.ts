/**
 * White space as BuildKit knows it. It uses two notions side by side: Go's `unicode.IsSpace` for trimming and
 * for quoted words, and a short list for splitting (moby/buildkit, frontend/dockerfile/parser, read 2026-11).
 */

/** Go's `unicode.IsSpace`; unlike `\s` it has U+0085 and lacks U+FEFF. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What separates the words of an instruction: tab, vertical tab, form feed, carriage return, blank. */
export function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || (code >= 0x0b && code <= 0x0d);
}

/** Offset of the first character from `start` on that is not space, at most `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Offset behind the last character before `end` that is not space, at least `start`. */
export function trimSpaceEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

export const HASH = 0x23;
export const DOUBLE_QUOTE = 0x22;
export const SINGLE_QUOTE = 0x27;
export const DASH = 0x2d;

/** An instruction with its continuations joined, and without the comments and empty lines between them; here-documents keep their lines. */
export function withoutContinuations(text: string): string {
  return text.replace(/[\\`][ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*/g, " ");
}

/** The same as one line, with one blank for each white space. */
export function onOneLine(text: string): string {
  return withoutContinuations(text).replace(/\s+/g, " ").trim();
}

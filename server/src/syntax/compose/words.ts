/** A string of words, e.g. of `command`, taken apart. */
export interface SplitWords {
  /** Undefined where Compose refuses the text: a quote or parenthesis that does not fit. */
  readonly words: readonly string[] | undefined;
  /** Offset of `;`, `&`, `|`, `<` or `>` outside of quotes. Compose leaves out what stands from there on. */
  readonly cutAt: number | undefined;
}

/**
 * Splits a string as Compose does for `command` and `entrypoint`, which run no shell (compose-go types/command.go,
 * mattn/go-shellwords shellwords.go, read 2026-11): quotes hold together, a backslash takes the next character, and a word of
 * digits before `>` goes with it.
 */
export function splitWords(text: string): SplitWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  let parenthesis = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === "\\" && quote !== "'") {
      const next = text[++at];
      if (next === undefined) return refused;
      word = (word ?? "") + (parenthesis || quote === "`" ? `\\${next}` : (escapes[next] ?? next));
    } else if (quote !== undefined) {
      if (character !== quote) word = (word ?? "") + character;
      else {
        if (quote === "`") word = (word ?? "") + character;
        quote = undefined;
      }
    } else if (parenthesis) {
      word = (word ?? "") + character;
      parenthesis = character !== ")";
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (/["'`]/.test(character)) {
      quote = character;
      word = (word ?? "") + (character === "`" ? character : "");
    } else if (character === "(" && word?.endsWith("$")) {
      parenthesis = true;
      word += character;
    } else if (/[()]/.test(character)) return refused;
    else if (/[;&|<>]/.test(character)) {
      const isDescriptor = character === ">" && word !== undefined && /^\d+$/.test(word);
      if (word !== undefined && !isDescriptor) words.push(word);
      return { words, cutAt: at };
    } else word = (word ?? "") + character;
  }
  if (quote !== undefined || parenthesis) return refused;
  if (word !== undefined) words.push(word);
  return { words, cutAt: undefined };
}

const refused: SplitWords = { words: undefined, cutAt: undefined };
const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n" };

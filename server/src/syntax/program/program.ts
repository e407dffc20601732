/** A language of programs whose sources are read. */
export type Language = "python" | "javascript" | "go" | "rust" | "ruby";

/**
 * A program's source, as far as it is read: where comments and strings are. It is not parsed: rules look for calls of well-known names,
 * and are silent about everything that is written otherwise.
 */
export interface Program {
  readonly language: Language;
  /** Comments are blanked out, and the long strings of Python, which are mostly comments; every offset stays. */
  readonly code: string;
  /** What is in strings is blanked out, too, so that every bracket and name is one. */
  readonly bare: string;
}

interface Lexis {
  readonly line: RegExp;
  readonly block?: readonly [string, string];
  /** Quotes around strings; a `long` one may go over lines. */
  readonly quotes: string;
  readonly long: string;
  /** Quotes in which a backslash is nothing special. */
  readonly raw?: string;
}

const LEXES: Readonly<Record<Language, Lexis>> = {
  python: { line: /#/y, quotes: "'\"", long: "" },
  javascript: { line: /\/\//y, block: ["/*", "*/"], quotes: "'\"`", long: "`" },
  go: { line: /\/\//y, block: ["/*", "*/"], quotes: "\"'`", long: "`", raw: "`" },
  rust: { line: /\/\//y, block: ["/*", "*/"], quotes: '"', long: '"' },
  ruby: { line: /#(?!\{)/y, quotes: "'\"", long: "'\"" },
};

/** Goes through the text once. */
export function readProgram(text: string, language: Language): Program {
  const { line, block, quotes, long, raw = "" } = LEXES[language];
  const code: string[] = [];
  const bare: string[] = [];
  let at = 0;
  let plainFrom = 0;
  const flush = (to: number) => {
    const plain = text.slice(plainFrom, to);
    code.push(plain);
    bare.push(plain);
  };
  const skip = (to: number, keeps: boolean) => {
    flush(at);
    const part = text.slice(at, to);
    const blank = blanked(part);
    code.push(keeps ? part : blank);
    // The quotes stay, so that an argument that is a string is still one.
    bare.push(keeps && part.length > 1 ? `${part[0]}${blank.slice(1, -1)}${part.at(-1)}` : blank);
    at = plainFrom = to;
  };
  while (at < text.length) {
    const char = text.charAt(at);
    line.lastIndex = at;
    if (char === "#" || char === "/") {
      if (line.test(text)) {
        skip(endOf("\n", text, at), false);
        continue;
      }
      if (block && text.startsWith(block[0], at)) {
        skip(endOf(block[1], text, at + 2, true), false);
        continue;
      }
      if (language === "javascript" && char === "/" && isRegularExpression(text, at)) {
        skip(endOfString(text, at, "/", false, false), true);
        continue;
      }
    }
    if (quotes.includes(char)) {
      const triple = char.repeat(3);
      if (language === "python" && text.startsWith(triple, at))
        skip(endOf(triple, text, at + 3, true), false);
      else skip(endOfString(text, at, char, long.includes(char), raw.includes(char)), true);
      continue;
    }
    at++;
  }
  flush(text.length);
  return { language, code: code.join(""), bare: bare.join("") };
}

function blanked(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function endOf(mark: string, text: string, from: number, withMark = false): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + (withMark ? mark.length : 0);
}

/** Behind the closing quote, or the end of the line for a string that nothing closes. */
function endOfString(text: string, from: number, quote: string, isLong: boolean, isRaw: boolean): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\" && !isRaw) at++;
    else if (char === quote) return at + 1;
    else if (char === "\n" && !isLong) return at;
  }
  return text.length;
}

/** A slash divides behind a value. */
function isRegularExpression(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /[ \t]/.test(text.charAt(before))) before--;
  return before < 0 || /[(,=:[!&|?{};\n]/.test(text.charAt(before));
}

import { DOUBLE_QUOTE, SINGLE_QUOTE } from "./characters.ts";

/** A word taken apart as BuildKit's shell lexer does (moby/buildkit, frontend/dockerfile/shell/lex.go, read 2026-11). */
export type WordPart = LiteralPart | VariablePart;

export interface LiteralPart {
  readonly kind: "literal";
  /** Quotes and escapes resolved. */
  readonly text: string;
  readonly quoted: boolean;
}

export interface VariablePart {
  readonly kind: "variable";
  /** `$` to the end of the name or the closing brace; offsets into the word. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly nameStart: number;
  readonly braces: boolean;
  /** Between name and argument: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; empty without. */
  readonly operator: string;
  /** Behind the operator; for `/` the pattern. */
  readonly argument: readonly WordPart[];
  readonly argumentStart: number;
  readonly argumentEnd: number;
  /** For `/` and `//`. */
  readonly replacement: readonly WordPart[];
  readonly quoted: boolean;
}

export type WordErrorCode =
  | "unterminated-quote"
  | "unterminated-substitution"
  | "bad-substitution"
  | "unsupported-modifier"
  | "too-deep";

export interface WordError {
  readonly code: WordErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface WordSyntax {
  /** Up to the error if there is one. */
  readonly parts: readonly WordPart[];
  readonly error: WordError | undefined;
}

export interface WordOptions {
  /** Quotes are characters like others, as in the content of a here-document. */
  readonly keepQuotes?: boolean;
}

/** Nested deeper, a substitution is given up: no one writes it, and the reader must not run out of stack. */
const DEEPEST = 100;

const DOLLAR = 0x24;
const CLOSE_BRACE = 0x7d;
const SLASH = 0x2f;
const NO_STOP = -1;

/** Reads quotes, escapes and variables of a word as BuildKit does; never fails, and `error` says what that refuses. */
export function readWord(raw: string, escapeCharacter: string, options: WordOptions = {}): WordSyntax {
  const reader = new WordReader(raw, escapeCharacter.charCodeAt(0), options.keepQuotes === true);
  const parts: WordPart[] = [];
  // A word may open with a byte order mark, which the reference's scanner drops.
  if (raw.charCodeAt(0) === 0xfeff) reader.at = 1;
  reader.readUntil(NO_STOP, false, parts);
  return { parts, error: reader.error };
}

class WordReader {
  at = 0;
  error: WordError | undefined;
  private depth = 0;
  private readonly raw: string;
  private readonly escapeCode: number;
  private readonly keepQuotes: boolean;

  constructor(raw: string, escapeCode: number, keepQuotes: boolean) {
    this.raw = raw;
    this.escapeCode = escapeCode;
    this.keepQuotes = keepQuotes;
  }

  /** Reads into `parts` up to `stop`, which is consumed. `rawEscapes`: escapes stay in, as in a pattern. */
  readUntil(stop: number, rawEscapes: boolean, parts: WordPart[]): void {
    const { raw } = this;
    const opened = this.at;
    let text = "";
    let run = this.at;
    const flush = () => {
      text += raw.slice(run, this.at);
      if (text !== "") parts.push({ kind: "literal", text, quoted: false });
      text = "";
    };
    while (this.at < raw.length) {
      const code = raw.charCodeAt(this.at);
      if (code === stop) {
        flush();
        this.at++;
        return;
      }
      if (code === DOLLAR) {
        flush();
        this.readDollar(false, parts);
        run = this.at;
      } else if (!this.keepQuotes && code === SINGLE_QUOTE) {
        flush();
        this.readSingleQuoted(parts);
        run = this.at;
      } else if (!this.keepQuotes && code === DOUBLE_QUOTE) {
        flush();
        this.readDoubleQuoted(rawEscapes, parts);
        run = this.at;
      } else if (code === this.escapeCode) {
        if (!rawEscapes) {
          text += raw.slice(run, this.at);
          run = this.at + 1;
        }
        this.at = Math.min(this.at + 2, raw.length);
      } else {
        this.at++;
      }
      if (this.error) return;
    }
    flush();
    if (stop === NO_STOP) return;
    const missing = String.fromCharCode(stop);
    this.fail(
      "unterminated-substitution",
      `A substitution is not closed: \`${missing}\` is missing.`,
      opened,
    );
  }

  private readSingleQuoted(parts: WordPart[]): void {
    const start = this.at;
    const close = this.raw.indexOf("'", start + 1);
    if (close < 0) {
      this.fail("unterminated-quote", "A single quote is not closed.", start);
      return;
    }
    parts.push({ kind: "literal", text: this.raw.slice(start + 1, close), quoted: true });
    this.at = close + 1;
  }

  private readDoubleQuoted(rawEscapes: boolean, parts: WordPart[]): void {
    const { raw } = this;
    const start = this.at++;
    let text = "";
    let run = this.at;
    let empty = true;
    const flush = (end: number) => {
      text += raw.slice(run, end);
      if (text !== "") {
        parts.push({ kind: "literal", text, quoted: true });
        empty = false;
      }
      text = "";
    };
    while (this.at < raw.length) {
      const code = raw.charCodeAt(this.at);
      if (code === DOUBLE_QUOTE) {
        flush(this.at);
        this.at++;
        if (empty) parts.push({ kind: "literal", text: "", quoted: true });
        return;
      }
      if (code === DOLLAR) {
        flush(this.at);
        empty = false;
        this.readDollar(true, parts);
        if (this.error) return;
        run = this.at;
      } else if (code === this.escapeCode) {
        const next = raw.charCodeAt(this.at + 1);
        const escapes = next === DOUBLE_QUOTE || next === DOLLAR || next === this.escapeCode;
        text += raw.slice(run, rawEscapes ? this.at + 1 : this.at);
        // What an escape does not protect keeps it; with `rawEscapes` the reference then writes it twice.
        run = escapes ? this.at + 1 : this.at;
        this.at += escapes ? 2 : 1;
      } else {
        this.at++;
      }
    }
    this.at = raw.length;
    this.fail("unterminated-quote", "A double quote is not closed.", start);
  }

  private readDollar(quoted: boolean, parts: WordPart[]): void {
    const { raw } = this;
    const start = this.at;
    if (raw[start + 1] !== "{") {
      const nameEnd = endOfName(raw, start + 1);
      this.at = nameEnd;
      if (nameEnd === start + 1) {
        parts.push({ kind: "literal", text: "$", quoted });
        return;
      }
      parts.push(plainVariable(raw, start, start + 1, nameEnd, nameEnd, quoted));
      return;
    }
    const nameStart = start + 2;
    const first = raw[nameStart];
    if (first === undefined) {
      this.fail("unterminated-substitution", "A substitution is not closed: `}` is missing.", start);
      return;
    }
    if (first === "{" || first === "}" || first === ":") {
      this.fail("bad-substitution", "A substitution needs the name of a variable.", start);
      return;
    }
    const nameEnd = endOfName(raw, nameStart);
    const operator = raw[nameEnd];
    if (operator === "}") {
      this.at = nameEnd + 1;
      parts.push(plainVariable(raw, start, nameStart, nameEnd, this.at, quoted));
      return;
    }
    if (++this.depth > DEEPEST) {
      this.fail("too-deep", "Substitutions are nested too deeply.", start);
      return;
    }
    if (operator === "/") this.readReplacement(start, nameStart, nameEnd, quoted, parts);
    else this.readModifier(start, nameStart, nameEnd, quoted, parts);
    this.depth--;
  }

  private readModifier(
    start: number,
    nameStart: number,
    nameEnd: number,
    quoted: boolean,
    parts: WordPart[],
  ): void {
    const { raw } = this;
    const colon = raw[nameEnd] === ":";
    const symbol = raw[colon ? nameEnd + 1 : nameEnd] ?? "";
    const trims = symbol === "#" || symbol === "%";
    if (symbol === "") {
      this.fail("unterminated-substitution", "A substitution is not closed: `}` is missing.", start);
      return;
    }
    const written = colon ? `:${symbol}` : symbol;
    if (!"+-?#%".includes(symbol) || (colon && trims)) {
      const message =
        symbol === "."
          ? "No variable has a dot in its name: this works only where Maven or the like fills it in first."
          : `\`${written}\` is no modifier of a substitution.`;
      this.fail("unsupported-modifier", message, start);
      return;
    }
    const greedy = trims && raw[nameEnd + 1] === symbol;
    const argumentStart = nameEnd + written.length;
    this.at = argumentStart;
    const argument: WordPart[] = [];
    this.readUntil(CLOSE_BRACE, trims, argument);
    if (this.error) return;
    parts.push({
      ...plainVariable(raw, start, nameStart, nameEnd, this.at, quoted),
      operator: greedy ? symbol + symbol : written,
      argument,
      argumentStart: greedy ? argumentStart + 1 : argumentStart,
      argumentEnd: this.at - 1,
    });
  }

  private readReplacement(
    start: number,
    nameStart: number,
    nameEnd: number,
    quoted: boolean,
    parts: WordPart[],
  ): void {
    const { raw } = this;
    const operator = raw[nameEnd + 1] === "/" ? "//" : "/";
    const argumentStart = nameEnd + operator.length;
    this.at = argumentStart;
    const argument: WordPart[] = [];
    this.readUntil(SLASH, true, argument);
    if (this.error) return;
    const argumentEnd = this.at - 1;
    const replacement: WordPart[] = [];
    this.readUntil(CLOSE_BRACE, true, replacement);
    if (this.error) return;
    parts.push({
      ...plainVariable(raw, start, nameStart, nameEnd, this.at, quoted),
      operator,
      argument,
      argumentStart,
      argumentEnd,
      replacement,
    });
  }

  private fail(code: WordErrorCode, message: string, start: number): void {
    this.error ??= { code, message, start, end: Math.max(start, this.raw.length) };
  }
}

/** Without an operator, or what all have in common. */
function plainVariable(
  raw: string,
  start: number,
  nameStart: number,
  nameEnd: number,
  end: number,
  quoted: boolean,
): VariablePart {
  return {
    kind: "variable",
    start,
    end,
    name: raw.slice(nameStart, nameEnd),
    nameStart,
    braces: raw[start + 1] === "{",
    operator: "",
    argument: [],
    argumentStart: nameEnd,
    argumentEnd: nameEnd,
    replacement: [],
    quoted,
  };
}

/** Names are letters, digits and `_`; digits in front stand alone, as do the shell's special parameters. */
export function endOfName(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first >= 0x30 && first <= 0x39) {
    let at = start + 1;
    while (text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at++;
    return at;
  }
  if (start < text.length && "@*#?-$!".includes(text.charAt(start))) return start + 1;
  let at = start;
  while (at < text.length) {
    const width = nameCharacterWidth(text, at);
    if (width === 0) break;
    at += width;
  }
  return at;
}

function nameCharacterWidth(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0;
  if (code < 0x80) {
    const isWord =
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      (code >= 0x30 && code <= 0x39) ||
      code === 0x5f;
    return isWord ? 1 : 0;
  }
  const character = String.fromCodePoint(code);
  return /[\p{L}\p{Nd}]/u.test(character) ? character.length : 0;
}

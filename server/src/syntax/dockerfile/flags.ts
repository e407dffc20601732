import type { MappedText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import { DASH, DOUBLE_QUOTE, isSpace, SINGLE_QUOTE, skipSpace } from "./characters.ts";
import { readFields } from "./flag-fields.ts";
import { flagName } from "./flag-names.ts";
import type { Flag, FlagField } from "./tree.ts";

export interface ReadFlags {
  readonly flags: readonly Flag[];
  /** Offset in the body at which the arguments start. */
  readonly restStart: number;
}

/**
 * Reads the flags that open an instruction: words that start with `--`. A lone `--` ends them. Quotes and escapes
 * in a flag are resolved at once, so what reaches the flag's value no longer shows them.
 */
export function readFlags(body: MappedText, escapeCode: number): ReadFlags {
  const { text } = body;
  const flags: Flag[] = [];
  let at = 0;
  for (;;) {
    at = skipSpace(text, at, text.length);
    if (text.charCodeAt(at) !== DASH || text.charCodeAt(at + 1) !== DASH) return { flags, restStart: at };
    const word = readFlagWord(text, at, escapeCode);
    at = word.end;
    if (word.text === "--") return { flags, restStart: skipSpace(text, at, text.length) };
    flags.push(new FlagNode(body, word));
  }
}

interface FlagWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Offset in the body of each character of `text`; undefined when they stand side by side. */
  readonly origins: readonly number[] | undefined;
}

function readFlagWord(text: string, start: number, escapeCode: number): FlagWord {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isSpace(code)) return { text: text.slice(start, end), start, end, origins: undefined };
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE || code === escapeCode)
      return readQuotedFlagWord(text, start, escapeCode);
  }
  return { text: text.slice(start), start, end, origins: undefined };
}

function readQuotedFlagWord(text: string, start: number, escapeCode: number): FlagWord {
  const origins: number[] = [];
  let resolved = "";
  let quote = 0;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote === 0 && isSpace(code)) break;
    if (code === quote) {
      quote = 0;
      continue;
    }
    if (quote === 0 && (code === DOUBLE_QUOTE || code === SINGLE_QUOTE)) {
      quote = code;
      continue;
    }
    if (code === escapeCode && ++at === text.length) break;
    resolved += text[at];
    origins.push(at);
  }
  return { text: resolved, start, end: at, origins };
}

class FlagNode implements Flag {
  readonly name: string;
  readonly value: string | undefined;
  private readonly body: MappedText;
  private readonly word: FlagWord;
  private knownFields: readonly FlagField[] | undefined;

  constructor(body: MappedText, word: FlagWord) {
    const equals = word.text.indexOf("=");
    this.name = flagName(equals < 0 ? word.text.slice(2) : word.text.slice(2, equals));
    this.value = equals < 0 ? undefined : word.text.slice(equals + 1);
    this.body = body;
    this.word = word;
  }

  get span(): Span {
    return this.body.spanOf(this.word.start, this.word.end);
  }

  get nameSpan(): Span {
    return this.part(2, 2 + this.name.length);
  }

  get valueSpan(): Span | undefined {
    if (this.value === undefined) return undefined;
    return this.body.spanOf(this.origin(2 + this.name.length) + 1, this.word.end);
  }

  get fields(): readonly FlagField[] {
    this.knownFields ??= this.readFields();
    return this.knownFields;
  }

  private readFields(): readonly FlagField[] {
    if (this.value === undefined) return [];
    const from = 3 + this.name.length;
    return readFields(this.value, (start, end) => this.part(from + start, from + end)).fields;
  }

  private origin(offset: number): number {
    const { start, end, origins } = this.word;
    return origins ? (origins[offset] ?? end) : start + offset;
  }

  private part(start: number, end: number): Span {
    const from = this.origin(start);
    return this.body.spanOf(from, end > start ? this.origin(end - 1) + 1 : from);
  }
}

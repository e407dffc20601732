import { readPattern, replaceMatches, trimPrefix, trimSuffix } from "./shell-pattern.ts";
import {
  readWord,
  type VariablePart,
  type WordError,
  type WordOptions,
  type WordPart,
} from "./word-syntax.ts";

/** What a lookup gives for a variable that may or may not be set, or whose value is not known. */
export const UNKNOWN: unique symbol = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A variable's value; undefined when it is certainly not set. */
export type Lookup = (name: string) => string | undefined | Unknown;

export interface Expansion {
  /** Undefined when it depends on a variable that is not known, or when there is an error. */
  readonly value: string | undefined;
  /** Variables that are not known and that the value depends on. */
  readonly unknown: readonly string[];
  /** Variables that the word names and that are not set, those with a default included. */
  readonly unset: readonly string[];
  /** What makes the build fail when it expands this word; offsets into the word. */
  readonly error: ExpansionError | undefined;
}

export interface ExpansionError extends Omit<WordError, "code"> {
  readonly code: WordError["code"] | "variable-required" | "bad-pattern";
}

export interface ExpandOptions extends WordOptions {
  /** `$x` stays as it is written when `x` is not set. */
  readonly keepUnset?: boolean;
}

/** Quotes, variables, both of the characters that a file can have as its escape, and a byte order mark. */
const SPECIAL = /['"$\\`]|^\ufeff/;
const NO_NAMES: readonly string[] = [];

/** More steps than this in one pattern, and the value is given up as unknown. */
const LONGEST_MATCH = 4_000_000;

/** UTF-16 units. Values that double line by line soon fill the memory; a program takes no longer one (Linux, MAX_ARG_STRLEN). */
const LONGEST_VALUE = 131_072;

/** `expandWord` for those who want nothing but the value: most words stand for themselves. */
export function expandedValue(raw: string, lookup: Lookup, escapeCharacter: string): string | undefined {
  return SPECIAL.test(raw) ? expandWord(raw, lookup, escapeCharacter).value : raw;
}

/**
 * Expands the variables of a word and takes its quotes and escapes away, as BuildKit does for ENV, ARG, LABEL, FROM,
 * COPY, ADD, WORKDIR, USER, EXPOSE, VOLUME and STOPSIGNAL. `escapeCharacter` is the file's escape character.
 */
export function expandWord(
  raw: string,
  lookup: Lookup,
  escapeCharacter: string,
  options: ExpandOptions = {},
): Expansion {
  // Most words stand for themselves.
  if (!SPECIAL.test(raw)) return { value: raw, unknown: NO_NAMES, unset: NO_NAMES, error: undefined };
  const syntax = readWord(raw, escapeCharacter, options);
  if (syntax.error) {
    // Depth is a limit of ours, not an error of the file.
    const error = syntax.error.code === "too-deep" ? undefined : syntax.error;
    return { value: undefined, unknown: [], unset: [], error };
  }
  const [first] = syntax.parts;
  if (syntax.parts.length === 1 && first?.kind === "literal") {
    return { value: first.text, unknown: [], unset: [], error: undefined };
  }
  const evaluation = new Evaluation(raw, lookup, options.keepUnset === true);
  const value = evaluation.join(syntax.parts);
  const { unknown, unset } = evaluation;
  const failed = evaluation.error !== undefined || typeof value !== "string";
  return { value: failed ? undefined : value, unknown, unset, error: evaluation.error };
}

/** A word names a few variables at most, so a list is as good as a set and costs less. */
function addOnce(names: string[], name: string): void {
  if (!names.includes(name)) names.push(name);
}

class Evaluation {
  readonly unknown: string[] = [];
  readonly unset: string[] = [];
  error: ExpansionError | undefined;
  private readonly raw: string;
  private readonly lookup: Lookup;
  private readonly keepUnset: boolean;

  constructor(raw: string, lookup: Lookup, keepUnset: boolean) {
    this.raw = raw;
    this.lookup = lookup;
    this.keepUnset = keepUnset;
  }

  join(parts: readonly WordPart[]): string | Unknown {
    let result: string | Unknown = "";
    for (const part of parts) {
      const value = part.kind === "literal" ? part.text : this.valueOf(part);
      if (typeof result === "string" && typeof value === "string") result += value;
      else result = UNKNOWN;
      if (typeof result === "string" && result.length > LONGEST_VALUE) result = UNKNOWN;
    }
    return result;
  }

  private valueOf(part: VariablePart): string | Unknown {
    const found = this.lookup(part.name);
    if (found === undefined) addOnce(this.unset, part.name);
    if (found === undefined && this.keepUnset) return this.raw.slice(part.start, part.end);
    if (found === UNKNOWN) {
      addOnce(this.unknown, part.name);
      return UNKNOWN;
    }
    const isMissing = found === undefined || (found === "" && part.operator.startsWith(":"));
    switch (part.operator) {
      case "":
        return found ?? "";
      case "-":
      case ":-":
        return isMissing ? this.join(part.argument) : (found ?? "");
      case "+":
      case ":+":
        return isMissing ? "" : this.join(part.argument);
      case "?":
      case ":?":
        return isMissing ? this.failRequired(part, found) : (found ?? "");
      case "/":
      case "//":
        return this.replace(part, found ?? "");
      default:
        return this.trim(part, found ?? "");
    }
  }

  private failRequired(part: VariablePart, found: string | undefined): Unknown {
    const message = this.join(part.argument);
    const fallback = found === undefined ? "has to be set" : "must not be empty";
    const reason = typeof message === "string" && message !== "" ? message : fallback;
    this.error ??= {
      code: "variable-required",
      message: `${part.name}: ${reason}`,
      start: part.start,
      end: part.end,
    };
    return UNKNOWN;
  }

  private trim(part: VariablePart, value: string): string | Unknown {
    // A doubled symbol asks for the longest match; the second one is still in front of the pattern.
    const argument = this.join(part.argument);
    if (typeof argument !== "string") return UNKNOWN;
    const symbol = part.operator[0] ?? "";
    const longest = argument.startsWith(symbol);
    const pattern = readPattern(longest ? argument.slice(1) : argument);
    if (!pattern) return this.failPattern(part);
    if (pattern.length * value.length > LONGEST_MATCH) return UNKNOWN;
    return symbol === "#" ? trimPrefix(value, pattern, longest) : trimSuffix(value, pattern, longest);
  }

  private replace(part: VariablePart, value: string): string | Unknown {
    const argument = this.join(part.argument);
    const replacement = this.join(part.replacement);
    if (typeof argument !== "string" || typeof replacement !== "string") return UNKNOWN;
    const pattern = readPattern(argument);
    if (!pattern) return this.failPattern(part);
    const all = part.operator === "//";
    // A `$` in the replacement of `//` is read as a group of the regular expression behind it.
    if (all && replacement.includes("$")) return UNKNOWN;
    if ((pattern.length + 1) * value.length * value.length > LONGEST_MATCH) return UNKNOWN;
    return replaceMatches(value, pattern, replacement, all);
  }

  private failPattern(part: VariablePart): Unknown {
    this.error ??= {
      code: "bad-pattern",
      message: "In a pattern only `*`, `?`, `\\`, `}` and `/` can be escaped.",
      start: part.start,
      end: part.end,
    };
    return UNKNOWN;
  }
}

import { type MappedText, mapText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import type { Word } from "./tree.ts";
import { readWord, type WordOptions, type WordPart } from "./word-syntax.ts";

/** `$name` or `${name…}` where it is written. */
export interface VariableReference {
  readonly name: string;
  readonly nameSpan: Span;
  /** From `$` to the end of the name or the closing brace. */
  readonly span: Span;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` or `//`; empty without. */
  readonly operator: string;
  /** What stands behind the operator as written: default, alternative, message or pattern. */
  readonly argument: string | undefined;
  readonly argumentSpan: Span | undefined;
}

/**
 * The variables that a word refers to, those inside defaults of others too, in the order of the text. A word with
 * an error gives those before it.
 */
export function variablesIn(word: Word, escapeCharacter: string, options?: WordOptions): VariableReference[] {
  const text = word.mapped ?? unmapped(word);
  return variablesInText(text, escapeCharacter, options);
}

function variablesInText(
  text: MappedText,
  escapeCharacter: string,
  options: WordOptions = {},
): VariableReference[] {
  if (!text.text.includes("$")) return [];
  const found: VariableReference[] = [];
  collect(readWord(text.text, escapeCharacter, options).parts, text, found);
  return found;
}

function collect(parts: readonly WordPart[], text: MappedText, found: VariableReference[]): void {
  for (const part of parts) {
    if (part.kind === "literal") continue;
    const hasArgument = part.operator !== "";
    found.push({
      name: part.name,
      nameSpan: text.spanOf(part.nameStart, part.nameStart + part.name.length),
      span: text.spanOf(part.start, part.end),
      operator: part.operator,
      argument: hasArgument ? text.text.slice(part.argumentStart, part.argumentEnd) : undefined,
      argumentSpan: hasArgument ? text.spanOf(part.argumentStart, part.argumentEnd) : undefined,
    });
    collect(part.argument, text, found);
    collect(part.replacement, text, found);
  }
}

/** A string decoded from JSON escapes has no place for each of its characters, so all stand for the whole. */
function unmapped({ raw, span }: Word): MappedText {
  return {
    text: raw,
    toSource: (offset) => (offset < raw.length ? span.start : span.end),
    spanOf: () => span,
    slice: (start, end) => mapText(raw, [{ start, end: end ?? raw.length }]),
  };
}

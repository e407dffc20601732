import type { MappedText } from "../../text/mapped-text.ts";
import type { Word } from "./tree.ts";

/** `shell`: no JSON array, the text is taken as it stands. `not-strings`: an array that holds something else, which is refused. */
export type ExecForm =
  | { readonly kind: "exec"; readonly words: readonly Word[] }
  | { readonly kind: "shell" }
  | { readonly kind: "not-strings" };

const SHELL: ExecForm = { kind: "shell" };
const NOT_STRINGS: ExecForm = { kind: "not-strings" };

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Reads exec form: exactly a valid JSON array, with nothing behind it. `rest` has no space at its ends. */
export function readExecForm(rest: MappedText): ExecForm {
  const { text } = rest;
  if (text.charCodeAt(0) !== OPEN || text.charCodeAt(text.length - 1) !== CLOSE) return SHELL;
  const words: Word[] = [];
  let at = skipJsonSpace(text, 1);
  if (text.charCodeAt(at) === CLOSE) return at + 1 === text.length ? { kind: "exec", words } : SHELL;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return otherJson(text);
    const end = endOfString(text, at);
    if (end < 0) return SHELL;
    const word = readString(rest, at, end);
    if (!word) return SHELL;
    words.push(word);
    at = skipJsonSpace(text, end);
    const code = text.charCodeAt(at);
    if (code === CLOSE) return at + 1 === text.length ? { kind: "exec", words } : SHELL;
    if (code !== COMMA) return SHELL;
    at = skipJsonSpace(text, at + 1);
  }
}

function skipJsonSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0d && code !== 0x0a) break;
  }
  return at;
}

/** Offset behind the closing quote, or -1. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
    else if (code < 0x20) return -1;
  }
  return -1;
}

function readString(rest: MappedText, start: number, end: number): Word | undefined {
  const written = rest.text.slice(start + 1, end - 1);
  const span = rest.spanOf(start, end);
  if (!written.includes("\\")) return { raw: written, span, mapped: rest.slice(start + 1, end - 1) };
  const value = parseJson(rest.text.slice(start, end));
  // Go replaces half of a surrogate pair.
  return typeof value === "string" ? { raw: value.toWellFormed(), span } : undefined;
}

function otherJson(text: string): ExecForm {
  const value = parseJson(text);
  if (!Array.isArray(value)) return SHELL;
  // Go refuses a number that no float64 holds, and what it refuses is shell form.
  return value.some((it) => it === Number.POSITIVE_INFINITY || it === Number.NEGATIVE_INFINITY)
    ? SHELL
    : NOT_STRINGS;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

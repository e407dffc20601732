import type { Span } from "../../text/span.ts";
import type { ShellReference, ShellWord } from "./script.ts";

/** Reads one word as a POSIX shell takes it apart; `raw` is what is written, quotes and all. */
export function shellWord(raw: string, span: Span): ShellWord {
  if (PLAIN.test(raw)) return { raw, literal: raw, variables: NONE, span };
  const variables: string[] = [];
  const literal = wordValue(raw, (name) => {
    if (name !== "") variables.push(name);
    return undefined;
  });
  return { raw, literal, variables: variables.length > 1 ? [...new Set(variables)] : variables, span };
}

/**
 * The value of a word whose variables are known. `variable` gives a name's value, or undefined where it is not
 * known; then, and for a word with a glob or a substitution, there is no value.
 */
export function expandShellWord(
  word: ShellWord,
  variable: (name: string) => string | undefined,
): string | undefined {
  if (word.literal !== undefined || word.variables.length === 0) return word.literal;
  return wordValue(word.raw, (name) => (name === "" ? undefined : variable(name)));
}

const NONE: readonly string[] = [];
const PLAIN = /^[\w./:=@%+,^-]+$/;
const NAME = /[A-Za-z_]\w*/y;
const SPECIAL_PARAMETER = /[0-9@*#?$!-]/;

/**
 * `expand` is asked for each variable, and with "" for what cannot be known from the word alone (a glob, a
 * substitution, an operator inside `${}`). The walk goes on when there is no answer, so that every name is seen.
 */
function wordValue(raw: string, expand: (name: string) => string | undefined): string | undefined {
  let value: string | undefined = "";
  let at = 0;
  let quoted = false;
  const add = (text: string | undefined): void => {
    value = value === undefined || text === undefined ? undefined : value + text;
  };
  if (raw.startsWith("~")) add(expand(""));
  while (at < raw.length) {
    const character = raw.charAt(at);
    if (character === "\\") {
      const next = raw.charAt(at + 1);
      if (next === "\n") add("");
      else if (quoted && !'$`"\\'.includes(next)) add(`\\${next}`);
      else add(next);
      at += 2;
    } else if (character === '"') {
      quoted = !quoted;
      at++;
    } else if (character === "'" && !quoted) {
      const close = raw.indexOf("'", at + 1);
      const end = close < 0 ? raw.length : close;
      add(raw.slice(at + 1, end));
      at = end + 1;
    } else if (character === "$") {
      const end = endOfExpansion(raw, at);
      add(
        end === at + 1 && !(raw[end] === "'" && !quoted) ? "$" : expansionValue(raw.slice(at, end), expand),
      );
      at = end;
    } else if (character === "`") {
      const close = raw.indexOf("`", at + 1);
      add(expand(""));
      at = close < 0 ? raw.length : close + 1;
    } else if (!quoted && GLOB.includes(character)) {
      add(meansItself(raw, at) ? character : expand(""));
      at++;
    } else {
      const end = endOfRun(raw, at + 1, quoted);
      add(raw.slice(at, end));
      at = end;
    }
  }
  return value;
}

/** `{` for the brace expansion of bash, `(` for its arrays and process substitutions. */
const GLOB = "*?[{(";

/** Where the characters that mean themselves end. */
function endOfRun(raw: string, start: number, quoted: boolean): number {
  const run = quoted ? QUOTED_RUN : RUN;
  run.lastIndex = start;
  return run.test(raw) ? run.lastIndex : start;
}

const RUN = /[^\\"'$`*?[{(]+/y;
const QUOTED_RUN = /[^\\"$`]+/y;

/** `{}` as `find -exec` has it, the `[` of a test, which nothing closes, and the `?` of a URL. */
function meansItself(raw: string, at: number): boolean {
  const character = raw.charAt(at);
  // No file matches a URL, so that the shell leaves it as it is.
  if (character === "?" || character === "*") return raw.slice(0, at).includes("://");
  if (character === "{") return !/[,.]/.test(raw.slice(at, raw.indexOf("}", at)));
  return character === "[" && !raw.includes("]", at);
}

/** Where each variable of the word is expanded by the shell that reads it; those inside defaults of others are not among them. */
export function shellReferences({ raw, span }: ShellWord): ShellReference[] {
  if (!raw.includes("$")) return [];
  const found: ShellReference[] = [];
  // A continuation inside the word shifts what is behind it: then the whole word stands for its parts.
  const isExact = raw.length === span.end - span.start;
  let quoted = false;
  let at = 0;
  while (at < raw.length) {
    const character = raw.charAt(at);
    let end = at + 1;
    if (character === "\\") end = at + 2;
    else if (character === '"') quoted = !quoted;
    else if (character === "'" && !quoted) end = closeOf(raw, "'", at);
    else if (character === "`") end = closeOf(raw, "`", at);
    else if (character === "$") {
      end = Math.max(endOfExpansion(raw, at), end);
      const reference = referenceIn(raw.slice(at, end));
      const place = isExact ? { start: span.start + at, end: span.start + end } : span;
      if (reference) found.push({ ...reference, span: place });
    }
    at = end;
  }
  return found;
}

function closeOf(raw: string, quote: string, at: number): number {
  const close = raw.indexOf(quote, at + 1);
  return close < 0 ? raw.length : close + 1;
}

function referenceIn(text: string): Omit<ShellReference, "span"> | undefined {
  const bare = BARE.exec(text)?.[1];
  if (bare !== undefined) return { name: bare, operator: "" };
  const [, length = "", name, rest = ""] = BRACED.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, operator: length === "" ? (/^:?[-+=?]|^.?/.exec(rest)?.[0] ?? "") : length };
}

/** Where the expansion that starts with the `$` at `start` ends; `start + 1` when the `$` means itself. */
function endOfExpansion(raw: string, start: number): number {
  const next = raw.charAt(start + 1);
  if (next === "{") return closing(raw, start + 1, "{", "}");
  if (next === "(") return closing(raw, start + 1, "(", ")");
  NAME.lastIndex = start + 1;
  if (NAME.test(raw)) return NAME.lastIndex;
  return next !== "" && SPECIAL_PARAMETER.test(next) ? start + 2 : start + 1;
}

/** The offset behind the bracket that closes the one at `start`. */
function closing(raw: string, start: number, open: string, close: string): number {
  let depth = 0;
  for (let at = start; at < raw.length; at++) {
    const character = raw.charAt(at);
    if (character === "\\") at++;
    else if (character === open) depth++;
    else if (character === close && --depth === 0) return at + 1;
  }
  return raw.length;
}

const BRACED = /^\$\{(#?)([A-Za-z_]\w*)(.*)\}$/s;
const BARE = /^\$([A-Za-z_]\w*)$/;

function expansionValue(text: string, expand: (name: string) => string | undefined): string | undefined {
  const bare = BARE.exec(text)?.[1];
  if (bare !== undefined) return expand(bare);
  const braced = BRACED.exec(text);
  if (!braced) return expand("");
  const [, length, name = "", rest = ""] = braced;
  const value = expand(name);
  if (rest === "" && length === "") return value;
  for (const [, inner = ""] of rest.matchAll(/\$\{?([A-Za-z_]\w*)/g)) expand(inner);
  return expand("");
}

/** A text that was plainly meant as exec form and is no JSON array of strings. */
export interface IntendedExecForm {
  /** What keeps it from being one. */
  readonly mistake: string;
  /** The strings that are meant; undefined where that is not plain. */
  readonly words: readonly string[] | undefined;
}

interface Item {
  readonly value: string;
  /** `"`, `'`, a typographic quote, or empty for a bare word. */
  readonly quote: string;
  /** Followed by a comma. */
  readonly comma: boolean;
}

/**
 * Reads what looks like exec form to people but not to BuildKit. Undefined for what a shell means by `[`: a test, as
 * in `[ -f x ]`, or a pattern. `text` is what stands behind the instruction and its flags; in `VOLUME [ /data ]` the bracket can
 * mean nothing else, and variables are replaced in both forms.
 */
export function intendedExecForm(text: string, instruction: string): IntendedExecForm | undefined {
  if (!text.startsWith("[") || isJson(text)) return undefined;
  const { items, end } = readItems(text);
  const [first] = items;
  if (!first) return undefined;
  const isClosed = text[end] === "]";
  const tail = isClosed ? text.slice(end + 1).trim() : text.slice(end).trim();
  const isQuoted = items.every((it) => it.quote !== "");
  const between = items.slice(0, -1).filter((it) => it.comma).length;
  const hasCommas = items.length > 1 && between === items.length - 1;
  // In a test a blank follows the bracket, and no commas stand between its words.
  const isTight = /^\["|^\['|^\[[“”‘’]/.test(text) && isQuoted;
  const isVolume = instruction === "VOLUME" && isClosed && tail === "";
  if (
    !isVolume &&
    !(hasCommas && (isQuoted || (isClosed && tail === ""))) &&
    !(isTight && between === 0) &&
    !isTight
  )
    return undefined;
  if (!isClosed && tail !== "") return undefined;

  const words =
    tail === "" && items.every((it) => isPlain(it, isVolume)) ? items.map((it) => it.value) : undefined;
  return { mistake: mistakeIn(items, isClosed, tail, hasCommas || items.length === 1), words };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Strings in quotes of any kind, and bare words; `end` is where they stop. */
function readItems(text: string): { readonly items: readonly Item[]; readonly end: number } {
  const items: Item[] = [];
  const pattern =
    /\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|[“”]([^“”]*)[“”]|[‘’]([^‘’]*)[‘’]|([^\s,[\]"'“”‘’]+))\s*(,?)/y;
  pattern.lastIndex = 1;
  let end = 1;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, double, single, curly, curlySingle, bare, comma] = match;
    const quote = double !== undefined ? '"' : single !== undefined ? "'" : bare !== undefined ? "" : "“";
    const value = double?.replace(/\\(["\\/])/g, "$1") ?? single ?? curly ?? curlySingle ?? bare ?? "";
    items.push({ value, quote, comma: comma === "," });
    end = pattern.lastIndex;
  }
  while (/\s/.test(text[end] ?? "")) end++;
  return { items, end };
}

/** What a shell would put in a bare word's place, and what JSON would make of a backslash, is not plain. */
function isPlain({ value, quote }: Item, isVolume: boolean): boolean {
  return quote === "" ? !(isVolume ? /[`\\]/ : /[$`\\]/).test(value) : !/\\[bfnrtu]/.test(value);
}

function mistakeIn(items: readonly Item[], isClosed: boolean, tail: string, hasCommas: boolean): string {
  if (tail !== "") return "something follows the bracket";
  if (!isClosed) return "the closing bracket is missing";
  if (items.some((it) => it.quote === "")) return "strings are written in double quotes";
  if (items.some((it) => it.quote !== '"')) return "only double quotes make strings";
  if (!hasCommas) return "a comma is missing";
  if (items.at(-1)?.comma) return "there is a comma behind the last string";
  return "a backslash in a string is written twice";
}

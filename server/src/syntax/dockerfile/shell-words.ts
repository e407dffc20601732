import type { Span } from "../../text/span.ts";
import { DOUBLE_QUOTE, isSpace, SINGLE_QUOTE, skipSpace } from "./characters.ts";
import { endOfName } from "./word-syntax.ts";

const BACKSLASH = 0x5c;
const DOLLAR = 0x24;
const LESS_THAN = 0x3c;

/** What is open while a line is read: a double quote, or a substitution up to its `}` or its pattern's `/`. */
type Open = '"' | "}" | "/";

/**
 * Splits a line into words the way BuildKit looks for here-documents: quotes and `\` protect blanks, quotes stay in.
 * A substitution outside quotes protects none. Where BuildKit's lexer gives up (a quote or `${` that is not closed, a
 * modifier it does not know), there are no words at all. Keeps its own stack, since a line may nest at will.
 */
export function splitShellWords(text: string): readonly Span[] {
  const words: Span[] = [];
  const open: Open[] = [];
  let start = -1;
  /** Where the outermost quote or substitution that is open began. */
  let outermost = 0;
  const put = (from: number, to: number, splits: boolean) => {
    for (let at = from; at < to; at++) {
      if (splits && isSpace(text.charCodeAt(at))) {
        if (start >= 0) words.push({ start, end: at });
        start = -1;
      } else if (start < 0) start = at;
    }
  };

  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const top = open.at(-1);
    const splits = open[0] !== '"';
    if (top !== undefined && code === top.charCodeAt(0)) {
      open.pop();
      if (top === "/") open.push("}");
      put(at, ++at, splits);
    } else if (code === DOLLAR) {
      const end = endOfDollar(text, at);
      if (end === undefined) return [];
      if (open.length === 0) outermost = at;
      if (end.opens) {
        // The reference forgets what it had of the word before such a substitution.
        if (open.length === 0 || (open.length === 1 && !splits)) start = outermost;
        open.push(end.opens);
      }
      put(at, end.at, splits);
      at = end.at;
    } else if (top === '"') {
      const next = text.charCodeAt(at + 1);
      const escapes = code === BACKSLASH && (next === DOUBLE_QUOTE || next === DOLLAR || next === BACKSLASH);
      const end = at + (escapes ? 2 : 1);
      put(at, end, splits);
      at = end;
    } else if (code === DOUBLE_QUOTE) {
      if (open.length === 0) outermost = at;
      open.push('"');
      put(at, ++at, false);
    } else if (code === SINGLE_QUOTE) {
      const close = text.indexOf("'", at + 1);
      if (close < 0) return [];
      put(at, close + 1, open.length > 0 && splits);
      at = close + 1;
    } else if (code === LESS_THAN && open.length === 0 && text.charCodeAt(at + 1) === LESS_THAN) {
      // A here-document's delimiter may stand behind blanks; they belong to its word.
      const end = skipSpace(text, at + 2, text.length);
      put(at, end, false);
      at = end;
    } else {
      const end = code === BACKSLASH ? Math.min(at + 2, text.length) : at + 1;
      put(at, end, splits && (open.length > 0 || code !== BACKSLASH));
      at = end;
    }
  }
  if (open.length > 0) return [];
  if (start >= 0) words.push({ start, end: text.length });
  return words;
}

/** Where reading goes on behind a `$`, and what it opens; undefined where the lexer gives up. */
function endOfDollar(text: string, dollar: number): { at: number; opens?: Open } | undefined {
  if (text[dollar + 1] !== "{") return { at: endOfName(text, dollar + 1) };
  const first = text[dollar + 2];
  if (first === undefined || first === "{" || first === "}" || first === ":") return undefined;
  const nameEnd = endOfName(text, dollar + 2);
  const symbol = text[nameEnd];
  if (symbol === "}") return { at: nameEnd + 1 };
  if (symbol === "/") return { at: nameEnd + (text[nameEnd + 1] === "/" ? 2 : 1), opens: "/" };
  if (symbol === ":") {
    const modifier = text[nameEnd + 1];
    // Any other modifier is looked at only when the variable is set, and none is.
    return modifier === undefined || modifier === "#" || modifier === "%"
      ? undefined
      : { at: nameEnd + 2, opens: "}" };
  }
  return symbol !== undefined && "+-?#%".includes(symbol) ? { at: nameEnd + 1, opens: "}" } : undefined;
}

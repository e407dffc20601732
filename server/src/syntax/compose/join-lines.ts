import { CST, Lexer } from "yaml";
import type { Span } from "../../text/span.ts";

/** Each repair reads the text again; more than these are not worth it. */
const MOST_REPAIRS = 20;

/**
 * Compose's reader does not care how far the lines inside brackets and quotes are indented, YAML's grammar does (docker compose
 * 2.40 takes `[` … `]` with `]` in the first column, tried 2026-11). This joins the lines of such a value: line breaks and
 * comments in it become blanks, so that every offset stays. Undefined when there is nothing to join.
 */
export function joinLines(text: string): string | undefined {
  let joined = text;
  for (let repairs = 0; repairs < MOST_REPAIRS; repairs++) {
    const cut = cutValue(joined);
    if (!cut) break;
    joined = joined.slice(0, cut.start) + blanked(joined.slice(cut.start, cut.end)) + joined.slice(cut.end);
  }
  return joined === text ? undefined : joined;
}

/** The first value in brackets or quotes that the lexer ends at a line, though it is closed further down. */
function cutValue(text: string): Span | undefined {
  let offset = 0;
  let depth = 0;
  let start = 0;
  for (const token of new Lexer().lex(text)) {
    const at = offset;
    const type = CST.tokenType(token);
    if (token !== CST.DOCUMENT && token !== CST.FLOW_END && token !== CST.SCALAR) offset += token.length;
    if (type === "flow-map-start" || type === "flow-seq-start") {
      if (depth++ === 0) start = at;
    } else if (type === "flow-map-end" || type === "flow-seq-end") {
      depth = Math.max(0, depth - 1);
    }
    const isCut = token === CST.FLOW_END || isOpenQuote(type, token);
    if (!isCut) continue;
    const from = depth > 0 ? start : at;
    const end = closeOf(text, from);
    if (end !== undefined) return { start: from, end };
    depth = 0;
  }
  return undefined;
}

function isOpenQuote(type: CST.TokenType | null, token: string): boolean {
  const isQuoted = type === "double-quoted-scalar" || type === "single-quoted-scalar";
  return isQuoted && (token.length === 1 || token.at(-1) !== token[0]);
}

/** Offset behind the bracket or quote that closes the one at `start`. */
function closeOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? "";
    if (character === '"' || character === "'") {
      const end = closeOfQuote(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (character === "#" && /\s/.test(text[at - 1] ?? "")) {
      const lineEnd = text.indexOf("\n", at);
      if (lineEnd < 0) return undefined;
      at = lineEnd;
    } else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth <= 0) return at + 1;
  }
  return undefined;
}

function closeOfQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === quote) at++;
      else return at + 1;
    }
  }
  return undefined;
}

/** The same length, on one line and without comments. */
function blanked(value: string): string {
  let result = "";
  for (let at = 0; at < value.length; ) {
    const character = value[at] ?? "";
    const isQuote = character === '"' || character === "'";
    const isComment = character === "#" && /\s/.test(value[at - 1] ?? "");
    const lineEnd = value.indexOf("\n", at);
    const end = isQuote
      ? (closeOfQuote(value, at) ?? value.length)
      : isComment && lineEnd > 0
        ? lineEnd
        : at + 1;
    const piece = value.slice(at, end);
    result += isComment ? " ".repeat(piece.length) : piece.replace(/[\r\n]/g, " ");
    at = end;
  }
  return result;
}

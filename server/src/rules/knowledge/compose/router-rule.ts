import { HOLE } from "../../../syntax/compose/interpolate.ts";

/** The rule of a Traefik router, as far as it can be read. */
export interface RouterRule {
  readonly matchers: readonly RouterMatcher[];
  /** Where the reading ends; undefined where it comes to the end. */
  readonly unread: UnreadPart | undefined;
}

/** ``Host(`a`)`` */
export interface RouterMatcher {
  readonly name: string;
  /** Offset in the rule. */
  readonly start: number;
  /** Behind its closing parenthesis. */
  readonly end: number;
  readonly values: number;
}

export interface UnreadPart {
  readonly start: number;
  readonly end: number;
  /** A value without backticks or double quotes, else anything that does not belong there. */
  readonly is: "bare value" | "other";
}

const TOKEN =
  /\s*(?:(`[^`]*`|"(?:[^"\\]|\\.)*")|([A-Za-z]\w*)(?=\s*\()|(&&|\|\||[!(),])|('[^']*'|[^\s(),`"&|!]+|.))/y;

/**
 * Reads matchers joined by `&&`, `||`, `!` and parentheses (doc.traefik.io, Rules & Priority, read 2026-11-27). Undefined where a variable
 * that is not known may be more than a value.
 */
export function readRouterRule(rule: string): RouterRule | undefined {
  const tokens = tokensOf(rule);
  if (!tokens) return undefined;
  const matchers: RouterMatcher[] = [];
  const unread = (at: number, is: UnreadPart["is"] = "other"): RouterRule => {
    const { start = rule.length, end = rule.length } = tokens[at] ?? {};
    return { matchers, unread: { start, end, is } };
  };
  let depth = 0;
  let isOperand = true;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text, start } = tokens[at] ?? NONE;
    if (!isOperand) {
      if (text === ")" && depth > 0) depth--;
      else if (text === "&&" || text === "||") isOperand = true;
      else return unread(at);
    } else if (text === "(") depth++;
    else if (kind === "name") {
      let values = 0;
      for (at += 2; tokens[at]?.text !== ")"; at++) {
        const value = tokens[at];
        if (value?.kind !== "value") return unread(at, value && isBare(value) ? "bare value" : "other");
        values++;
        if (tokens[at + 1]?.text === ",") at++;
        else if (tokens[at + 1]?.text !== ")") return unread(at + 1);
      }
      matchers.push({ name: text, start, end: tokens[at]?.end ?? rule.length, values });
      isOperand = false;
    } else if (text !== "!") return unread(at);
  }
  return isOperand || depth > 0 ? unread(tokens.length) : { matchers, unread: undefined };
}

function isBare({ kind, text }: Token): boolean {
  return kind === "other" && !/^[`"&|]/.test(text);
}

interface Token {
  readonly kind: "value" | "name" | "sign" | "other";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NONE: Token = { kind: "other", text: "", start: 0, end: 0 };

function tokensOf(rule: string): readonly Token[] | undefined {
  const text = rule.trimEnd();
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [, value, name, sign, other] = match;
    const written = value ?? name ?? sign ?? other ?? "";
    const kind =
      value !== undefined ? "value" : name !== undefined ? "name" : sign !== undefined ? "sign" : "other";
    if (kind !== "value" && written.includes(HOLE)) return undefined;
    const end = TOKEN.lastIndex;
    tokens.push({ kind, text: written, start: end - written.length, end });
    if (end === text.length) break;
  }
  return tokens;
}

import { CST, Lexer } from "yaml";
import type { Span } from "../../text/span.ts";

/** `&name` or `*name` as written; the tree has aliases resolved and knows no more of them. */
export interface AnchorMention {
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
  readonly kind: "anchor" | "alias";
  /** Of an alias: the anchor that it stands for, the last one of its name before it. */
  readonly anchor: AnchorMention | undefined;
}

/** All anchors and aliases of a YAML text, in its order. Any text gives an answer. */
export function anchorsIn(text: string): readonly AnchorMention[] {
  const found: AnchorMention[] = [];
  // Most files have none, and need no second reading to tell.
  if (!/[&*][^\s,[\]{}]/.test(text)) return found;
  const anchors = new Map<string, AnchorMention>();
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    const start = offset;
    if (token !== CST.DOCUMENT && token !== CST.FLOW_END && token !== CST.SCALAR) offset += token.length;
    if (type === "doc-start") anchors.clear();
    if (type !== "anchor" && type !== "alias") continue;
    const name = token.slice(1);
    const span = { start: start + 1, end: start + token.length };
    const anchor = type === "alias" ? anchors.get(name) : undefined;
    const mention: AnchorMention = { name, span, kind: type, anchor };
    if (type === "anchor") anchors.set(name, mention);
    found.push(mention);
  }
  return found;
}

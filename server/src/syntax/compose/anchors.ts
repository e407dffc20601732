import { CST, Lexer } from "yaml";
import type { Span } from "../../text/span.ts";

/** `&name` or `*name` as written, or where a document begins, in which the anchors of the one before mean nothing. */
export interface AnchorMark {
  readonly kind: "anchor" | "alias" | "document";
  readonly name: string;
  /** The name alone. */
  readonly span: Span;
}

/** An anchor or alias as written; the tree has aliases resolved and knows no more of them. */
export interface AnchorMention extends AnchorMark {
  readonly kind: "anchor" | "alias";
  /** Of an alias: the anchor that it stands for, the last one of its name before it. */
  readonly anchor: AnchorMention | undefined;
}

/** All anchors and aliases of a YAML text, or of what is in one entry of it or between two, in its order. Any text gives an answer. */
export function anchorMarksIn(text: string, { start, end }: Span): readonly AnchorMark[] {
  const found: AnchorMark[] = [];
  // How a block of text is read hangs on the column in which its key stands.
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const own = text.slice(from, end);
  // Most have none, and need no second reading to tell.
  if (!/[&*][^\s,[\]{}]/.test(own)) return found;
  let offset = from;
  for (const token of new Lexer().lex(own)) {
    const type = CST.tokenType(token);
    const at = offset;
    if (token !== CST.DOCUMENT && token !== CST.FLOW_END && token !== CST.SCALAR) offset += token.length;
    if (type === "doc-start") found.push({ kind: "document", name: "", span: { start: at, end: at } });
    if (type === "anchor" || type === "alias")
      found.push({ kind: type, name: token.slice(1), span: { start: at + 1, end: at + token.length } });
  }
  return found;
}

/** Which anchor each alias stands for; the marks are those of a whole text in its order. */
export function anchorsOf(marks: readonly AnchorMark[]): readonly AnchorMention[] {
  const found: AnchorMention[] = [];
  const anchors = new Map<string, AnchorMention>();
  for (const { kind, name, span } of marks) {
    if (kind === "document") {
      anchors.clear();
      continue;
    }
    const mention: AnchorMention = {
      kind,
      name,
      span,
      anchor: kind === "alias" ? anchors.get(name) : undefined,
    };
    if (kind === "anchor") anchors.set(name, mention);
    found.push(mention);
  }
  return found;
}

import { CST } from "yaml";
import type { Span } from "../../text/span.ts";

/** Deeper than any file that people write; the readers above recurse, so some bound has to stand. */
export const DEEPEST_NESTING = 200;

/**
 * Where a text nests deeper than `DEEPEST_NESTING`, told from its lexical tokens so that no recursion happens before
 * the answer is known. A bound from above: brackets that are open, plus the column at which the line's content starts
 * (every level of a block is indented by one blank at least, except a list in a mapping) and the `- ? :` before it.
 */
export function tooDeep(tokens: readonly string[]): Span | undefined {
  let offset = 0;
  let brackets = 0;
  let indent = 0;
  let indicators = 0;
  let atLineStart = true;
  for (const token of tokens) {
    const type = CST.tokenType(token);
    const at = offset;
    if (token !== CST.DOCUMENT && token !== CST.FLOW_END && token !== CST.SCALAR) offset += token.length;
    switch (type) {
      case "newline":
        atLineStart = true;
        if (brackets === 0) indent = indicators = 0;
        continue;
      case "space":
        if (atLineStart && brackets === 0) indent += token.length;
        continue;
      case "comment":
        continue;
      case "flow-map-start":
      case "flow-seq-start":
        brackets++;
        break;
      case "flow-map-end":
      case "flow-seq-end":
        brackets = Math.max(0, brackets - 1);
        break;
      case "flow-error-end":
        brackets = 0;
        break;
      case "explicit-key-ind":
      case "map-value-ind":
      case "seq-item-ind":
        if (brackets === 0) indicators++;
        break;
      default:
        break;
    }
    atLineStart = false;
    if (brackets + indicators + indent > DEEPEST_NESTING) return { start: at, end: at + token.length };
  }
  return undefined;
}

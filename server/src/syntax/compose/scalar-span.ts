import { firstWhere } from "../../text/sorted.ts";
import type { Span } from "../../text/span.ts";
import type { ScalarNode } from "./tree.ts";

/** The text of a scalar without its quotes, as a span; undefined for block scalars and where an escape or a fold is in it. */
export function contentSpan(text: string, scalar: ScalarNode): Span | undefined {
  const quotes = scalar.style === "single" || scalar.style === "double" ? 1 : 0;
  const span = { start: scalar.span.start + quotes, end: scalar.span.end - quotes };
  return text.slice(span.start, span.end) === scalar.value ? span : undefined;
}

/** Where `value.slice(start, end)` of a scalar is in the file; the whole scalar where that cannot be told. */
export function spanInside(text: string, scalar: ScalarNode, start: number, end: number): Span {
  const from = placeInside(text, scalar, start);
  if (from === undefined) return scalar.span;
  const span = { start: from, end: from + end - start };
  // A part over several lines of a block has blanks of the indentation in it.
  return text.slice(span.start, span.end) === scalar.value.slice(start, end) ? span : scalar.span;
}

/** Where the character at `offset` of a scalar's value is in the file, in a block scalar too; undefined where that cannot be told. */
export function placeInside(text: string, scalar: ScalarNode, offset: number): number | undefined {
  const content = contentSpan(text, scalar);
  if (content) return content.start + offset;
  if (scalar.style !== "literal" && scalar.style !== "folded") return undefined;
  const lines = linesOfBlock(text, scalar);
  const line = lines[firstWhere(lines, (it) => it.inValue > offset) - 1];
  return line && offset - line.inValue <= line.length ? line.inText + offset - line.inValue : undefined;
}

/** What one line of a block scalar gives to the value. */
interface BlockLine {
  readonly inValue: number;
  readonly inText: number;
  readonly length: number;
}

const blocks = new WeakMap<ScalarNode, readonly BlockLine[]>();

function linesOfBlock(text: string, scalar: ScalarNode): readonly BlockLine[] {
  const known = blocks.get(scalar) ?? readBlock(text, scalar);
  blocks.set(scalar, known);
  return known;
}

/** Held to the value line by line; none where a line is not in it as it stands, e.g. behind an indentation that the header names. */
function readBlock(text: string, { span, style, value }: ScalarNode): readonly BlockLine[] {
  const [header = "", ...written] = text.slice(span.start, span.end).split("\n");
  if (!/^[|>]/.test(header)) return [];
  const indentation = /^ */.exec(written.find((it) => it.trim() !== "") ?? "")?.[0].length ?? 0;
  const lines: BlockLine[] = [];
  let inText = span.start + header.length + 1;
  let inValue = 0;
  for (const line of written) {
    const content = line.slice(indentation).replace(/\r$/, "");
    if (content === "") {
      if (style === "literal") inValue++;
    } else if (value.startsWith(content, inValue)) {
      lines.push({ inValue, inText: inText + indentation, length: content.length });
      inValue += content.length;
      if (style === "literal" || value[inValue] === " ") inValue++;
      else while (value[inValue] === "\n") inValue++;
    } else {
      return value.length > inValue ? [] : lines;
    }
    inText += line.length + 1;
  }
  return lines;
}

import type { ResolvedText } from "../../model/compose/project.ts";
import {
  HOLE,
  parseTemplate,
  type TemplatePart,
  type VariableLookup,
} from "../../syntax/compose/interpolate.ts";
import { contentSpan } from "../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { Span } from "../../text/span.ts";
import type { Place, Rewrite } from "./name.ts";
import type { ComposeSource } from "./sources.ts";

/** The name that stands as a key. Compose puts no variables into keys. */
export function keyPlace({ file }: ComposeSource, key: ScalarNode): Place {
  return placeAt(file.text, key, contentSpan(file.text, key), key.value, true);
}

/** A part of a key. */
export function keyPart({ file }: ComposeSource, key: ScalarNode, start: number, end: number): Place {
  const content = contentSpan(file.text, key);
  const span = content && { start: content.start + start, end: content.start + end };
  return placeAt(file.text, key, span, key.value.slice(start, end), start === 0 && end === key.value.length);
}

/** A value after interpolation, of which each part can say where it is written. */
export interface PlacedText extends ResolvedText {
  /** The whole of it as a name. */
  readonly whole: Place;
  place(start: number, end: number): Place;
}

/** Undefined for anything but a text, and for a text with parts that are not known. */
export function textPlace(source: ComposeSource, node: YamlNode | undefined): PlacedText | undefined {
  const text = textPlaceWithHoles(source, node);
  return text?.known ? text : undefined;
}

/** The same, with a hole for each part that is not known. */
export function textPlaceWithHoles(
  source: ComposeSource,
  node: YamlNode | undefined,
): PlacedText | undefined {
  if (node?.kind !== "scalar" || node.type === "null" || node.tag === "!reset") return undefined;
  if (!node.value.includes("$")) return writtenPlace(source, node);
  const { text } = source.file;
  const pieces = piecesOf(parseTemplate(node.value), source.variables);
  const value = pieces.map((it) => it.text).join("");
  const known = !value.includes(HOLE);
  const content = contentSpan(text, node);
  const spanOf = (start: number, end: number): Span => spanIn(pieces, content, start, end) ?? node.span;
  const place = (start: number, end: number): Place =>
    placeAt(
      text,
      node,
      content ? spanIn(pieces, content, start, end) : sameIn(text, node, value, { start, end }),
      value.slice(start, end),
      start === 0 && end === value.length,
      variablesIn(pieces, start, end),
    );
  return {
    value,
    known,
    span: content ?? node.span,
    shared: node.viaAlias,
    spanOf,
    place,
    get whole() {
      return place(0, value.length);
    },
  };
}

/** Most texts have no variable: each part of one stands where it is written. */
function writtenPlace({ file: { text } }: ComposeSource, node: ScalarNode): PlacedText {
  const { value } = node;
  const content = contentSpan(text, node);
  const spanOf = (start: number, end: number): Span | undefined => {
    const isPart = start < end && start < value.length && end > 0;
    return content && isPart
      ? { start: content.start + Math.max(0, start), end: content.start + Math.min(value.length, end) }
      : undefined;
  };
  const place = (start: number, end: number): Place =>
    placeAt(
      text,
      node,
      content ? spanOf(start, end) : sameIn(text, node, value, { start, end }),
      value.slice(start, end),
      start === 0 && end === value.length,
    );
  return {
    value,
    known: true,
    span: content ?? node.span,
    shared: node.viaAlias,
    spanOf: (start, end) => spanOf(start, end) ?? node.span,
    place,
    get whole() {
      return place(0, value.length);
    },
  };
}

function placeAt(
  text: string,
  scalar: ScalarNode,
  span: Span | undefined,
  name: string,
  isWhole: boolean,
  variables: readonly string[] = [],
): Place {
  const isWritten = span !== undefined && text.slice(span.start, span.end) === name;
  return {
    text: name,
    span: span ?? scalar.span,
    rewrite: isWritten ? rewriteOf(text, scalar) : { refused: notWritten(name, variables) },
    isPlain:
      isWhole && isWritten && scalar.style === "plain" && span.end - span.start === scalar.value.length,
  };
}

function notWritten(name: string, variables: readonly string[]): string {
  if (variables.length === 0) return `\`${name}\` is written with escapes there`;
  const given = variables.map((it) => `\`${it}\``).join(" and ");
  return `\`${name}\` is what the variable ${given} gives there, so both have to be changed by hand`;
}

/** Variables whose values are in a part of a text. */
function variablesIn(pieces: readonly Piece[], start: number, end: number): readonly string[] {
  let at = 0;
  const found = pieces.flatMap(({ text, variable }) => {
    const from = at;
    at += text.length;
    return variable !== undefined && from < end && start < at ? [variable] : [];
  });
  return [...new Set(found)];
}

/** A value with an anchor stands for what its aliases are used for too, which may be anything. */
function rewriteOf(text: string, { span }: ScalarNode): Rewrite {
  const before = text.slice(Math.max(0, span.start - LONGEST_ANCHOR), span.start);
  const anchor = /&([^\s,[\]{}]+)[ \t]+$/.exec(before)?.[1];
  return anchor === undefined
    ? "name"
    : { refused: `the anchor \`&${anchor}\` makes this value stand for others too` };
}

const LONGEST_ANCHOR = 100;

interface Piece {
  readonly text: string;
  /** Offsets in the template. */
  readonly source: Span;
  /** It stands there as it is. */
  readonly literal: boolean;
  /** The variable that it is the value of. */
  readonly variable?: string;
  /** The variable whose default it is a part of, as a whole. */
  readonly outer?: Span;
}

/** As Compose interpolates when the shell sets nothing; defaults keep their own places. */
function piecesOf(parts: readonly TemplatePart[], lookup: VariableLookup): readonly Piece[] {
  return parts.flatMap((part): readonly Piece[] => {
    if (part.kind === "text")
      return [
        { text: part.text, source: part.span, literal: part.text.length === part.span.end - part.span.start },
      ];
    const hole: Piece = { text: HOLE, source: part.span, literal: false };
    if (part.kind === "invalid") return [hole];
    const value = lookup(part.name);
    const isGiven = part.operator?.startsWith(":") ? Boolean(value) : value !== undefined;
    const symbol = part.operator?.at(-1);
    if ((symbol === "-" && !isGiven) || (symbol === "+" && isGiven))
      return piecesOf(part.argument, lookup).map((it) => ({ ...it, outer: part.span }));
    if (symbol === "+" && value === "") return [];
    return value === undefined || (symbol === "?" && !isGiven)
      ? [hole]
      : [{ text: value, source: part.span, literal: false, variable: part.name }];
  });
}

/**
 * The same words in a block or a text with escapes, which has them in the same order. Undefined where they are there more or less often
 * than in the value, so that it is not certain which are which.
 */
function sameIn(
  text: string,
  { span, value: template }: ScalarNode,
  value: string,
  at: Span,
): Span | undefined {
  const words = value.slice(at.start, at.end);
  const places = placesOf(words, value);
  const written = placesOf(words, text.slice(span.start, span.end));
  if (written.length !== places.length || placesOf(words, template).length !== places.length)
    return undefined;
  const start = written[places.indexOf(at.start)];
  return start === undefined
    ? undefined
    : { start: span.start + start, end: span.start + start + words.length };
}

function placesOf(words: string, text: string): readonly number[] {
  const places: number[] = [];
  for (let at = words === "" ? -1 : text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    places.push(at);
  return places;
}

/** Undefined where nothing of it is written in this place. A part of a default alone is its own place, with more the variable is. */
function spanIn(
  pieces: readonly Piece[],
  content: Span | undefined,
  start: number,
  end: number,
): Span | undefined {
  if (!content) return undefined;
  let at = 0;
  const touched = pieces.flatMap((piece) => {
    const from = at;
    at += piece.text.length;
    return from < end && start < at ? [{ ...piece, from }] : [];
  });
  const first = touched[0];
  const last = touched.at(-1);
  if (!first || !last) return undefined;
  const isOne = first === last;
  const head = isOne ? first.source : (first.outer ?? first.source);
  const tail = isOne ? last.source : (last.outer ?? last.source);
  const isHead = first.literal && head === first.source;
  const isTail = last.literal && tail === last.source;
  return {
    start: content.start + (isHead ? head.start + Math.max(0, start - first.from) : head.start),
    end: content.start + (isTail ? tail.start + Math.min(last.text.length, end - last.from) : tail.end),
  };
}

import { type Defaults, interpolate } from "../../../syntax/compose/interpolate.ts";
import { contentSpan, spanInside } from "../../../syntax/compose/scalar-span.ts";
import type { ScalarNode, YamlNode } from "../../../syntax/compose/tree.ts";
import type { Placed, ResolvedText } from "../project.ts";
import type { ComposeInputs } from "./inputs.ts";

/** What each section reader is handed: the file's text and what is known besides it. */
export interface Reading {
  readonly text: string;
  readonly inputs: ComposeInputs;
}

/** What is needed to read texts alone. */
export interface TextReading {
  readonly text: string;
  readonly inputs: Pick<ComposeInputs, "variables" | "defaults">;
}

/** Defaults are taken or left open as the reading says, unless told otherwise. */
export function resolvedText(
  scalar: ScalarNode,
  { text, inputs }: TextReading,
  defaults: Defaults = inputs.defaults,
): ResolvedText {
  const { text: value, known, pieces } = interpolate(scalar.value, inputs.variables, defaults);
  return {
    value,
    known,
    span: contentSpan(text, scalar) ?? scalar.span,
    shared: scalar.viaAlias,
    spanOf(start, end) {
      const touched = pieces.filter(
        (it) => it.start < Math.max(end, start + 1) && start < it.start + it.length,
      );
      const first = touched[0];
      const last = touched.at(-1);
      if (!first || !last) return scalar.span;
      const from = first.verbatim
        ? first.source.start + Math.max(0, start - first.start)
        : first.source.start;
      const to = last.verbatim
        ? last.source.start + Math.min(last.length, end - last.start)
        : last.source.end;
      return spanInside(text, scalar, from, to);
    },
  };
}

/** A part of a text as a text of its own. */
export function partOf(whole: ResolvedText, start: number, end: number, hole: string): ResolvedText {
  const value = whole.value.slice(start, end);
  return {
    value,
    known: !value.includes(hole),
    span: whole.spanOf(start, end),
    shared: whole.shared,
    spanOf: (from, to) => whole.spanOf(start + from, start + to),
  };
}

/** The text of a scalar when it is known to the last character; undefined for anything else. */
export function knownText(node: YamlNode | undefined, reading: TextReading): ResolvedText | undefined {
  if (node?.kind !== "scalar" || node.type === "null") return undefined;
  const text = resolvedText(node, reading);
  return text.known ? text : undefined;
}

/**
 * The text of a scalar, with the defaults of its variables in any reading: for names that are only looked up, where a name
 * that is probably there makes nothing wrong.
 */
export function usualText(node: YamlNode | undefined, reading: Reading): ResolvedText | undefined {
  if (node?.kind !== "scalar" || node.type === "null") return undefined;
  const text = resolvedText(node, reading, "taken");
  return text.known ? text : undefined;
}

/** A name that stands as a key, which Compose does not interpolate. */
export function keyName(key: ScalarNode, { text }: Reading): Placed<string> {
  return { value: key.value, span: contentSpan(text, key) ?? key.span };
}

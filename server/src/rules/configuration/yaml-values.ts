import { isNull } from "../../syntax/compose/find.ts";
import { parseCompose } from "../../syntax/compose/parse.ts";
import type { MappingEntry, MappingNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { SyntaxProblem } from "../../syntax/problem.ts";
import { nearestName } from "../../text/nearest-name.ts";
import type { Span } from "../../text/span.ts";

/** Where a reader puts what it does not understand. */
export type Complain = (
  code: string,
  message: string,
  span: Span,
  severity?: SyntaxProblem["severity"],
) => void;

/** Reads the value behind one key. */
export type KeyReader = (entry: MappingEntry, complain: Complain) => void;

/**
 * Reads a text as a YAML mapping (JSON is YAML too) and hands each entry to the reader of its key. A key that has none is
 * complained about. `example` shows what is meant where the text is no mapping at all.
 */
export function readMapping(
  text: string,
  keys: Readonly<Record<string, KeyReader>>,
  example: string,
): readonly SyntaxProblem[] {
  const { root, problems } = parseCompose(text);
  return readEntries(root, problems, keys, example);
}

/** The same for a mapping of a text that is parsed, with the problems of that. */
export function readEntries(
  root: MappingNode | undefined,
  problems: readonly SyntaxProblem[],
  keys: Readonly<Record<string, KeyReader>>,
  example: string,
): readonly SyntaxProblem[] {
  const ofYaml = problems.filter((it) => !it.ofCompose);
  const found = ofYaml.map((it) =>
    it.code === "compose-no-mapping"
      ? { ...it, code: "configuration-value", message: `This is no mapping with keys like \`${example}\`.` }
      : it,
  );
  const complain: Complain = (code, message, span, severity = "warning") => {
    found.push({ code, message, span, severity });
  };
  const broken = ofYaml.find((it) => it.severity === "error")?.span.start ?? Number.POSITIVE_INFINITY;
  for (const entry of root?.entries ?? []) {
    const key = entry.key.value;
    const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (read) {
      if (!isNull(entry.value)) read(entry, complain);
      // Behind a mistake of the YAML a key may be anything.
    } else if (entry.key.span.start < broken) {
      const message = unknownName(`no key \`${key}\``, key, Object.keys(keys));
      complain("configuration-key", message, entry.key.span);
    }
  }
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** `There is no key "ruls". Did you mean "rules"?` */
export function unknownName(what: string, name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  return `There is ${what}.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`;
}

function wrongType({ key, value }: MappingEntry, wanted: string, complain: Complain): void {
  complain("configuration-value", `\`${key.value}\` has to be ${wanted}.`, value?.span ?? key.span);
}

/** Undefined, and complained about, where it is neither true nor false. */
export function booleanOf(entry: MappingEntry, complain: Complain): boolean | undefined {
  const { value } = entry;
  if (value?.kind === "scalar" && value.type === "boolean") return value.value.toLowerCase() === "true";
  wrongType(entry, "true or false", complain);
  return undefined;
}

/** A text with the place of its value. */
export interface PlacedText {
  readonly text: string;
  readonly span: Span;
}

/** Any scalar but null. */
export function textOf(node: YamlNode | undefined): PlacedText | undefined {
  return node?.kind === "scalar" && !isNull(node) ? { text: node.value, span: node.span } : undefined;
}

/** The texts of a list. One text alone is taken for a list of one, and complained about where `single` is no form. */
export function textsOf(
  entry: MappingEntry,
  complain: Complain,
  single: "allowed" | "wrong" = "wrong",
): readonly PlacedText[] {
  const { value } = entry;
  if (isNull(value)) return [];
  const alone = textOf(value);
  if (alone) {
    if (single === "wrong") wrongType(entry, "a list", complain);
    return [alone];
  }
  if (value?.kind !== "sequence") {
    wrongType(entry, "a list", complain);
    return [];
  }
  return value.items.flatMap((item) => {
    const text = textOf(item);
    if (!text) complain("configuration-value", `\`${entry.key.value}\` lists names only.`, item.span);
    return text ?? [];
  });
}

/** The entries of a mapping. */
export function entriesIn(entry: MappingEntry, complain: Complain): readonly MappingEntry[] {
  if (entry.value?.kind === "mapping") return entry.value.entries;
  wrongType(entry, "a mapping", complain);
  return [];
}

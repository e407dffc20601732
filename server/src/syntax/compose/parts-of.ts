import type { Document, ParsedNode } from "yaml";
import type { SyntaxProblem } from "../problem.ts";
import { countingEntries, DOUBLED_KEY } from "./doubled-keys.ts";
import type { FileParts, WrittenEntry } from "./parts.ts";
import type { MappingNode, YamlNode } from "./tree.ts";
import type { TreeBuilder } from "./tree-builder.ts";

/** What the next version of a file can be read from; undefined where it cannot be taken apart into its entries. */
export function partsOf(
  document: Document.Parsed,
  root: YamlNode | undefined,
  builder: TreeBuilder,
  errors: readonly SyntaxProblem[],
  text: string,
): FileParts | undefined {
  const contents = document.contents as ParsedNode | null;
  if (
    root?.kind !== "mapping" ||
    contents?.anchor ||
    builder.isUnsure ||
    builder.problems.some((it) => IS_CUT.has(it.code))
  )
    return undefined;
  const top = entriesOfBlock(root, builder, text);
  if (!top || indentOf(top, text) !== 0) return undefined;
  const node = root.entries.find((it) => it.key.value === "services")?.value;
  const isAnchored = builder.anchors.some((it) => it.at === node?.span.start);
  const services =
    node?.kind === "mapping" && !node.viaAlias && !isAnchored
      ? entriesOfBlock(node, builder, text)
      : undefined;
  return {
    errors,
    problems: withoutDoubled(builder.problems, [top, services ?? []]),
    top,
    services,
    anchors: builder.anchors,
  };
}

/** Where these are the tree is not that of the whole text. */
export const IS_CUT: ReadonlySet<string> = new Set(["yaml-excessive-aliases", "yaml-nesting"]);

/** Whether that a key is there twice is told of one of these lists is found out anew each time. */
export function withoutDoubled(
  problems: readonly SyntaxProblem[],
  lists: readonly (readonly WrittenEntry[])[],
): readonly SyntaxProblem[] {
  if (!problems.some((it) => it.code === DOUBLED_KEY)) return problems;
  const told = new Set<number>();
  for (const list of lists)
    countingEntries(
      list.map((it) => it.entry),
      (it) => told.add(it.span.start),
    );
  return problems.filter((it) => it.code !== DOUBLED_KEY || !told.has(it.span.start));
}

/** Undefined for one in braces, with a tag, with `<<`, or with something else than texts for keys. */
function entriesOfBlock(
  node: MappingNode,
  builder: TreeBuilder,
  text: string,
): readonly WrittenEntry[] | undefined {
  const written = builder.written.get(node);
  if (!written || node.flow || node.tag !== undefined || node.merges.length > 0) return undefined;
  return indentOf(written, text) === undefined ? undefined : written;
}

/** By how many blanks all keys are indented; undefined where they are not alike, or something stands before one on its line. */
export function indentOf(written: readonly WrittenEntry[], text: string): number | undefined {
  let indent: number | undefined;
  for (const { entry } of written) {
    const { key } = entry;
    const own = key.viaAlias ? undefined : blanksBefore(text, key.span.start);
    if (own === undefined || own !== (indent ?? own)) return undefined;
    indent = own;
  }
  return indent;
}

/** How many blanks are between an offset and the start of its line; undefined where something else is. */
function blanksBefore(text: string, offset: number): number | undefined {
  let at = offset;
  while (text[at - 1] === " ") at--;
  return at === 0 || text[at - 1] === "\n" ? offset - at : undefined;
}

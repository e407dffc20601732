import { isTyped } from "../../model/compose/edit/written-text.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import type { Name, Occurrence } from "./name.ts";
import { aKind, givenByOthers, kindTitles, refusalOfText } from "./new-name.ts";
import type { NameTable } from "./table.ts";

/** What is answered where something cannot be done: a sentence for the user. */
export interface Refusal {
  readonly refused: string;
}

/** What a rename at a place would rename. */
export interface Renamable {
  readonly name: Name;
  /** The name in the file that was asked about. */
  readonly span: Span;
}

export type Edits = ReadonlyMap<string, readonly TextEdit[]>;

/** How a place is called in a sentence: file and line. */
export interface Wording {
  describe(occurrence: Occurrence): string;
}

/** What can be renamed at an offset, or why nothing can. Undefined where nothing has a name. */
export function renamableAt(
  table: NameTable,
  file: string,
  offset: number,
  wording: Wording,
): Renamable | Refusal | undefined {
  const found = table.at(file, offset);
  const [first, ...others] = found;
  if (!first) return undefined;
  if (others.length > 0)
    return { refused: `\`${first.name.text}\` is the name of several things here: ${listOf(found)}.` };
  const refused = refusalOf(table, first, wording);
  return refused === undefined ? { name: first.name, span: first.span } : { refused };
}

/** The edits by file that give a name another text, or why there are none. */
export function rename(table: NameTable, { name }: Renamable, text: string): Edits | Refusal {
  const occurrences = table.of(name);
  if (occurrences.some((it) => it.isHost) && !/^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/i.test(text))
    return {
      refused: `\`${text}\` is no name for a host, as which this service is used: it has letters, digits and \`-\`.`,
    };
  const edits = new Map<string, TextEdit[]>();
  if (text === name.text) return edits;
  const refused = refusalOfText(name, text, table);
  if (refused !== undefined) return { refused };
  for (const { file, span, rewrite, isPlain } of occurrences) {
    if (rewrite !== "name") continue;
    const inFile = edits.get(file) ?? [];
    inFile.push({ span, newText: isPlain && needsQuotes(text) ? `"${text}"` : text });
    edits.set(file, inFile);
  }
  return edits;
}

function refusalOf(table: NameTable, at: Occurrence, { describe }: Wording): string | undefined {
  const { name } = at;
  const reserved = givenByOthers(name);
  if (reserved !== undefined) return `${reserved} It cannot be renamed.`;
  if (!table.sources.complete)
    return "There are more Compose files and Dockerfiles around than Plimsoll reads for this, so it might miss some.";
  const occurrences = table.of(name);
  const title = kindTitles[name.kind];
  if (name.kind === "stage" && !table.isDeclared(name))
    return "This stage has a number and no name. Give it one with `AS` behind its FROM.";
  const fixed = [at, ...occurrences].find((it) => typeof it.rewrite === "object");
  if (fixed && typeof fixed.rewrite === "object")
    return `The ${title} \`${name.text}\` cannot be renamed: ${fixed.rewrite.refused} (${describe(fixed)}).`;
  if (at.rewrite === "nothing")
    return `The stage is named by its number here. Rename it where its name stands (${describe(occurrences[0] ?? at)}).`;
  const others = new Map<string, Occurrence[]>();
  for (const file of new Set(occurrences.map((it) => it.file)))
    for (const it of table.inFile(file)) {
      const place = `${file}\n${it.span.start}`;
      others.set(place, [...(others.get(place) ?? []), it]);
    }
  for (const it of occurrences) {
    const shared = others.get(`${it.file}\n${it.span.start}`) ?? [];
    if (shared.length > 1)
      return `The ${title} \`${name.text}\` cannot be renamed alone: \`${it.name.text}\` means several things (${describe(it)}): ${listOf(shared)}.`;
  }
  return undefined;
}

function listOf(occurrences: readonly Occurrence[]): string {
  return [...new Set(occurrences.map(({ name }) => aKind(name.kind)))].join(", ");
}

/** Plain, YAML would take these for something else than a text; `yes` and `no` some readers only. */
function needsQuotes(text: string): boolean {
  return isTyped(text) || /^[-.]+$|^---/.test(text);
}

import type { MappingShape } from "../../../model/compose/specification/shape.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { literally } from "../../../text/literally.ts";
import { valueIn } from "../../../text/value-in.ts";
import type { Proposal } from "./asked.ts";
import { composeCursorIn } from "./cursor.ts";
import { blockLine, indentOf, isBare } from "./line.ts";

const ANCHOR = /(?<=[\s[{,]|^)&([^\s,[\]{}]+)/gm;

/**
 * Names of anchors behind `*`, each with the key that it stands at; only those above the cursor can be used. Where the keys of a mapping are
 * known, those are left out that bring others.
 */
export function aliases(
  file: ComposeFile,
  offset: number,
  mapping: MappingShape | undefined,
): readonly Proposal[] {
  const { text, lines } = file;
  const found: Proposal[] = [];
  for (const { 1: name = "", index } of text.slice(0, offset).matchAll(ANCHOR)) {
    const line = lines.lineAt(index);
    const written = text.slice(lines.startOf(line), lines.endOf(line));
    const key = /^[\s-]*([^\s:]+):/.exec(written)?.[1];
    if (/^\s*#/.test(written) || !fits(keysBelow(file, line), mapping)) continue;
    const place = `line ${line + 1}`;
    found.push({
      label: `*${name}`,
      yaml: `*${name}`,
      kind: "resource",
      detail: key === undefined ? place : `${key}, ${place}`,
    });
  }
  return found;
}

/** Keys of the block below a line. */
function keysBelow(file: ComposeFile, line: number): readonly string[] {
  const owner = indentOf(file, line);
  const keys: string[] = [];
  let column: number | undefined;
  for (let at = line + 1; at < file.lines.starts.length; at++) {
    if (isBare(file, at)) continue;
    const indent = indentOf(file, at);
    if (indent <= owner) break;
    column ??= indent;
    const { key } = indent === column ? blockLine(file, at) : { key: undefined };
    if (key !== undefined && key !== "<<") keys.push(key);
  }
  return keys;
}

function fits(keys: readonly string[], mapping: MappingShape | undefined): boolean {
  if (!mapping || mapping.named || mapping.others === "free") return true;
  return keys.every((it) => it.startsWith("x-") || Object.hasOwn(mapping.keys, it));
}

/** Tags by which Compose merges a value differently. */
export const tags: readonly Proposal[] = [
  {
    label: "!reset",
    yaml: "!reset null",
    kind: "keyword",
    documentation: "Takes away what the files before this one say.",
  },
  {
    label: "!override",
    yaml: "!override ",
    kind: "keyword",
    documentation: "Replaces what the files before this one say, in place of a merge.",
  },
];

/**
 * Where a place counts as. What stands in a block of the user's own (`x-…`) counts as what takes it over by its anchor, or else as the
 * key of a service that it is named after.
 */
export function countsAs(file: ComposeFile, path: readonly string[]): readonly string[] {
  const at = path.findLastIndex((it) => it.startsWith("x-"));
  const block = path[at];
  if (block === undefined) return path;
  const inside = path.slice(at + 1);
  const place = placeTaking(file, block) ?? (at === 0 ? ["services", "", ...named(block)] : undefined);
  return place ? [...place, ...inside] : path;
}

function named(block: string): readonly string[] {
  const name = block.slice(2).replaceAll("-", "_");
  const short: Readonly<Record<string, string>> = { env: "environment", depends: "depends_on" };
  const key = valueIn(short, name) ?? name;
  return keysOfService.has(key) ? [key] : [];
}

/** Blocks are mostly called after these; any other is one for a whole service. */
const keysOfService: ReadonlySet<string> = new Set([
  ..."environment logging healthcheck deploy build depends_on labels volumes networks ports".split(" "),
  ..."env_file secrets configs ulimits extra_hosts develop sysctls".split(" "),
]);

/** The place where an alias of the block stands first. */
function placeTaking(file: ComposeFile, block: string): readonly string[] | undefined {
  const { text } = file;
  const start = text.search(new RegExp(`^[ \\t-]*["']?${literally(block)}["']?:[ \\t]*&`, "m"));
  const anchor = start < 0 ? undefined : /&([^\s,[\]{}]+)/.exec(text.slice(start, start + 300))?.[1];
  if (anchor === undefined) return undefined;
  const use = new RegExp(`[\\s\\[,]\\*${literally(anchor)}(?=[\\s,\\]}]|$)`).exec(text);
  const cursor = use && composeCursorIn(file, use.index + 2);
  const path = cursor?.path.filter((it, at, all) => it !== "<<" && !(it === "[]" && all[at - 1] === "<<"));
  return path && !path.some((it) => it.startsWith("x-")) ? path : undefined;
}

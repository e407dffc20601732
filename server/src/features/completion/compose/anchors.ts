import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import type { Proposal } from "./asked.ts";
import { composeCursorIn } from "./cursor.ts";

const ANCHOR = /(?<=[\s[{,]|^)&([^\s,[\]{}]+)/gm;

/** Names of anchors behind `*`, each with the key that it stands at; only those above the cursor can be used. */
export function aliases({ text, lines }: ComposeFile, offset: number): readonly Proposal[] {
  return [...text.slice(0, offset).matchAll(ANCHOR)].map(([, name = ""], at, all) => {
    const line = lines.lineAt(all[at]?.index ?? 0);
    const key = /^[\s-]*([^\s:]+):/.exec(text.slice(lines.startOf(line), lines.endOf(line)))?.[1];
    return {
      label: `*${name}`,
      yaml: `*${name}`,
      kind: "resource",
      detail: key === undefined ? `line ${line + 1}` : `${key}, line ${line + 1}`,
    };
  });
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
  return [...(placeTaking(file, block) ?? ["services", "", ...named(block)]), ...inside];
}

function named(block: string): readonly string[] {
  const name = block.slice(2).replaceAll("-", "_");
  const short: Readonly<Record<string, string>> = { env: "environment", depends: "depends_on" };
  const key = short[name] ?? name;
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

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

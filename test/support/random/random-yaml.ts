import type { Random } from "./random.ts";
import type { Written } from "./random-compose.ts";

/** Writes a tree as people do: lists in a line or below one another, indented or not. `&` in a mapping is its anchor. */
export function yamlText(tree: Written, random: Random): string {
  const indented = random.is(0.6);
  const lines: string[] = [];
  const block = (node: Written, indent: string): void => {
    if (Array.isArray(node)) {
      for (const it of node) {
        if (isLeaf(it)) lines.push(`${indent}- ${it ?? ""}`.trimEnd());
        else {
          const start = lines.length;
          block(it, `${indent}  `);
          lines[start] = `${indent}- ${(lines[start] ?? "").slice(indent.length + 2)}`;
        }
      }
      return;
    }
    for (const [key, it] of Object.entries(node as object) as [string, Written][]) {
      if (key === "&") continue;
      const anchor = isMapping(it) && it["&"] ? ` &${it["&"]}` : "";
      if (isLeaf(it)) lines.push(`${indent}${key}: ${it ?? ""}`.trimEnd());
      else if (isFlowing(it) && flow(it).length < 70 && random.is(0.4))
        lines.push(`${indent}${key}: ${flow(it)}`);
      else if (Object.keys(it as object).length === 0) lines.push(`${indent}${key}: ${flow(it)}`);
      else {
        lines.push(`${indent}${key}:${anchor}`);
        block(it, Array.isArray(it) && !indented ? indent : `${indent}  `);
      }
    }
  };
  block(tree, "");
  return `${lines.join("\n")}\n`;
}

/** A slip of the keyboard, rather than of the mind. */
export function withTextSlip(text: string, random: Random): string {
  const lines = text.split("\n");
  const at = random.below(lines.length - 1);
  const line = lines[at] ?? "";
  const changed = random.of([
    () => [],
    () => [line, line],
    () => [`  ${line}`],
    () => [` ${line}`],
    () => [line.replace(/^ {2}/, "")],
    () => [line.replace(":", "")],
    () => [line.replace(": ", ":")],
    () => [line.replace(/["'\]}](?=\s*$)/, "")],
    () => [line.replace(/^ +/, "\t")],
    () => [line.replace("- ", "-")],
  ])();
  return [...lines.slice(0, at), ...changed, ...lines.slice(at + 1)].join("\n");
}

function isLeaf(node: Written): node is string | null {
  return node === null || typeof node === "string";
}

function isMapping(node: Written): node is { readonly [key: string]: Written } {
  return !isLeaf(node) && !Array.isArray(node);
}

/** A plain scalar with a bracket or a comma would end in a line. */
function isFlowing(node: Written): boolean {
  if (isLeaf(node)) return node === null || /^(?:"[^"]*"|[\w./-][^,[\]{}#"]*)$/.test(node);
  return Object.entries(node).every(([key, it]) => key !== "<<" && key !== "&" && isFlowing(it));
}

function flow(node: Written): string {
  if (isLeaf(node)) return node ?? "";
  if (Array.isArray(node)) return `[${node.map(flow).join(", ")}]`;
  return `{ ${Object.entries(node)
    .map(([key, it]) => `${key}: ${flow(it)}`)
    .join(", ")} }`;
}

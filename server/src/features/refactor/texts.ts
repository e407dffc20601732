import { isTyped } from "../../model/compose/edit/written-text.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";

/**
 * The texts of a mapping that has none but these keys, each a text without variables, written here. Undefined for anything
 * else.
 */
export function plainTexts(
  node: YamlNode | undefined,
  keys: readonly string[],
): Readonly<Partial<Record<string, string>>> | undefined {
  if (node?.kind !== "mapping" || node.viaAlias || node.merges.length > 0) return undefined;
  const texts: Record<string, string> = {};
  for (const { key, value } of node.entries) {
    const isPlain = value?.kind === "scalar" && value.type !== "null" && !value.value.includes("$");
    if (!keys.includes(key.value) || !isPlain || value.tag !== undefined) return undefined;
    texts[key.value] = value.value;
  }
  return texts;
}

/**
 * The text that Compose makes of a value in a mapping of variables: of a number the shortest one (Go's `%v`), so that of others
 * than those which are written so it is not told here. Dates, octal numbers and the like are not either.
 */
export function textOf({ value, style, type }: ScalarNode): string | undefined {
  if (style !== "plain") return value;
  if (type === "boolean") return /^(?:true|false)$/.test(value) ? value : undefined;
  if (type === "number") return isShortest(value) ? value : undefined;
  return isTyped(value) ? undefined : value;
}

function isShortest(number: string): boolean {
  return /^(?:0|-?[1-9]\d{0,14}|-?(?:0|[1-9]\d{0,8})\.\d{0,3}[1-9])$/.test(number);
}

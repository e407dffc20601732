import { valueAt } from "../../syntax/compose/find.ts";
import { interpolate } from "../../syntax/compose/interpolate.ts";
import type { ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { ComposeProject } from "./project.ts";

/** A scalar whose text is known to the last character, whatever the shell sets. */
export interface KnownScalar {
  readonly node: ScalarNode;
  readonly value: string;
}

/** The scalar at the end of a way of keys; undefined where there is none, or a variable decides. */
export function knownAt(
  { variables }: Pick<ComposeProject, "variables">,
  from: YamlNode | undefined,
  ...keys: readonly string[]
): KnownScalar | undefined {
  let node = from;
  for (const key of keys) node = valueAt(node, key);
  if (node?.kind !== "scalar") return undefined;
  const { text, known } = interpolate(node.value, variables, "open");
  return known ? { node, value: text } : undefined;
}

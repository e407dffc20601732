import { valueAt } from "../../../syntax/compose/find.ts";
import { type Defaults, interpolate, type VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ScalarNode, YamlNode } from "../../../syntax/compose/tree.ts";
import type { ComposeProject } from "../project.ts";

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
  return scalarText(variables, from, keys, "open");
}

/** The same with the defaults of variables, which count where nobody sets them. */
export function usuallyAt(
  { variables }: Pick<ComposeProject, "variables">,
  from: YamlNode | undefined,
  ...keys: readonly string[]
): KnownScalar | undefined {
  return scalarText(variables, from, keys, "taken");
}

function scalarText(
  variables: VariableLookup,
  from: YamlNode | undefined,
  keys: readonly string[],
  defaults: Defaults,
): KnownScalar | undefined {
  let node = from;
  for (const key of keys) node = valueAt(node, key);
  if (node?.kind !== "scalar") return undefined;
  const { text, known } = interpolate(node.value, variables, defaults);
  return known ? { node, value: text } : undefined;
}

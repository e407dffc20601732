import { itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import { interpolate, type VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile, YamlNode } from "../../../syntax/compose/tree.ts";

/** One entry of `include`: files that are merged and then taken in. Paths as written, variables replaced. */
export interface Include {
  readonly paths: readonly string[];
  /** Where its variables come from; empty where it is the `.env` beside it. */
  readonly envFiles: readonly string[];
  /** From where the paths of the files count; undefined where it is the folder of the first of them. */
  readonly directory: string | undefined;
}

/** `include` of a file (compose-spec 14-include.md, read 2026-11); paths that are not known are left out. */
export function includesOf({ root }: ComposeFile, variables: VariableLookup): readonly Include[] {
  const texts = (node: YamlNode | undefined): readonly string[] => {
    const nodes = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
    return nodes.flatMap((it) => {
      if (it.kind !== "scalar") return [];
      const { text, known } = interpolate(it.value, variables);
      return known && text ? [text] : [];
    });
  };
  return itemsOf(valueAt(root, "include")).map((item) => ({
    paths: texts(item.kind === "mapping" ? valueAt(item, "path") : item),
    envFiles: item.kind === "mapping" ? texts(valueAt(item, "env_file")) : [],
    directory: item.kind === "mapping" ? texts(valueAt(item, "project_directory"))[0] : undefined,
  }));
}

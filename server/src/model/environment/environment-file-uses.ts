import { entriesOf, itemsOf, scalarAt, valueAt } from "../../syntax/compose/find.ts";
import { interpolate, type VariableLookup } from "../../syntax/compose/interpolate.ts";
import type { ComposeFile, ScalarNode, YamlNode } from "../../syntax/compose/tree.ts";
import type { EnvironmentFileUse } from "./environment-model.ts";

/** The environment files that services of a Compose file name; paths as written, with known variables put in. */
export function environmentFileUses(
  file: ComposeFile,
  composeFile: string,
  variables: VariableLookup,
): readonly EnvironmentFileUse[] {
  return entriesOf(valueAt(file.root, "services")).flatMap(({ key, value: service }) =>
    environmentFilesIn(valueAt(service, "env_file")).flatMap(({ node, raw }) => {
      const path = interpolate(node.value, variables);
      if (!path.known) return [];
      const image = valueAt(service, "build") ? undefined : scalarAt(service, "image")?.value;
      const { span } = node;
      const line = file.lines.lineAt(span.start);
      const use = { composeFile, service: key.value, image: nameOf(image), path: path.text, raw, span, line };
      return [use];
    }),
  );
}

/** Environment files that `include` names for the variables of what it includes. */
export function includedEnvironmentFiles({ root }: ComposeFile): readonly string[] {
  return itemsOf(valueAt(root, "include")).flatMap((it) =>
    environmentFilesIn(valueAt(it, "env_file")).map(({ node }) => node.value),
  );
}

/** Where `env_file` names files, and whether they are read as they stand. */
export function environmentFilesIn(
  node: YamlNode | undefined,
): readonly { readonly node: ScalarNode; readonly raw: boolean }[] {
  const items = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return items.flatMap((it) => {
    const path = it.kind === "mapping" ? scalarAt(it, "path") : it;
    if (path?.kind !== "scalar") return [];
    return [{ node: path, raw: it.kind === "mapping" && scalarAt(it, "format")?.value === "raw" }];
  });
}

/** `postgres` of `docker.io/library/postgres:18`; undefined where a variable may be in it. */
function nameOf(image: string | undefined): string | undefined {
  return image
    ?.replace(/^(?:docker\.io\/)?(?:library\/)?/, "")
    .replace(/@.*$/, "")
    .replace(/:[^/]*$/, "");
}

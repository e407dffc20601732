import { entriesOf, scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import type { YamlNode } from "../../../syntax/compose/tree.ts";
import type { Resource } from "../project.ts";
import { keyName, type Reading } from "../reading/reading.ts";

/** The top-level `networks`, `volumes`, `secrets` or `configs` by name. */
export function readResources(
  root: YamlNode | undefined,
  section: string,
  reading: Reading,
): ReadonlyMap<string, Resource> {
  const entries = entriesOf(valueAt(root, section));
  return new Map(
    entries.map(({ key, value, span }) => {
      // The old form is `external: {name: …}`.
      const external = valueAt(value, "external");
      const isExternal =
        external?.kind === "mapping" ||
        (external !== undefined && scalarAt(value, "external")?.value !== "false");
      return [key.value, { name: keyName(key, reading), external: isExternal, span }];
    }),
  );
}

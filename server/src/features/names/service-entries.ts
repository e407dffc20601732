import { notedOnService, type Service } from "../../model/compose/project.ts";
import { entriesOf, valueAt } from "../../syntax/compose/find.ts";
import type { MappingEntry } from "../../syntax/compose/tree.ts";
import type { ComposeSource } from "./sources.ts";

/** The services of a file that have one of these keys. Those that edits only moved are not looked into to tell. */
export function servicesWith(source: ComposeSource, ...keys: readonly string[]): readonly MappingEntry[] {
  const { root, text } = source.file;
  if (!keys.some((it) => text.includes(it))) return [];
  return entriesOf(valueAt(root, "services")).filter((entry) => {
    const service = serviceOf(source, entry);
    return service
      ? keys.some((it) => keysOf(service).has(it))
      : keys.some((it) => valueAt(entry.value, it) !== undefined);
  });
}

/** What is known of a service, where it is the one that stands there and an edit can leave it as it is. */
export function serviceOf(
  { file, services }: ComposeSource,
  { key, value }: MappingEntry,
): Service | undefined {
  const service = file.parts?.services && services?.get(key.value);
  return service?.node && service.node === value ? service : undefined;
}

const keysOf = notedOnService(
  ({ node }): ReadonlySet<string> =>
    new Set(node?.entries.map((it) => it.key.value).filter((it) => valueAt(node, it) !== undefined)),
);

import { entriesOf, itemsOf, scalarAt, valueAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile, YamlNode } from "../../../syntax/compose/tree.ts";

/**
 * Paths of the Compose files that a file includes or extends services of, as written, variables left in
 * (compose-spec 14-include.md and 05-services.md#extends, read 2026-11).
 */
export function otherFilesOf({ root, text }: ComposeFile): readonly string[] {
  const included = itemsOf(valueAt(root, "include")).flatMap((item) =>
    item.kind === "mapping" ? textsOf(valueAt(item, "path")) : textsOf(item),
  );
  return [...included, ...extendedFilesOf({ root, text })];
}

/** Those that it extends services of. */
export function extendedFilesOf({ root, text }: Pick<ComposeFile, "root" | "text">): readonly string[] {
  // Most files have none, and need no look into each service to tell.
  if (!text.includes("extends")) return [];
  return entriesOf(valueAt(root, "services")).flatMap(
    ({ value }) => scalarAt(valueAt(value, "extends"), "file")?.value ?? [],
  );
}

/** Names that services of a file depend on and that none of its services has. */
export function servicesMissingIn(file: ComposeFile): readonly string[] {
  const services = entriesOf(valueAt(file.root, "services"));
  const own = servicesIn(file);
  const needed = services.flatMap(({ value }) => {
    const list = valueAt(value, "depends_on");
    return list?.kind === "mapping" ? entriesOf(list).map((it) => it.key.value) : textsOf(list);
  });
  return needed.filter((it) => !own.has(it));
}

/** Names of the services that the file itself declares. */
export function servicesIn({ root }: ComposeFile): ReadonlySet<string> {
  return new Set(entriesOf(valueAt(root, "services")).map((it) => it.key.value));
}

/** Does a file include another, or has it a service that extends one? */
export function usesOthers({ root, text }: ComposeFile): boolean {
  return (
    valueAt(root, "include") !== undefined ||
    (text.includes("extends") &&
      entriesOf(valueAt(root, "services")).some(({ value }) => valueAt(value, "extends") !== undefined))
  );
}

function textsOf(node: YamlNode | undefined): readonly string[] {
  const nodes = node?.kind === "sequence" ? itemsOf(node) : node ? [node] : [];
  return nodes.flatMap((it) => (it.kind === "scalar" ? it.value : []));
}

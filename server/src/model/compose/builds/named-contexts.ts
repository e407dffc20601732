import { entriesOf, itemsOf, valueAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";

/**
 * Names of the additional contexts that the services of a file are built with, in which a FROM or `--from` looks before it
 * takes a name for an image (compose-spec build.md#additional_contexts, read 2026-11): `name: place` or `- name=place`.
 */
export function namedContextsOf({ root }: ComposeFile): readonly string[] {
  return entriesOf(valueAt(root, "services")).flatMap(({ value }) => {
    const contexts = valueAt(valueAt(value, "build"), "additional_contexts");
    const listed = itemsOf(contexts).flatMap((it) =>
      it.kind === "scalar" ? (it.value.split("=", 1)[0] ?? []) : [],
    );
    return [...listed, ...entriesOf(contexts).map((it) => it.key.value)];
  });
}

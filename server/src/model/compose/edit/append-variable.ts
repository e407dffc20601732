import { valueAt } from "../../../syntax/compose/find.ts";
import type { ComposeFile, MappingNode } from "../../../syntax/compose/tree.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { appendEntry } from "./append-entry.ts";
import { appendItem } from "./append-item.ts";

/** Adds a variable to `environment` of a service, a list or a mapping, which is added where there is none. */
export function appendVariable(
  file: ComposeFile,
  service: MappingNode,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const written = valueAt(service, "environment");
  if (!written)
    return appendEntry(file, service, { key: "environment", value: [{ key: name, value: quoted(value) }] });
  if (written.kind === "sequence")
    return appendItem(file, service, "environment", JSON.stringify(`${name}=${value}`));
  return written.kind === "mapping"
    ? appendEntry(file, written, { key: name, value: quoted(value) })
    : undefined;
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

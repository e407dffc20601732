import { removeEntry } from "../../../model/compose/edit/remove-entry.ts";
import type { ComposeProject, Service } from "../../../model/compose/project.ts";
import { entryAt } from "../../../syntax/compose/find.ts";
import type { Fix } from "../../rule.ts";

/** The fix that removes a key of a service, under this title; none where the key is not written in the file itself. */
export function removeKey(
  key: string,
  title: string,
  { file }: ComposeProject,
  { node }: Service,
): readonly Fix[] {
  const entry = entryAt(node, key);
  const edits = node && entry ? removeEntry(file, node, entry) : undefined;
  return edits ? [{ kind: "unsafe", title, edits }] : [];
}

import type { Placed } from "../../../model/compose/project.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { replace } from "../../../text/edit.ts";
import type { Fix } from "../../rule.ts";

/** Puts another name in the place of one in a Compose file. No fix where it is not written as such, e.g. where a variable gives it. */
export function replaceName(
  { text }: ComposeFile,
  { value, span }: Placed<string>,
  newName: string,
  kind: Fix["kind"],
): readonly Fix[] {
  if (text.slice(span.start, span.end) !== value) return [];
  return [{ kind, title: `Replace ${value} with ${newName}`, edits: [replace(span, newName)] }];
}

import type { ComposeProject, Mount } from "../../../model/compose/project.ts";
import { replace } from "../../../text/edit.ts";
import type { Fix } from "../../rule.ts";

/** Mounts at another path. No fix where the path is not written as such, e.g. where a variable gives it. */
export function mountAt(
  path: string,
  { target }: Mount,
  { file }: ComposeProject,
  kind: Fix["kind"],
): readonly Fix[] {
  const span = target.spanOf(0, target.value.length);
  if (file.text.slice(span.start, span.end) !== target.value) return [];
  return [{ kind, title: `Mount it at ${path}`, edits: [replace(span, path)] }];
}

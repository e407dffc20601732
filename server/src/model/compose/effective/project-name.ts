import { scalarAt } from "../../../syntax/compose/find.ts";
import type { VariableLookup } from "../../../syntax/compose/interpolate.ts";
import type { ComposeFile } from "../../../syntax/compose/tree.ts";
import { interpolatedParts } from "./interpolated.ts";

/**
 * The name of a project: `COMPOSE_PROJECT_NAME`, else the `name` of the last file that has one, else its folder's
 * (compose-go cli/options.go, read 2026-11). `files` are those that are laid over one another.
 */
export function projectName(files: readonly ComposeFile[], folder: string, lookup: VariableLookup): string {
  const written = files.flatMap((it) => scalarAt(it.root, "name")?.value ?? []).at(-1);
  const parts = written === undefined ? undefined : interpolatedParts(written, lookup);
  const name = parts ? parts.map((it) => it.text).join("") : written;
  return normalized(lookup("COMPOSE_PROJECT_NAME") || name || folder);
}

/** Lower case, and only letters, digits, `-` and `_`. */
function normalized(text: string): string {
  const last = text.split(/[\\/]/).filter(Boolean).at(-1) ?? "";
  return last
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

import type { ComposeProject } from "../../../model/compose/project.ts";

/**
 * May a path at which there is nothing be made before it is needed, by a build, a package manager or a generator? Told by its
 * parts, which such programs name so by default.
 */
export function isMadeFirst(path: string): boolean {
  return path.split("/").some((it) => MADE.test(it));
}

const MADE =
  /^(?:dist|build|out|output|target|publish|artifacts?|generated|gen|vendor|node_modules|bazel-.+|\.next|\.output|\.venv)$/;

/** An empty folder is one that is filled later, as that of a submodule which is not fetched yet: git keeps no others. */
export function isFilledLater(folder: string, { list }: ComposeProject["files"]): boolean {
  return list?.(folder)?.length === 0;
}

import { isAbsolute, pathFrom as pathFromFolder } from "../effective/paths.ts";

/** Steps taken from a directory, each relative to the one before or absolute; undefined where the place of the first is not known. */
export function pathFrom(directory: string | undefined, ...steps: readonly string[]): string | undefined {
  let path = directory;
  for (const step of steps)
    if (path !== undefined || isAbsolute(step)) path = pathFromFolder(path ?? "/", step);
  return path;
}

import path from "node:path";

/** The root of the repository, absolute. */
export const root = path.resolve(import.meta.dirname, "../..");

/** What the scripts fetch for themselves: ignored by git, may be deleted at any time. */
export const tools = path.join(root, ".tools");

/** What the build writes. */
export const dist = path.join(root, "dist");

/** A path below the root as a person would type it. */
export function fromRoot(file: string): string {
  return path.relative(root, file) || ".";
}

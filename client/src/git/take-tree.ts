import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { type GitPlace, readGit } from "./run-git.ts";

/** The files of a commit in a folder of their own. */
export interface TakenTree {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Writes all files of a commit into a new folder below `parent`, as a checkout has them. Leaves nothing when it throws. */
export async function takeTree(
  place: GitPlace,
  commit: string,
  parent: string,
  signal: AbortSignal | undefined,
): Promise<TakenTree> {
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(path.join(parent, "plimsoll-revision-"));
  const remove = () => rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  try {
    const folder = path.join(scratch, "tree");
    await mkdir(folder);
    // With an index of its own: a worktree would be entered into the user's repository, and run hooks.
    const options = { signal, index: path.join(scratch, "index") };
    const doing = `taking the files of ${commit.slice(0, 7)}`;
    await readGit(place, doing, ["read-tree", commit], options);
    await readGit(place, doing, ["checkout-index", "--all", "--force", `--prefix=${folder}/`], options);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

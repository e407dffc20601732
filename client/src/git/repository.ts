import { realpath } from "node:fs/promises";
import path from "node:path";
import {
  type Commit,
  commitFormat,
  commitsIn,
  type Reference,
  referenceFormat,
  referencesIn,
} from "./listings.ts";
import { GitError, type GitPlace, gitFailed, readGit, runGit } from "./run-git.ts";
import { type TakenTree, takeTree } from "./take-tree.ts";

/** A git repository around a file. Only git itself is run: no hook, and nothing in the working tree is changed. */
export interface Repository {
  /** Absolute path, links followed. */
  readonly root: string;
  /** A path of the repository as git writes it, from its root, with `/`; undefined for one outside. */
  pathIn(file: string): Promise<string | undefined>;
  /** The last commits that changed a file, newest first. */
  commitsOf(file: string, most: number, signal?: AbortSignal): Promise<readonly Commit[]>;
  /** Branches and tags, those with the newest commits first. */
  references(most: number, signal?: AbortSignal): Promise<readonly Reference[]>;
  /** The commit that anything names which git understands: `main~3`, `v1.2`, `1a2b3c4`. */
  resolve(revision: string, signal?: AbortSignal): Promise<Commit>;
  /** These commits, by their whole ids; those that are not there, or no more, are left out. */
  commits(ids: readonly string[], signal?: AbortSignal): Promise<readonly Commit[]>;
  /** Whether a path, from the root, is there at a commit. */
  has(commit: string, file: string, signal?: AbortSignal): Promise<boolean>;
  /** What is checked out; undefined before the first commit. `paths` are absolute: what of them is not in the commit makes it dirty. */
  head(paths: readonly string[], signal?: AbortSignal): Promise<Head | undefined>;
  /** Writes all files of a commit into a new folder below `parent`, as a checkout has them. Ends with the folder. */
  takeTree(commit: string, parent: string, signal?: AbortSignal): Promise<TakenTree>;
}

/** What is checked out. */
export interface Head {
  readonly id: string;
  readonly isDirty: boolean;
}

/** Finds the repository that a folder is in. `git` is the program. Throws GitError. */
export async function openRepository(git: string, folder: string, signal?: AbortSignal): Promise<Repository> {
  const root = await rootOf({ program: git, folder }, signal);
  const place = { program: git, folder: root };
  return {
    root,
    pathIn: (file) => pathIn(root, file),
    commitsOf: (file, most, signal) => commitsOf(place, file, most, signal),
    references: (most, signal) => references(place, most, signal),
    resolve: (revision, signal) => resolve(place, revision, signal),
    commits: (ids, signal) => commits(place, ids, signal),
    has: async (commit, file, signal) =>
      (await runGit(place, ["cat-file", "-e", `${commit}:${file}`], { signal })).exitCode === 0,
    head: (paths, signal) => head(place, paths, signal),
    takeTree: (commit, parent, signal) => takeTree(place, commit, parent, signal),
  };
}

async function rootOf(place: GitPlace, signal: AbortSignal | undefined): Promise<string> {
  const found = await runGit(place, ["rev-parse", "--show-toplevel"], { signal });
  if (found.exitCode === 0) return realpath(found.printed.replace(/\r?\n$/, ""));
  if (!/not a git repository/i.test(found.errors)) throw gitFailed("opening the repository", found);
  throw new GitError(
    "no-repository",
    `${place.folder} is in no git repository, so it has no other revisions.`,
  );
}

async function pathIn(root: string, file: string): Promise<string | undefined> {
  const inside = path.relative(root, await realpath(file).catch(() => file));
  const isOutside = /^\.\.(?:[\\/]|$)/.test(inside) || path.isAbsolute(inside);
  return isOutside ? undefined : inside.split(path.sep).join("/");
}

async function commitsOf(
  place: GitPlace,
  file: string,
  most: number,
  signal: AbortSignal | undefined,
): Promise<readonly Commit[]> {
  const args = ["log", "-z", `--max-count=${most}`, `--format=${commitFormat}`, "--", file];
  return commitsIn(await readGit(place, "reading the history", args, { signal }));
}

async function references(
  place: GitPlace,
  most: number,
  signal: AbortSignal | undefined,
): Promise<readonly Reference[]> {
  const order = ["--sort=-creatordate", `--count=${most}`, `--format=${referenceFormat}`];
  const args = ["for-each-ref", ...order, "refs/heads", "refs/tags", "refs/remotes"];
  return referencesIn(await readGit(place, "reading branches and tags", args, { signal }));
}

async function resolve(place: GitPlace, revision: string, signal: AbortSignal | undefined): Promise<Commit> {
  const named = revision.trim();
  // What begins with a hyphen would be an option.
  const found = named.startsWith("-")
    ? undefined
    : await runGit(place, ["rev-parse", "--verify", "--quiet", `${named}^{commit}`], { signal });
  if (found?.exitCode !== 0)
    throw new GitError("no-revision", `“${named}” is no commit, branch or tag of ${place.folder}.`);
  const args = ["log", "-z", "--max-count=1", `--format=${commitFormat}`, found.printed.trim()];
  const [commit] = commitsIn(await readGit(place, "reading the commit", args, { signal }));
  if (commit === undefined) throw new GitError("other", `git tells nothing of ${named}.`);
  return commit;
}

async function commits(
  place: GitPlace,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Commit[]> {
  const wanted = ids.filter((it) => /^[0-9a-f]{40,64}$/.test(it));
  // Without any it would tell of what is checked out.
  if (wanted.length === 0) return [];
  const args = ["log", "-z", "--no-walk=unsorted", "--ignore-missing", `--format=${commitFormat}`, ...wanted];
  return commitsIn(await readGit(place, "reading commits", args, { signal }));
}

async function head(
  place: GitPlace,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Head | undefined> {
  const found = await runGit(place, ["rev-parse", "--verify", "--quiet", "HEAD"], { signal });
  if (found.exitCode !== 0) return undefined;
  const all = await Promise.all(paths.map((it) => pathIn(place.folder, it)));
  const inside = all.filter((it) => it !== undefined);
  const status = ["status", "--porcelain", "--", ...inside.map(literal)];
  const changed = inside.length === 0 ? "" : await readGit(place, "looking for changes", status, { signal });
  return { id: found.printed.trim(), isDirty: changed.trim() !== "" };
}

/** No path of the user's is a pattern. */
function literal(file: string): string {
  return `:(top,literal)${file}`;
}

import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { type Ended, runProgram } from "../programs.ts";
import {
  type Commit,
  commitFormat,
  commitsIn,
  type Reference,
  referenceFormat,
  referencesIn,
} from "./listings.ts";

/** Why a revision cannot be had, in a sentence for the user. */
export class GitError extends Error {
  readonly kind: "no-git" | "no-repository" | "no-revision" | "no-file" | "cancelled" | "other";
  constructor(kind: GitError["kind"], message: string) {
    super(message);
    this.name = "GitError";
    this.kind = kind;
  }
}

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
  head(
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ readonly id: string; readonly isDirty: boolean } | undefined>;
  /** Writes all files of a commit into a new folder below `parent`, as a checkout has them. Ends with the folder. */
  takeTree(commit: string, parent: string, signal?: AbortSignal): Promise<TakenTree>;
}

export interface TakenTree {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Finds the repository that a folder is in. `git` is the program. Throws GitError. */
export async function openRepository(git: string, folder: string, signal?: AbortSignal): Promise<Repository> {
  const inFolder = await runGit(git, folder, ["rev-parse", "--show-toplevel"], signal);
  if (inFolder.exitCode !== 0) {
    if (/not a git repository/i.test(inFolder.errors))
      throw new GitError("no-repository", `${folder} is in no git repository, so it has no other revisions.`);
    throw failed("opening the repository", inFolder);
  }
  const root = await realpath(inFolder.printed.replace(/\r?\n$/, ""));
  const run = async (doing: string, args: readonly string[], signal?: AbortSignal, index?: string) => {
    const ended = await runGit(git, root, args, signal, index);
    if (ended.exitCode !== 0) throw failed(doing, ended);
    return ended.printed;
  };
  const pathIn = async (file: string) => {
    const inside = path.relative(root, await realpath(file).catch(() => file));
    return /^\.\.(?:[\\/]|$)/.test(inside) || path.isAbsolute(inside)
      ? undefined
      : inside.split(path.sep).join("/");
  };

  return {
    root,
    pathIn,
    commitsOf: async (file, most, signal) =>
      commitsIn(
        await run(
          "reading the history",
          ["log", "-z", `--max-count=${most}`, `--format=${commitFormat}`, "--", file],
          signal,
        ),
      ),
    references: async (most, signal) =>
      referencesIn(
        await run(
          "reading branches and tags",
          [
            "for-each-ref",
            "--sort=-creatordate",
            `--count=${most}`,
            `--format=${referenceFormat}`,
            ...["refs/heads", "refs/tags", "refs/remotes"],
          ],
          signal,
        ),
      ),
    async resolve(revision, signal) {
      const named = revision.trim();
      // What begins with a hyphen would be an option.
      const found = named.startsWith("-")
        ? undefined
        : await runGit(git, root, ["rev-parse", "--verify", "--quiet", `${named}^{commit}`], signal);
      if (found?.exitCode !== 0)
        throw new GitError("no-revision", `“${named}” is no commit, branch or tag of ${root}.`);
      const told = await run(
        "reading the commit",
        ["log", "-z", "--max-count=1", `--format=${commitFormat}`, found.printed.trim()],
        signal,
      );
      const [commit] = commitsIn(told);
      if (commit === undefined) throw new GitError("other", `git tells nothing of ${named}.`);
      return commit;
    },
    async commits(ids, signal) {
      const wanted = ids.filter((it) => /^[0-9a-f]{40,64}$/.test(it));
      // Without any it would tell of what is checked out.
      if (wanted.length === 0) return [];
      const args = [
        "log",
        "-z",
        "--no-walk=unsorted",
        "--ignore-missing",
        `--format=${commitFormat}`,
        ...wanted,
      ];
      return commitsIn(await run("reading commits", args, signal));
    },
    has: async (commit, file, signal) =>
      (await runGit(git, root, ["cat-file", "-e", `${commit}:${file}`], signal)).exitCode === 0,
    async head(paths, signal) {
      const found = await runGit(git, root, ["rev-parse", "--verify", "--quiet", "HEAD"], signal);
      if (found.exitCode !== 0) return undefined;
      const inside = (await Promise.all(paths.map(pathIn))).filter((it) => it !== undefined);
      const status = ["status", "--porcelain", "--", ...inside.map(literal)];
      const changed = inside.length === 0 ? "" : await run("looking for changes", status, signal);
      return { id: found.printed.trim(), isDirty: changed.trim() !== "" };
    },
    async takeTree(commit, parent, signal) {
      await mkdir(parent, { recursive: true });
      const scratch = await mkdtemp(path.join(parent, "plimsoll-revision-"));
      const remove = () => rm(scratch, { recursive: true, force: true, maxRetries: 3 });
      try {
        const folder = path.join(scratch, "tree");
        await mkdir(folder);
        // With an index of its own: a worktree would be entered into the user's repository, and run hooks.
        const index = path.join(scratch, "index");
        const doing = `taking the files of ${commit.slice(0, 7)}`;
        await run(doing, ["read-tree", commit], signal, index);
        await run(doing, ["checkout-index", "--all", "--force", `--prefix=${folder}/`], signal, index);
        return { folder, remove };
      } catch (error) {
        await remove();
        throw error;
      }
    },
  };
}

/** No path of the user's is a pattern. */
function literal(file: string): string {
  return `:(top,literal)${file}`;
}

async function runGit(
  git: string,
  folder: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  index?: string,
): Promise<Ended> {
  const ended = await runProgram(
    git,
    ["--no-optional-locks", "-c", "core.quotePath=false", "-C", folder, ...args],
    {
      // Messages are looked at, and nobody is there to type a password.
      environment: {
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        ...(index !== undefined && { GIT_INDEX_FILE: index }),
      },
      ...(signal && { signal }),
    },
  );
  if (ended === undefined)
    throw new GitError(
      "no-git",
      `The program “${git}” is not there. Install git, or name it in the setting git.path.`,
    );
  if (signal?.aborted) throw new GitError("cancelled", "Cancelled.");
  return ended;
}

function failed(doing: string, { errors, exitCode }: Ended): GitError {
  const said = errors
    .split("\n")
    .map((it) => it.trim())
    .find((it) => it !== "" && !/^(?:hint|warning):/.test(it));
  const why = said?.replace(/^(?:fatal|error): /, "") ?? `it ended with ${exitCode ?? "a signal"}`;
  return new GitError("other", `git failed while ${doing}: ${why}`);
}

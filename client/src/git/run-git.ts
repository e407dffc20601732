import { type Ended, runProgram } from "../programs.ts";

/** Why a revision cannot be had, in a sentence for the user. */
export class GitError extends Error {
  readonly kind: "no-git" | "no-repository" | "no-revision" | "no-file" | "cancelled" | "other";
  constructor(kind: GitError["kind"], message: string) {
    super(message);
    this.name = "GitError";
    this.kind = kind;
  }
}

/** Which git is run, and where. */
export interface GitPlace {
  readonly program: string;
  /** Absolute path. */
  readonly folder: string;
}

export interface GitOptions {
  readonly signal?: AbortSignal | undefined;
  /** The file of an index other than the repository's own. */
  readonly index?: string | undefined;
}

/** Runs git and ends with what it said, also where it failed. Throws GitError when it is not there or was cancelled. */
export async function runGit(
  { program, folder }: GitPlace,
  args: readonly string[],
  { signal, index }: GitOptions = {},
): Promise<Ended> {
  const ended = await runProgram(
    program,
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
      `The program “${program}” is not there. Install git, or name it in the setting git.path.`,
    );
  if (signal?.aborted) throw new GitError("cancelled", "Cancelled.");
  return ended;
}

/** Runs git and ends with what it printed. `doing` says what failed when it did, as in “git failed while …”. Throws GitError. */
export async function readGit(
  place: GitPlace,
  doing: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const ended = await runGit(place, args, options);
  if (ended.exitCode !== 0) throw gitFailed(doing, ended);
  return ended.printed;
}

/** The first thing that git says is wrong, as a sentence. */
export function gitFailed(doing: string, { errors, exitCode }: Ended): GitError {
  const said = errors
    .split("\n")
    .map((it) => it.trim())
    .find((it) => it !== "" && !/^(?:hint|warning):/.test(it));
  const why = said?.replace(/^(?:fatal|error): /, "") ?? `it ended with ${exitCode ?? "a signal"}`;
  return new GitError("other", `git failed while ${doing}: ${why}`);
}

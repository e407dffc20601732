import { extensions, type Uri, workspace } from "vscode";
import { openRepository, type Repository } from "../../git/repository.ts";
import type { RecordedCommit } from "../../sizes/history/size-history.ts";

/** What is used of the API of VS Code's own git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { readonly git: { readonly path: string } };
}

/** The git that VS Code uses, else the one that its settings name, else the one on the PATH. */
function gitProgram(): string {
  const git = extensions.getExtension<GitExtension>("vscode.git");
  try {
    if (git?.isActive && git.exports.enabled) return git.exports.getAPI(1).git.path;
  } catch {
    // It found no git; the setting, or the PATH, may name one all the same.
  }
  const named = workspace.getConfiguration("git").get<string | readonly string[] | null>("path");
  return (typeof named === "string" ? named : named?.[0]) || "git";
}

/** The repository that a folder is in. Throws GitError. */
export function repositoryOf(folder: string, signal?: AbortSignal): Promise<Repository> {
  return openRepository(gitProgram(), folder, signal);
}

/** ms; a build does not wait longer for what only stands beside its size. */
const patience = 5_000;

/** What is checked out, and whether what a build takes is changed since. Undefined outside of a repository, or when git does not answer. */
export async function commitNow(dockerfile: Uri, context: string): Promise<RecordedCommit | undefined> {
  const signal = AbortSignal.timeout(patience);
  try {
    const repository = await repositoryOf(context, signal);
    return await repository.head([context, dockerfile.fsPath], signal);
  } catch {
    return undefined;
  }
}

/** The first lines of the messages of commits, by id; those that git does not tell are left out. No git runs in an untrusted workspace. */
export async function commitSubjects(
  folder: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (!workspace.isTrusted || ids.length === 0) return new Map();
  const signal = AbortSignal.timeout(patience);
  try {
    const commits = await (await repositoryOf(folder, signal)).commits(ids, signal);
    return new Map(commits.map((it) => [it.id, it.subject]));
  } catch {
    return new Map();
  }
}

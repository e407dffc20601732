import path from "node:path";
import { l10n, window } from "vscode";
import { repositoryOf } from "../../editor/revisions/git-repository.ts";
import { pickRevision } from "../../editor/revisions/pick-revision.ts";
import type { Engine } from "../../engine/engine.ts";
import { GitError } from "../../git/run-git.ts";
import { buildRevision } from "../builds/build-revision.ts";
import type { Services } from "../command.ts";
import { cancelled, type NotDone } from "../with-engine.ts";

/** Why there is no image of a revision; the user has been told. */
export type NoRevision =
  | { readonly outcome: "build-failed"; readonly message: string }
  | { readonly outcome: "no-revision"; readonly kind: GitError["kind"]; readonly message: string };

/** An image to compare with, and what to call it. */
export interface OtherImage {
  readonly imageId: string;
  readonly label: string;
}

/**
 * The image of a stage at a revision, which the user picks when it is not given. What git cannot do is told to the user, and is the
 * outcome. Throws EngineError.
 */
export async function imageAtRevision(
  services: Services,
  engine: Engine,
  dockerfile: string,
  target: string | undefined,
  revision: string | undefined,
): Promise<OtherImage | NoRevision | NotDone> {
  try {
    const repository = await repositoryOf(path.dirname(dockerfile));
    const inside = (await repository.pathIn(dockerfile)) ?? path.basename(dockerfile);
    const named = revision ?? (await pickRevision(repository, inside));
    if (named === undefined) return cancelled;
    const commit = await repository.resolve(named);
    const built = await buildRevision(services, engine, { repository, commit, dockerfile, target });
    if (built === undefined) return cancelled;
    if (built.outcome === "build-failed") return built;
    if (await repository.has(commit.id, ".gitmodules"))
      void window.showWarningMessage(
        l10n.t("{0} has submodules. Their files are not in the image of that revision.", commit.short),
      );
    return {
      imageId: built.imageId,
      label: `${path.basename(dockerfile)} @ ${labelOf(named, commit.short)}`,
    };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    if (error.kind === "cancelled") return cancelled;
    void window.showErrorMessage(error.message);
    return { outcome: "no-revision", kind: error.kind, message: error.message };
  }
}

/** `main (1a2b3c4)`; a commit is named once. */
function labelOf(named: string, short: string): string {
  return /^[0-9a-f]{7,64}$/.test(named) ? short : `${named} (${short})`;
}

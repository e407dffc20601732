import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { l10n, Uri, window } from "vscode";
import type { BuildEnd } from "../../builds/build-record.ts";
import type { RememberedAnswers } from "../../editor/builds/build-draft.ts";
import { withoutAnswers } from "../../editor/builds/build-memory.ts";
import { type BuildPlan, planBuild } from "../../editor/builds/build-plan.ts";
import { type BuildTally, followBuild, logEvent, showProgress } from "../../editor/builds/build-progress.ts";
import { withNotification } from "../../editor/cancellable.ts";
import { failureText } from "../../editor/failure-text.ts";
import { answersAtRevision } from "../../editor/revisions/revision-answers.ts";
import { stageOf } from "../../editor/stage-of.ts";
import type { Engine } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
import type { Commit } from "../../git/listings.ts";
import type { Repository } from "../../git/repository.ts";
import { GitError } from "../../git/run-git.ts";
import { instructionKey } from "../../shared/instruction-key.ts";
import type { Services } from "../command.ts";

/** A stage of a Dockerfile at another revision of its repository. */
export interface Revision {
  readonly repository: Repository;
  readonly commit: Commit;
  /** Absolute path, as it is now. */
  readonly dockerfile: string;
  /** A stage's name; the final stage when undefined. */
  readonly target: string | undefined;
}

export type RevisionBuild =
  | { readonly outcome: "built"; readonly tag: string; readonly imageId: string }
  | { readonly outcome: "build-failed"; readonly message: string };

/**
 * Builds a Dockerfile as it was at a commit, with all files as they were then, as the last build of it was answered. The files are taken
 * into a temporary folder, which goes with the build. The image has a tag of its own. Throws GitError and EngineError.
 */
export function buildRevision(
  services: Services,
  engine: Engine,
  revision: Revision,
): Thenable<RevisionBuild | undefined> {
  const { commit } = revision;
  return withNotification(
    l10n.t("Building {0}", `${path.basename(revision.dockerfile)} @ ${commit.short}`),
    async (signal, progress) => {
      const before = services.memory.answers(revision.dockerfile, revision.target);
      const context = before?.context ?? path.dirname(revision.dockerfile);
      const paths = await pathsAt(revision, context, signal);
      progress.report({ message: l10n.t("taking the files of {0}", commit.short) });
      const tree = await revision.repository.takeTree(commit.id, tmpdir(), signal);
      try {
        const dockerfile = path.join(tree.folder, paths.dockerfile);
        const kept = await services.revisions.keepDockerfile(
          ...([revision.repository.root, commit.id, paths.dockerfile] as const),
          await readFile(dockerfile, "utf8"),
        );
        const taken = {
          ...{ tree: tree.folder, root: revision.repository.root },
          context: path.join(tree.folder, paths.context),
        };
        const plan = await planOf(services, engine, revision, kept, {
          ...{ dockerfile, context: taken.context },
          answers: before && answersAtRevision(before, taken),
        });
        return plan && (await build(services, engine, revision, plan, kept, signal, progress));
      } finally {
        await tree.remove();
      }
    },
  );
}

interface PathsAt {
  readonly dockerfile: string;
  /** Empty for the root of the repository. */
  readonly context: string;
}

/** Where in the repository the two are. Throws GitError when they are outside of it, or were not there yet. */
async function pathsAt(
  { repository, commit, dockerfile: file }: Revision,
  folder: string,
  signal: AbortSignal,
): Promise<PathsAt> {
  const dockerfile = await repository.pathIn(file);
  const context = await repository.pathIn(folder);
  if (dockerfile === undefined)
    throw new GitError("no-file", l10n.t("{0} is outside of the git repository {1}.", file, repository.root));
  if (context === undefined)
    throw new GitError(
      "no-file",
      l10n.t("The build context {0} is outside of the git repository {1}.", folder, repository.root),
    );
  for (const it of [dockerfile, context])
    if (it !== "" && !(await repository.has(commit.id, it, signal)))
      throw new GitError(
        "no-file",
        l10n.t("There is no {0} at {1} ({2}).", it, commit.short, commit.subject),
      );
  return { dockerfile, context };
}

interface Taken {
  readonly dockerfile: string;
  readonly context: string;
  readonly answers: RememberedAnswers | undefined;
}

async function planOf(
  { memory, language }: Services,
  engine: Engine,
  { target, commit, dockerfile: now }: Revision,
  kept: string,
  { dockerfile, context, answers }: Taken,
): Promise<BuildPlan | undefined> {
  const stages = await language.stages(Uri.file(kept));
  if (target !== undefined && stages !== undefined && stageOf(stages, target) === undefined)
    throw new GitError(
      "no-file",
      l10n.t("There is no stage {0} at {1} ({2}).", target, commit.short, commit.subject),
    );
  const given = JSON.stringify([now, target, answers?.buildArguments, answers?.platform]);
  const tag = `plimsoll-compare:${commit.short}-${instructionKey(given).slice(0, 6)}`;
  return planBuild(
    Uri.file(dockerfile),
    stages,
    { ...withoutAnswers(memory), answers: () => answers },
    { context, tag, builder: null, ...(target !== undefined && { target }) },
    () => engine.builders(),
  );
}

async function build(
  services: Services,
  engine: Engine,
  { commit, dockerfile, target }: Revision,
  { tag, request }: BuildPlan,
  kept: string,
  stop: AbortSignal,
  progress: Parameters<typeof showProgress>[1],
): Promise<RevisionBuild> {
  const { builds, buildLogs, memory } = services;
  const building = builds.begin({
    ...{ tag, dockerfile: kept, target, context: request.context },
    repeat: { dockerfile, target, revision: commit.id },
    repeatWith: "plimsoll.compareWithRevision",
  });
  const { id } = building.record;
  const log = buildLogs.start(id, tag);
  log.line(l10n.t("Building {0} from {1} ({2})", tag, commit.short, commit.subject), "title");
  const show = showProgress(building.record, progress);
  let end: BuildEnd = { state: "cancelled" };
  try {
    const signal = AbortSignal.any([building.signal, stop]);
    const { imageId }: BuildTally = await followBuild(engine.build(request, signal), (event) => {
      building.take(event);
      logEvent(log, event);
      show(event);
    });
    end = { state: "built", imageId, before: undefined };
    // One that is built from the working tree too keeps its own lines.
    if (!memory.built().some((it) => it.imageId === imageId))
      await memory.rememberBuilt({ imageId, tag, dockerfile: kept, target });
    // In use, or gone already: it is not in the way.
    for (const it of await services.revisions.remember({ tag, dockerfile: kept }))
      await engine.store.remove(it.tag).catch(() => undefined);
    services.images.refresh();
    return { outcome: "built", tag, imageId };
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.kind === "cancelled") log.line(l10n.t("Cancelled."), "failure");
    else {
      const message = error instanceof Error ? error.message : String(error);
      end = { state: "failed", message };
      log.line(message, "failure");
    }
    if (failure?.kind !== "build-failed") throw error;
    const message = l10n.t(
      "{0} could not be built: {1}",
      `${path.basename(dockerfile)} @ ${commit.short}`,
      failureText(failure.message),
    );
    const showLog = l10n.t("Show Log");
    void window.showErrorMessage(message, showLog).then((answer) => answer === showLog && buildLogs.show(id));
    return { outcome: "build-failed", message };
  } finally {
    building.finish(end);
    buildLogs.end(id);
  }
}

import { l10n, type Uri, workspace } from "vscode";
import type { BuildRequest } from "../../engine/build/build-types.ts";
import type { Builder } from "../../engine/buildx/buildx.ts";
import { buildxBuilder } from "../../settings.ts";
import type { StageInfo, StagesResult } from "../../shared/server-messages.ts";
import { confirmSheet } from "../sheet.ts";
import { stageOf } from "../stage-of.ts";
import { type BuildAnswers, type BuildDraft, draftFor, rememberedOf, requestOf } from "./build-draft.ts";
import type { BuildMemory } from "./build-memory.ts";
import { buildSheetLines } from "./build-sheet.ts";
import { askTypedSecret, suggestedSsh } from "./secret-sources.ts";

export interface BuildPlan {
  readonly file: Uri;
  readonly stages: StagesResult | undefined;
  readonly tag: string;
  readonly request: BuildRequest;
}

/**
 * Fills in what `answers` leaves open: from the last build of the same stage, else with what one would expect. Asks on
 * one sheet unless the tag is given; values of secrets that are typed are asked for at last. Undefined when the user leaves.
 */
export async function planBuild(
  file: Uri,
  stages: StagesResult | undefined,
  memory: BuildMemory,
  answers: BuildAnswers,
  builders: () => Promise<readonly Builder[]>,
): Promise<BuildPlan | undefined> {
  const key = answers.service === undefined ? file.fsPath : `${file.fsPath}@${answers.service}`;
  const draftOf = (target: string | undefined, given: BuildAnswers) =>
    draftFor(file.fsPath, target, given, memory.answers(key, target), buildxBuilder(file));
  const draft = draftOf(answers.target, answers);
  if (answers.tag === undefined || answers.confirm === true) {
    // On the sheet one sees that the agent is handed on; without it nothing is handed on that nobody asked for.
    draft.ssh = { ...suggestedSsh(stageOf(stages, draft.target)?.ssh ?? []), ...draft.ssh };
    const confirmed = await confirmSheet(
      l10n.t("Build Image from {0}", answers.service ?? workspace.asRelativePath(file)),
      () => startOf(draft, stageOf(stages, draft.target), answers.notes ?? []),
      () => buildSheetLines({ file, stages, draft, builders, draftOf: (target) => draftOf(target, {}) }),
    );
    if (!confirmed) return undefined;
  }
  await memory.rememberAnswers(key, draft.target, rememberedOf(draft));
  for (const [id, from] of Object.entries(draft.secrets)) {
    if (from.kind !== "ask") continue;
    const typed = await askTypedSecret(id);
    if (typed === undefined) return undefined;
    draft.secrets[id] = typed;
  }
  return { file, stages, tag: draft.tag, request: requestOf(file.fsPath, draft, answers.dockerfileText) };
}

function startOf(
  draft: BuildDraft,
  stage: StageInfo | undefined,
  notes: readonly string[],
): { readonly icon: string; readonly label: string; readonly detail?: string } {
  const missing = (stage?.secrets ?? []).filter((it) => it.required && draft.secrets[it.id] === undefined);
  const detail = [
    ...missing.map((it) => l10n.t("The secret {0} is needed and not given.", it.id)),
    ...notes,
  ].join(" ");
  const label =
    draft.builder?.output === "push"
      ? l10n.t("Build and push {0}", draft.tag)
      : l10n.t("Build {0}", draft.tag);
  return { icon: "play", label, ...(detail !== "" && { detail }) };
}

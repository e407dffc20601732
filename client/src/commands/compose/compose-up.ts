import { l10n } from "vscode";
import { pickProfiles, pickServices } from "../../editor/compose/compose-picks.ts";
import { type ComposeProject, serviceNames } from "../../editor/compose/compose-project.ts";
import { confirmSheet, type SheetLine } from "../../editor/sheet.ts";
import { composeDetaches } from "../../settings.ts";
import type { Command, Services } from "../command.ts";
import { cancelled } from "../with-engine.ts";
import { type ComposeResult, chosenProfiles, type ServicesAnswers, withCompose } from "./with-compose.ts";

export interface UpAnswers extends ServicesAnswers {
  /** Builds images before; false when not given. */
  readonly build?: boolean;
  /** Leaves the services running and gives the terminal back; as the setting says when not given. */
  readonly detach?: boolean;
  /** Shows the sheet although the file is known. */
  readonly confirm?: boolean;
}

/** A draft of the answers while the sheet is open. */
interface Draft {
  services: readonly string[];
  profiles: readonly string[];
  build: boolean;
  detach: boolean;
}

/** Creates and starts services. From the palette it shows one sheet; elsewhere it asks only for profiles, where the file has some. */
export const composeUp: Command<UpAnswers, ComposeResult> = {
  id: "plimsoll.composeUp",
  run: (services, answers) =>
    withCompose(services, composeUp.id, answers, async ({ project, run }) => {
      const draft = draftFor(services, project, answers);
      const asks = answers.confirm ?? answers.file === undefined;
      if (!(asks ? await confirm(project, draft) : await askProfiles(project, draft, answers)))
        return cancelled;
      const { services: chosen, profiles, build, detach } = draft;
      // What a service needs is started with it, whatever its profiles; they are of the project.
      if (chosen.length === 0 && answers.profiles === undefined)
        await services.composeMemory.rememberProfiles(project.file.fsPath, profiles);
      return run({ kind: "up", services: chosen, build, detach }, profiles);
    }),
};

function draftFor(services: Services, project: ComposeProject, answers: UpAnswers): Draft {
  return {
    services: answers.services ?? [],
    profiles: chosenProfiles(services, project, answers),
    build: answers.build ?? false,
    detach: answers.detach ?? composeDetaches(project.file),
  };
}

/** False when the user leaves. */
async function askProfiles(project: ComposeProject, draft: Draft, answers: UpAnswers): Promise<boolean> {
  // Compose activates the profiles of a service that is named.
  if (answers.profiles !== undefined || draft.services.length > 0 || project.profiles.length === 0)
    return true;
  const picked = await pickProfiles(project, draft.profiles);
  if (picked === undefined) return false;
  draft.profiles = picked;
  return true;
}

function confirm(project: ComposeProject, draft: Draft): Promise<boolean> {
  return confirmSheet(
    l10n.t("Compose Up"),
    () => ({ icon: "play", label: l10n.t("Up {0}", project.label) }),
    () => linesOf(project, draft),
  );
}

function linesOf(project: ComposeProject, draft: Draft): SheetLine[] {
  const { profiles } = project;
  return [
    {
      icon: "layers",
      label: l10n.t("Services"),
      value: draft.services.join(" ") || l10n.t("all {0}", serviceNames(project).length),
      change: async () => {
        draft.services = (await pickServices(project)) ?? draft.services;
      },
    },
    {
      icon: "package",
      label: l10n.t("Build images before"),
      value: draft.build ? l10n.t("yes") : l10n.t("only those that are not there"),
      change: async () => {
        draft.build = !draft.build;
      },
    },
    {
      icon: "terminal",
      label: l10n.t("Terminal"),
      value: draft.detach
        ? l10n.t("given back, services go on")
        : l10n.t("shows what services write; Ctrl+C stops them"),
      change: async () => {
        draft.detach = !draft.detach;
      },
    },
    ...(profiles.length === 0
      ? []
      : [
          {
            icon: "tag",
            label: l10n.t("Profiles"),
            value: draft.profiles.join(" ") || l10n.t("none"),
            change: async () => {
              draft.profiles = (await pickProfiles(project, draft.profiles)) ?? draft.profiles;
            },
          },
        ]),
  ];
}

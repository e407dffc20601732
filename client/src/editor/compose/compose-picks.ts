import { l10n, window } from "vscode";
import { type ComposeProject, serviceNames } from "./compose-project.ts";

/** Services of a project; none means all of them. Undefined when the user leaves. */
export async function pickServices(project: ComposeProject): Promise<readonly string[] | undefined> {
  const names = serviceNames(project);
  if (names.length < 2) return [];
  const picked = await window.showQuickPick(
    names.map((label) => ({ label, picked: true })),
    { title: l10n.t("Which services?"), canPickMany: true },
  );
  if (picked === undefined || picked.length === 0) return undefined;
  return picked.length === names.length ? [] : picked.map((it) => it.label);
}

/** One service of a project: the given one, the only one, or the user picks. Undefined when the user leaves or there is none. */
export async function pickService(
  project: ComposeProject,
  given: string | undefined,
): Promise<string | undefined> {
  if (given !== undefined) return given;
  const names = serviceNames(project);
  if (names.length === 0) {
    void window.showInformationMessage(l10n.t("{0} has no service.", project.label));
    return undefined;
  }
  if (names.length === 1) return names[0];
  return window.showQuickPick(names, { title: l10n.t("Which service?") });
}

/** Some of the profiles of a project, those of the last time chosen already. Undefined when the user leaves. */
export async function pickProfiles(
  { profiles }: ComposeProject,
  last: readonly string[],
): Promise<readonly string[] | undefined> {
  const picked = await window.showQuickPick(
    profiles.map((label) => ({ label, picked: last.includes(label) })),
    {
      title: l10n.t("Which profiles?"),
      placeHolder: l10n.t("Services without a profile are always started."),
      canPickMany: true,
    },
  );
  return picked?.map((it) => it.label);
}

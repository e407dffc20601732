import { l10n, type QuickPickItem, window, workspace } from "vscode";
import type { ImageConfig } from "../../engine/engine.ts";
import { isSecretVariable, looksSecret, shownVariable } from "../../shared/secrets.ts";
import type { RunDraft } from "./run-memory.ts";

/** One variable at a time, so that a secret one can be typed unseen. */
export async function askEnvironment(config: ImageConfig, draft: RunDraft): Promise<void> {
  for (;;) {
    const given = new Map(draft.environment.map((it) => [it.split("=")[0] ?? "", it]));
    const preset = config.environment.filter((it) => !given.has(it.split("=")[0] ?? ""));
    const item = (variable: string, description: string) => ({
      label: shownVariable(variable),
      description,
      variable,
    });
    const add = { label: `$(add) ${l10n.t("Add a variable")}`, description: "", variable: undefined };
    const picked = await window.showQuickPick<QuickPickItem & { variable: string | undefined }>(
      [
        add,
        ...draft.environment.map((it) => item(it, "")),
        ...preset.map((it) => item(it, l10n.t("of the image"))),
      ],
      { title: l10n.t("Environment"), placeHolder: l10n.t("Pick one to change it; Escape goes back") },
    );
    if (picked === undefined) return;
    const name = picked.variable?.split("=")[0] ?? (await askName());
    if (name === undefined) continue;
    const old = picked.variable?.slice(name.length + 1) ?? "";
    const isSecret = looksSecret(name) || isSecretVariable(`${name}=${old}`);
    const value = await window.showInputBox({
      title: name,
      // A secret is never shown, not even as dots that could be revealed.
      value: isSecret ? "" : old,
      password: isSecret,
      ...(isSecret && { prompt: l10n.t("It is used for this run, and not kept.") }),
      placeHolder: given.has(name) ? l10n.t("Leave it empty to take it away") : "",
    });
    if (value === undefined) continue;
    if (value === "" && given.has(name)) given.delete(name);
    else given.set(name, `${name}=${value}`);
    draft.environment = [...given.values()];
  }
}

function askName(): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Name of the variable"),
    validateInput: (it) => (/^[A-Za-z_]\w*$/.test(it) ? undefined : l10n.t("For example LOG_LEVEL")),
  });
}

/** Lets the user tick files of the workspace, or take others. */
export async function askEnvironmentFiles(draft: RunDraft): Promise<void> {
  const found = await workspace.findFiles("**/{.env,.env.*,*.env}", "**/node_modules/**", 100);
  const chosen = draft.environmentFiles ?? [];
  const paths = [...new Set([...chosen, ...found.map((it) => it.fsPath).toSorted()])];
  const browse = { label: `$(folder-opened) ${l10n.t("Another file…")}`, file: undefined, picked: false };
  const picked = await window.showQuickPick(
    [
      ...paths.map((file) => ({
        label: workspace.asRelativePath(file),
        file,
        picked: chosen.includes(file),
      })),
      browse,
    ],
    { title: l10n.t("Environment files; a later one goes before an earlier one"), canPickMany: true },
  );
  if (picked === undefined) return;
  const files = picked.flatMap((it) => (it.file === undefined ? [] : [it.file]));
  if (picked.includes(browse)) {
    const more = await window.showOpenDialog({
      title: l10n.t("Environment files"),
      canSelectMany: true,
      ...(workspace.workspaceFolders?.[0] && { defaultUri: workspace.workspaceFolders[0].uri }),
    });
    files.push(...(more ?? []).map((it) => it.fsPath));
  }
  draft.environmentFiles = files;
}

import { l10n, type TextDocument, type Uri, window, workspace } from "vscode";

/**
 * A document that was never saved is in no folder, so nothing can be built or started from it: asks to save it first. Undefined when the user
 * leaves.
 */
export async function saveUntitled({ uri }: TextDocument): Promise<Uri | undefined> {
  const save = l10n.t("Save…");
  const answer = await window.showInformationMessage(
    l10n.t("{0} is not saved yet.", workspace.asRelativePath(uri)),
    { modal: true, detail: l10n.t("Its folder says which files belong to it. Save it first.") },
    save,
  );
  return answer === save ? workspace.save(uri) : undefined;
}

/** Saves what is on the screen, so that a program reads that. Where it cannot be saved the user is told, and it is false. */
export async function saveChanges(document: TextDocument): Promise<boolean> {
  if (!document.isDirty || (await document.save())) return true;
  void window.showErrorMessage(
    l10n.t(
      "{0} has unsaved changes and could not be saved, so nothing was done. May it be written?",
      workspace.asRelativePath(document.uri),
    ),
  );
  return false;
}

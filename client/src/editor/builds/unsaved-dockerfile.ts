import { l10n, type Uri, window, workspace } from "vscode";
import { unsavedChoice } from "../../settings.ts";
import { saveChanges } from "../save-file.ts";

/**
 * What to build of a Dockerfile that has unsaved changes, as the setting says: it is saved, its text is built as it is, or the
 * user is asked. `text` is undefined for what is on disk; the answer is when the user leaves.
 */
export async function settleUnsaved(file: Uri): Promise<{ readonly text: string | undefined } | undefined> {
  const document = workspace.textDocuments.find((it) => it.uri.toString() === file.toString());
  if (!document?.isDirty) return { text: undefined };
  let choice = unsavedChoice(file);
  if (choice === "ask") {
    const save = l10n.t("Save");
    const asIs = l10n.t("Build Without Saving");
    const answer = await window.showInformationMessage(
      l10n.t("{0} has unsaved changes.", workspace.asRelativePath(file)),
      { modal: true, detail: l10n.t("What is in the editor is built in either case.") },
      save,
      asIs,
    );
    if (answer === undefined) return undefined;
    choice = answer === save ? "save" : "use";
  }
  if (choice === "use") return { text: document.getText() };
  return (await saveChanges(document)) ? { text: undefined } : undefined;
}

import path from "node:path";
import { l10n, window } from "vscode";
import { pickComposeFile } from "../../editor/compose/pick-compose-file.ts";
import type { Command } from "../command.ts";

export interface EffectiveAnswers {
  /** A path or a URI; else the file in the active editor, or the user picks. */
  readonly file?: string;
}

export type EffectiveShownResult =
  | { readonly outcome: "shown"; readonly document: string; readonly text: string }
  | { readonly outcome: "not-compose"; readonly message: string }
  | { readonly outcome: "cancelled" };

/**
 * Shows the project of a Compose file, with all that other files add to it, as one file with the place of each value. It needs no engine and
 * no Compose, and follows the files while it is open.
 */
export const showEffectiveCompose: Command<EffectiveAnswers, EffectiveShownResult> = {
  id: "plimsoll.showEffectiveCompose",
  async run({ effectiveDocuments }, answers) {
    const file = await pickComposeFile(answers.file);
    if (file === undefined) return { outcome: "cancelled" };
    const document = await effectiveDocuments.show(file);
    if (document) return { outcome: "shown", document: document.uri.toString(), text: document.getText() };
    const message = l10n.t(
      "{0} cannot be read as a Compose file: save it under a name like compose.yaml, and look whether it is empty.",
      path.basename(file.fsPath),
    );
    void window.showWarningMessage(message);
    return { outcome: "not-compose", message };
  },
};

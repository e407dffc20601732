import { l10n, Range, WorkspaceEdit, window, workspace } from "vscode";
import { uriOf } from "../../editor/pick-dockerfile.ts";
import type { Command } from "../command.ts";

export interface ApplyVariantAnswers {
  readonly dockerfile: string;
  /** What it held when the variant was made. */
  readonly before: string;
  readonly text: string;
  readonly base: string;
}

export type ApplyVariantResult = { readonly outcome: "applied" | "changed-since" };

/** Writes a variant into its Dockerfile, as one change that can be undone. It is left to the user to save it. */
export const applyVariant: Command<ApplyVariantAnswers, ApplyVariantResult> = {
  id: "plimsoll.applyVariant",
  async run(_services, { dockerfile, before, text, base }) {
    const document = await workspace.openTextDocument(uriOf(dockerfile));
    const name = workspace.asRelativePath(document.uri);
    if (document.getText() !== before) {
      void window.showWarningMessage(
        l10n.t("{0} has changed since the bases were tried. Try them again, then apply one.", name),
      );
      return { outcome: "changed-since" };
    }
    const { start, end, newText } = between(before, text);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), newText);
    await workspace.applyEdit(edit);
    await window.showTextDocument(document);
    void window.showInformationMessage(l10n.t("{0} stands on {1} now. Undo takes it back.", name, base));
    return { outcome: "applied" };
  },
};

/** What is between the common beginning and the common end, so that the rest, cursors too, stays as it is. */
function between(before: string, after: string): { start: number; end: number; newText: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, newText: after.slice(start, after.length - same) };
}

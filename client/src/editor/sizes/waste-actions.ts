import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  l10n,
  Position,
  type TextDocument,
  WorkspaceEdit,
} from "vscode";
import { ignoreComment } from "../../sizes/lines/silenced.ts";
import { linesOf, measuredCode } from "./waste-diagnostics.ts";

/** For what only an image shows: a comment that silences it. Where the text shows it too, the language server's own fixes are there. */
export const wasteActions: CodeActionProvider = {
  provideCodeActions: (document, _range, { diagnostics }) =>
    diagnostics.flatMap((it) => {
      const code = measuredCode(it);
      return code === undefined ? [] : [ignore(document, it, code)];
    }),
};

function ignore(document: TextDocument, diagnostic: Diagnostic, code: string): CodeAction {
  const action = new CodeAction(l10n.t("Ignore {0} here", code), CodeActionKind.QuickFix);
  const { line, character, text } = ignoreComment(linesOf(document), diagnostic.range.start.line, code);
  action.edit = new WorkspaceEdit();
  action.edit.insert(document.uri, new Position(line, character), text);
  action.diagnostics = [diagnostic];
  return action;
}

import { CodeAction, CodeActionKind, type CodeActionProvider, l10n } from "vscode";
import type { LanguageServer } from "../../language-server.ts";

/** On the final FROM: to try other images there. */
export function variantActions(language: LanguageServer): CodeActionProvider {
  return {
    async provideCodeActions(document, range, { only }, token) {
      if (document.uri.scheme !== "file" || (only && !only.intersects(kind))) return [];
      const line = document.lineAt(range.start.line).text;
      if (!/^\s*FROM\s/i.test(line)) return [];
      const result = await language.stages(document.uri);
      const final = result?.stages.find((it) => it.isFinal);
      if (final?.line !== range.start.line || token.isCancellationRequested) return [];
      const title = l10n.t("Try other base images…");
      const action = new CodeAction(title, kind);
      const answers = { dockerfile: document.uri.fsPath };
      action.command = { title, command: "plimsoll.tryVariants", arguments: [answers] };
      return [action];
    },
  };
}

const kind = CodeActionKind.RefactorRewrite;
export const variantActionKinds = [kind];

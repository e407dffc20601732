import {
  type CodeAction,
  CodeActionKind,
  commands,
  l10n,
  languages,
  Range,
  type Uri,
  window,
  workspace,
} from "vscode";
import { pickDockerfile, uriOf } from "../editor/pick-dockerfile.ts";
import { ourFiles } from "../language-server.ts";
import type { Command } from "./command.ts";
import { cancelled, type NotDone } from "./with-engine.ts";

export interface FixAllAnswers {
  /** A Dockerfile or Compose file, a path or a URI; the active editor's when absent. */
  readonly file?: string;
}

export type FixAllResult = { readonly outcome: "fixed"; readonly changed: boolean } | NotDone;

const fixAllKind = CodeActionKind.SourceFixAll.append("plimsoll");

/** Applies every fix that keeps what the build does; those that may change it are left to be picked one at a time. */
export const fixAll: Command<FixAllAnswers, FixAllResult> = {
  id: "plimsoll.fixAll",
  async run(_services, answers) {
    const uri = fileOf(answers.file) ?? (await pickDockerfile(undefined));
    if (uri === undefined) return cancelled;
    const document = await workspace.openTextDocument(uri);
    const whole = new Range(0, 0, document.lineCount, 0);
    const actions = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      whole,
      fixAllKind.value,
      1,
    );
    const edit = actions.find((it) => it.kind !== undefined && fixAllKind.contains(it.kind))?.edit;
    if (edit === undefined) {
      void window.showInformationMessage(l10n.t("Nothing here has a safe fix."));
      return { outcome: "fixed", changed: false };
    }
    return { outcome: "fixed", changed: await workspace.applyEdit(edit) };
  },
};

function fileOf(given: string | undefined): Uri | undefined {
  if (given !== undefined) return uriOf(given);
  const active = window.activeTextEditor?.document;
  return active !== undefined && languages.match(ourFiles, active) > 0 ? active.uri : undefined;
}

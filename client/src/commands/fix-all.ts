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
    const before = oursIn(uri);
    const changed = await workspace.applyEdit(edit);
    if (changed) void tellWhatIsLeft(uri, before);
    return { outcome: "fixed", changed };
  },
};

function oursIn(uri: Uri): number {
  return languages.getDiagnostics(uri).filter(({ source }) => source === "plimsoll").length;
}

/** Says how many problems are gone, and how the others are fixed, once the file was looked at again. */
async function tellWhatIsLeft(uri: Uri, before: number): Promise<void> {
  if (!(await looksAgain(uri, before))) return;
  const left = oursIn(uri);
  const fixed = before - left;
  if (fixed <= 0) return;
  if (left === 0) {
    void window.showInformationMessage(
      fixed === 1 ? l10n.t("The problem is fixed.") : l10n.t("All {0} problems are fixed.", fixed),
    );
    return;
  }
  const next = l10n.t("Go to Next Problem");
  const chosen = await window.showInformationMessage(
    l10n.t(
      "{0} of {1} problems fixed. Ctrl+. (⌘.) on one of the others shows what can be done about it.",
      fixed,
      before,
    ),
    next,
  );
  if (chosen === undefined) return;
  await window.showTextDocument(uri);
  await commands.executeCommand("editor.action.marker.next");
}

/** Resolves to whether a file has fewer findings than before, within a time in which one still remembers the command. */
function looksAgain(uri: Uri, before: number): Promise<boolean> {
  if (oursIn(uri) < before) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (came: boolean) => {
      clearTimeout(timeout);
      listening.dispose();
      resolve(came);
    };
    const timeout = setTimeout(() => answer(false), 30_000);
    const listening = languages.onDidChangeDiagnostics(({ uris }) => {
      const isOurs = uris.some((it) => it.toString() === uri.toString());
      // What was measured is told anew as well, before the server has looked again.
      if (isOurs && oursIn(uri) < before) answer(true);
    });
  });
}

function fileOf(given: string | undefined): Uri | undefined {
  if (given !== undefined) return uriOf(given);
  const active = window.activeTextEditor?.document;
  return active !== undefined && languages.match(ourFiles, active) > 0 ? active.uri : undefined;
}

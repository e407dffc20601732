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

/** How many problems of each code a file has. */
type ByCode = ReadonlyMap<string, number>;

function oursIn(uri: Uri): ByCode {
  const found = new Map<string, number>();
  for (const { code, source } of languages.getDiagnostics(uri)) {
    const name = typeof code === "object" ? String(code.value) : String(code);
    if (source === "plimsoll") found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

function count(problems: ByCode): number {
  return [...problems.values()].reduce((sum, it) => sum + it, 0);
}

/** How many of `some` are not among `others`. */
function without(some: ByCode, others: ByCode): number {
  return [...some].reduce((sum, [code, many]) => sum + Math.max(0, many - (others.get(code) ?? 0)), 0);
}

/** Says how many problems are gone, and how the others are fixed, once the file was looked at again. */
async function tellWhatIsLeft(uri: Uri, before: ByCode): Promise<void> {
  if (!(await looksAgain(uri, before))) return;
  const after = oursIn(uri);
  const fixed = without(before, after);
  if (count(after) === 0) {
    void window.showInformationMessage(
      fixed === 1 ? l10n.t("The problem is fixed.") : l10n.t("All {0} problems are fixed.", fixed),
    );
    return;
  }
  // What a mistake hid shows once that is mended.
  const came = without(after, before);
  const done =
    came === 0
      ? l10n.t("{0} of {1} problems fixed.", fixed, count(before))
      : l10n.t("{0} of {1} problems fixed; {2} came to light by it.", fixed, count(before), came);
  const next = l10n.t("Go to Next Problem");
  const chosen = await window.showInformationMessage(
    l10n.t("{0} Ctrl+. (⌘.) on one of the others shows what can be done about it.", done),
    next,
  );
  if (chosen === undefined) return;
  await window.showTextDocument(uri);
  await commands.executeCommand("editor.action.marker.next");
}

/** Resolves to whether problems of a file are gone, within a time in which one still remembers the command. */
function looksAgain(uri: Uri, before: ByCode): Promise<boolean> {
  const hasFewer = () => without(before, oursIn(uri)) > 0;
  if (hasFewer()) return Promise.resolve(true);
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
      if (isOurs && hasFewer()) answer(true);
    });
  });
}

function fileOf(given: string | undefined): Uri | undefined {
  if (given !== undefined) return uriOf(given);
  const active = window.activeTextEditor?.document;
  return active !== undefined && languages.match(ourFiles, active) > 0 ? active.uri : undefined;
}

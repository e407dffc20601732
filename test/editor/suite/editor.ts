import assert from "node:assert/strict";
import * as vscode from "vscode";
import { until } from "../../support/editor/until.ts";

export { until };

/** A file of the open folder, which is a copy of `examples/`. */
export function fileUri(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "a folder is open");
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Writes a file of the open folder. Ends with its URI. */
export async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = fileUri(path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Rule ids of Plimsoll's findings, in order of their places. */
function findings(uri: vscode.Uri): string[] {
  return ours(uri).map((it) => codeOf(it));
}

export function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((it) => /plimsoll/i.test(it.source ?? ""))
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits until exactly these are found. */
export async function untilFindings(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const sorted = (codes: readonly string[]) => [...codes].sort().join(" ");
  let last: string[] = [];
  await until(`the findings ${sorted(expected)}`, () => {
    last = findings(uri);
    return sorted(last) === sorted(expected);
  }).catch((error: Error) => {
    throw new Error(`${error.message}; there are: ${sorted(last)}`);
  });
}

/** Runs a command of ours; `Result` is what it says it resolves to. */
export function run<Result>(command: string, answers: object = {}): Thenable<Result> {
  return vscode.commands.executeCommand<Result>(`plimsoll.${command}`, answers);
}

/** Fails with all that a command said when it did not end as expected. */
export async function ended<Result extends { outcome: string }, Outcome extends Result["outcome"]>(
  result: Thenable<Result>,
  outcome: Outcome,
): Promise<Extract<Result, { outcome: Outcome }>> {
  const it = await result;
  assert.equal(it.outcome, outcome, JSON.stringify(it, undefined, 2));
  return it as Extract<Result, { outcome: Outcome }>;
}

/** `line: title` of each lens, from the top; lines count from 1. */
export async function lenses(uri: vscode.Uri): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
    100,
  );
  return found
    .filter((it) => it.command?.command.startsWith("plimsoll."))
    .sort((a, b) => a.range.start.compareTo(b.range.start))
    .map((it) => `${it.range.start.line + 1}: ${it.command?.title.replace(/^\$\([\w~-]+\)\s/, "")}`);
}

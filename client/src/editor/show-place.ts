import { Uri, type ViewColumn, window, workspace } from "vscode";

/** Opens a file with a line selected, from 0; on the last one when the file has become shorter. In the active group when `column` is absent. */
export async function showPlace(file: Uri, line: number, column?: ViewColumn): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(file.fsPath));
  const { range } = document.lineAt(Math.max(0, Math.min(line, document.lineCount - 1)));
  await window.showTextDocument(document, {
    selection: range,
    ...(column !== undefined && { viewColumn: column }),
  });
}

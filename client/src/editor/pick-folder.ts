import { type Uri, window } from "vscode";

/** Lets the user choose a folder. Undefined when they leave. */
export async function pickFolder(title: string, at: Uri | undefined): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title,
    canSelectFiles: false,
    canSelectFolders: true,
    ...(at && { defaultUri: at }),
  });
  return picked?.[0];
}

import { l10n, Uri, window, workspace } from "vscode";
import { saveUntitled } from "./save-file.ts";

const patterns =
  "**/{Dockerfile,Containerfile,Dockerfile.*,Containerfile.*,*.Dockerfile,*.dockerfile,*.Containerfile}";
/** Where files are none of the user's own. */
export const notThere = "**/{node_modules,vendor,.git}/**";

/**
 * The Dockerfile that is meant: the one given (a path or a URI), else the one in the active editor (saved first where it never
 * was), else the only one of the workspace, else the user picks. Undefined when there is none or the user leaves.
 */
export async function pickDockerfile(given: string | undefined): Promise<Uri | undefined> {
  if (given !== undefined) return uriOf(given);
  const active = window.activeTextEditor?.document;
  if (active !== undefined && active.languageId === "dockerfile") {
    if (active.uri.scheme === "file") return active.uri;
    // Another one is not what is on the screen.
    if (active.isUntitled) return saveUntitled(active);
  }

  const found = await findDockerfiles();
  if (found.length === 0) {
    void window.showInformationMessage(l10n.t("There is no Dockerfile in this workspace."));
    return undefined;
  }
  if (found.length === 1) return found[0];
  const items = found.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  return (await window.showQuickPick(items, { title: l10n.t("Which Dockerfile?") }))?.uri;
}

/** Those of the workspace, in order of their paths; `most` at most. */
export async function findDockerfiles(most?: number): Promise<readonly Uri[]> {
  const found = await workspace.findFiles(patterns, notThere, most);
  return found
    .filter((it) => !it.path.endsWith(".dockerignore"))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Of a path or a URI as text. A drive letter is no scheme. */
export function uriOf(pathOrUri: string): Uri {
  return /^[a-z][\w+.-]+:\//i.test(pathOrUri) ? Uri.parse(pathOrUri, true) : Uri.file(pathOrUri);
}

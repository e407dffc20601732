import { l10n, languages, type Uri, window, workspace } from "vscode";
import { composeFiles } from "../../language-server.ts";
import { notThere, uriOf } from "../pick-dockerfile.ts";
import { saveUntitled } from "../save-file.ts";

const patterns = "**/{compose,compose.*,*docker*compose*}.{yml,yaml}";

/**
 * The Compose file that is meant: the one given (a path or a URI), else the one in the active editor, else the only one of the
 * workspace, else the user picks. Undefined when there is none or the user leaves.
 */
export async function pickComposeFile(given?: string): Promise<Uri | undefined> {
  if (given !== undefined) return uriOf(given);
  const active = window.activeTextEditor?.document;
  if (active?.uri.scheme === "file" && languages.match([...composeFiles], active) > 0) return active.uri;
  if (active?.isUntitled && active.languageId === "dockercompose") return saveUntitled(active);

  const found = await workspace.findFiles(patterns, notThere);
  if (found.length === 0) {
    void window.showInformationMessage(l10n.t("There is no Compose file in this workspace."));
    return undefined;
  }
  if (found.length === 1) return found[0];
  const items = found
    .map((uri) => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (await window.showQuickPick(items, { title: l10n.t("Which Compose file?") }))?.uri;
}

import { homedir } from "node:os";
import { join } from "node:path";
import { commands, l10n, Uri, window, workspace } from "vscode";
import type { Comparison } from "../sizes/comparison/comparison.ts";

const start = "data:image/png;base64,";

/** Asks where a picture that the page drew shall be, and writes it there. */
export async function savePicture(url: string, { images }: Comparison): Promise<void> {
  if (!url.startsWith(start)) return;
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const name = images.map((it) => it.label.replace(/[^\w.-]+/g, "-")).join("-against-");
  const target = await window.showSaveDialog({
    defaultUri: Uri.file(join(folder.fsPath, `${name.slice(0, 100)}.png`)),
    filters: { [l10n.t("Picture")]: ["png"] },
    saveLabel: l10n.t("Save Picture"),
  });
  if (!target) return;
  try {
    await workspace.fs.writeFile(target, Buffer.from(url.slice(start.length), "base64"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(l10n.t("The picture could not be saved: {0}", why));
    return;
  }
  await commands.executeCommand("vscode.open", target);
}

import { commands, type Disposable, Uri, ViewColumn, window } from "vscode";
import { createVirtualTexts } from "../virtual-texts.ts";

const scheme = "plimsoll-image";

/** A file of an image as text. */
export interface ImageFileText {
  /** What the image is called; the tab says it. */
  readonly label: string;
  /** Absolute, within the image. By its ending VS Code tells the language. */
  readonly path: string;
  /** Tells files of one path in images of one name apart: an id, or a digest. */
  readonly id: string;
  readonly text: string;
}

/** Files of images, as documents that cannot be written. */
export interface ImageFileDocuments extends Disposable {
  show(file: ImageFileText): Promise<Uri>;
  /** In VS Code's diff: `older` on the left. */
  diff(older: ImageFileText, newer: ImageFileText): Promise<readonly [Uri, Uri]>;
}

export function createImageFileDocuments(): ImageFileDocuments {
  const texts = createVirtualTexts(scheme);
  const put = async ({ label, path, id, text }: ImageFileText) =>
    // A slash in an image's name is no folder.
    (await texts.put(Uri.from({ scheme, path: `/${label.replaceAll("/", "∕")}${path}`, query: id }), text))
      .uri;
  return {
    async show(file) {
      const uri = await put(file);
      await window.showTextDocument(uri, { viewColumn: ViewColumn.Beside, preview: true });
      return uri;
    },
    async diff(older, newer) {
      const [left, right] = [await put(older), await put(newer)];
      const name = newer.path.slice(newer.path.lastIndexOf("/") + 1);
      const title = `${name}: ${older.label} ↔ ${newer.label}`;
      await commands.executeCommand("vscode.diff", left, right, title, { viewColumn: ViewColumn.Beside });
      return [left, right];
    },
    dispose: texts.dispose,
  };
}

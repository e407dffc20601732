import { type Disposable, Uri, ViewColumn, window } from "vscode";
import { createVirtualTexts } from "./virtual-texts.ts";

/** Documents that are shown and cannot be edited. */
export interface ReadOnlyDocuments extends Disposable {
  /** `name` is the tab's title and says by its ending which language it is. The same name shows the new text in the same tab. */
  show(name: string, text: string): Promise<void>;
}

const scheme = "plimsoll-text";

export function createReadOnlyDocuments(): ReadOnlyDocuments {
  const texts = createVirtualTexts(scheme);
  return {
    async show(name, text) {
      const document = await texts.put(Uri.from({ scheme, path: `/${name}` }), text);
      await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: false });
    },
    dispose: texts.dispose,
  };
}

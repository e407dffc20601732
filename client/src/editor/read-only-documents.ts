import { type Disposable, EventEmitter, Uri, ViewColumn, window, workspace } from "vscode";

/** Documents that are shown and cannot be edited. */
export interface ReadOnlyDocuments extends Disposable {
  /** `name` is the tab's title and says by its ending which language it is. The same name shows the new text in the same tab. */
  show(name: string, text: string): Promise<void>;
}

const scheme = "plimsoll-text";

export function createReadOnlyDocuments(): ReadOnlyDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? "",
  });
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.path);
  });
  return {
    async show(name, text) {
      const uri = Uri.from({ scheme, path: `/${name}` });
      texts.set(uri.path, text);
      changed.fire(uri);
      const document = await workspace.openTextDocument(uri);
      await window.showTextDocument(document, { viewColumn: ViewColumn.Active, preview: false });
    },
    dispose() {
      provider.dispose();
      closing.dispose();
      changed.dispose();
    },
  };
}

import { type Disposable, EventEmitter, type TextDocument, type Uri, workspace } from "vscode";

/** Texts of documents that cannot be written and are kept nowhere: gone when they are closed. */
export interface VirtualTexts extends Disposable {
  /** Opens the document with this text; one that is open is brought up to date. */
  put(uri: Uri, text: string): Promise<TextDocument>;
}

/** Of one scheme. */
export function createVirtualTexts(scheme: string): VirtualTexts {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  });
  const closed = workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString()));
  return {
    async put(uri, text) {
      texts.set(uri.toString(), text);
      changed.fire(uri);
      return workspace.openTextDocument(uri);
    },
    dispose() {
      for (const it of [provider, closed, changed]) it.dispose();
    },
  };
}

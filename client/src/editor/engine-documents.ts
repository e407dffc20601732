import { EventEmitter, Uri, window, workspace } from "vscode";
import { withoutSecrets } from "./secret-values.ts";

const scheme = "plimsoll-engine";

/** What the engine says, as documents that cannot be written and are kept nowhere. */
export interface EngineDocuments {
  /** Its JSON about one thing; values that look secret are hidden. `name` is what the tab says. */
  showJson(name: string, id: string, value: object): Promise<Uri>;
  showText(name: string, id: string, text: string): Promise<Uri>;
  dispose(): void;
}

export function createEngineDocuments(): EngineDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "",
  });
  const closed = workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString()));
  async function show(name: string, id: string, text: string): Promise<Uri> {
    // A slash in an image's name is no folder.
    const uri = Uri.from({ scheme, path: `/${name.replaceAll("/", "∕")}`, query: id });
    texts.set(uri.toString(), text);
    // One that is open is brought up to date.
    changed.fire(uri);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
    return uri;
  }
  return {
    showJson: (name, id, value) =>
      show(`${name}.json`, id, `${JSON.stringify(withoutSecrets(value), undefined, 2)}\n`),
    showText: (name, id, text) => show(`${name}.log`, id, text),
    dispose() {
      for (const it of [provider, closed, changed]) it.dispose();
    },
  };
}

import { Uri, window } from "vscode";
import { withoutSecrets } from "../../shared/secrets.ts";
import { createVirtualTexts } from "../virtual-texts.ts";

const scheme = "plimsoll-engine";

/** What the engine says, as documents that cannot be written and are kept nowhere. */
export interface EngineDocuments {
  /** Its JSON about one thing; values that look secret are hidden. `name` is what the tab says. */
  showJson(name: string, id: string, value: object): Promise<Uri>;
  showText(name: string, id: string, text: string): Promise<Uri>;
  dispose(): void;
}

export function createEngineDocuments(): EngineDocuments {
  const texts = createVirtualTexts(scheme);
  async function show(name: string, id: string, text: string): Promise<Uri> {
    // A slash in an image's name is no folder.
    const uri = Uri.from({ scheme, path: `/${name.replaceAll("/", "∕")}`, query: id });
    await window.showTextDocument(await texts.put(uri, text), { preview: true });
    return uri;
  }
  return {
    showJson: (name, id, value) =>
      show(`${name}.json`, id, `${JSON.stringify(withoutSecrets(value), undefined, 2)}\n`),
    showText: (name, id, text) => show(`${name}.log`, id, text),
    dispose: texts.dispose,
  };
}

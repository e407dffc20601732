import path from "node:path";
import { commands, type Disposable, l10n, Uri } from "vscode";
import { createVirtualTexts } from "../virtual-texts.ts";

const scheme = "plimsoll-variant";

/** Dockerfiles that are nowhere on disk, beside those that they are made of. */
export interface VariantDiffs extends Disposable {
  /** Opens VS Code's comparison of the file as it is with another text for it. */
  show(dockerfile: string, name: string, text: string): Promise<void>;
}

export function createVariantDiffs(): VariantDiffs {
  const texts = createVirtualTexts(scheme);
  return {
    async show(dockerfile, name, text) {
      const file = Uri.file(dockerfile);
      // The name says which language it is.
      const other = Uri.from({ scheme, path: path.posix.join(file.path, "..", `Dockerfile.${name}`) });
      await texts.put(other, text);
      const title = l10n.t("{0}: as it is against {1}", path.basename(dockerfile), name);
      await commands.executeCommand("vscode.diff", file, other, title);
    },
    dispose: texts.dispose,
  };
}

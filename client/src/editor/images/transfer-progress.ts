import { l10n } from "vscode";
import type { ImageTransfer } from "../../engine/images/store-types.ts";
import { formatBytes } from "../../shared/figures.ts";
import { withNotification } from "../cancellable.ts";

/** Follows an image on its way, in a notification that can be cancelled. */
export function followTransfer(
  title: string,
  begin: (signal: AbortSignal) => AsyncIterable<ImageTransfer>,
): Thenable<void> {
  return withNotification(title, async (signal, progress) => {
    let shown = 0;
    for await (const now of begin(signal)) {
      const share = now.ofBytes === 0 ? 0 : (100 * now.bytes) / now.ofBytes;
      // The bar goes on only: the total grows while layers are still waiting.
      const increment = Math.max(0, share - shown);
      shown += increment;
      progress.report({ message: textOf(now), increment });
    }
  });
}

function textOf({ layers, layersDone, bytes, ofBytes }: ImageTransfer): string {
  if (layers === 0) return l10n.t("asking the registry");
  const count = l10n.t("{0} of {1} layers", layersDone, layers);
  return ofBytes === 0
    ? count
    : `${count}, ${l10n.t("{0} of {1}", formatBytes(bytes), formatBytes(ofBytes))}`;
}

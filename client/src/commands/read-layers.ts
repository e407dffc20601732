import { l10n, ProgressLocation, window } from "vscode";
import type { Engine, ImageDetails } from "../engine/engine.ts";
import { readRemembered } from "../engine/remembered-layers.ts";
import { formatBytes } from "../shared/figures.ts";
import type { ReadImage } from "../sizes/read-image.ts";
import type { Services } from "./command.ts";

/**
 * Reads the layers of an image with a notification that can be cancelled; those that were read before are taken from memory.
 * `label`: what the image is called there. Undefined when the user cancels; throws `EngineError`.
 */
export function readLayers(
  { layers: memory }: Pick<Services, "layers">,
  engine: Engine,
  image: ImageDetails,
  label: string,
): Thenable<ReadImage | undefined> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Weighing {0}", label), cancellable: true },
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      // Engines write the whole image to their disk before they send the first byte.
      progress.report({ message: l10n.t("the engine packs it") });
      let told = 0;
      const [read] = await readRemembered(memory, engine, [image], {
        signal: stop.signal,
        onProgress: (bytes) => {
          if (bytes - told < 4_000_000) return;
          told = bytes;
          progress.report({ message: l10n.t("{0} read", formatBytes(bytes)) });
        },
      });
      return read;
    },
  );
}

import { l10n } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import type { Engine, ImageDetails } from "../../engine/engine.ts";
import { readRemembered } from "../../engine/images/remembered-layers.ts";
import { formatBytes } from "../../shared/figures.ts";
import { inSteps } from "../../shared/in-steps.ts";
import type { ReadImage } from "../../sizes/read-image.ts";
import type { Services } from "../command.ts";

/**
 * Reads the layers of an image with a notification that can be cancelled; those that were read before are taken from memory.
 * `label`: what the image is called there; `transfer`: see `ReadLayersOptions`. Undefined when the user cancels; throws `EngineError`.
 */
export function readLayers(
  { layers: memory }: Pick<Services, "layers">,
  engine: Engine,
  image: ImageDetails,
  { label, transfer }: { readonly label: string; readonly transfer: boolean },
): Thenable<ReadImage | undefined> {
  return withNotification(l10n.t("Weighing {0}", label), async (signal, progress) => {
    // Engines write the whole image to their disk before they send the first byte.
    progress.report({ message: l10n.t("the engine packs it") });
    const [read] = await readRemembered(memory, engine, [image], {
      ...{ signal, transfer },
      onProgress: inSteps(4_000_000, (bytes) =>
        progress.report({ message: l10n.t("{0} read", formatBytes(bytes)) }),
      ),
    });
    return read;
  });
}

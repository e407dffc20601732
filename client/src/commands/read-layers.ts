import { l10n, ProgressLocation, window } from "vscode";
import type { Engine, ImageDetails } from "../engine/engine.ts";
import { formatBytes } from "../shared/figures.ts";
import type { ArchivedHistoryRow } from "../sizes/image-archive.ts";
import type { Layer } from "../sizes/layer.ts";
import type { Services } from "./command.ts";

/** An image's layers with the files in them, as far as they can be read. */
export interface ReadImage {
  /** Oldest first; undefined for one that cannot be read. */
  readonly layers: readonly (Layer | undefined)[];
  /** Bytes of each as stored packed, where the engine keeps them so. */
  readonly compressed: readonly (number | undefined)[];
  /** As the image's configuration has it; undefined where that was never read. */
  readonly configHistory: readonly ArchivedHistoryRow[] | undefined;
  /** What could not be read, in words for the user. */
  readonly problems: readonly string[];
}

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
      const known = new Map<string, Layer>();
      for (const layer of await Promise.all(image.diffIds.map(memory.layer)))
        if (layer) known.set(layer.diffId, layer);
      // Engines write the whole image to their disk before they send the first byte.
      progress.report({ message: l10n.t("the engine packs it") });
      let told = 0;
      const archive = await engine.readLayers(image, {
        hashes: true,
        known: (diffId) => known.get(diffId),
        signal: stop.signal,
        onProgress: (bytes) => {
          if (bytes - told < 4_000_000) return;
          told = bytes;
          progress.report({ message: l10n.t("{0} read", formatBytes(bytes)) });
        },
      });
      await memory.rememberLayers(
        archive.layers.flatMap(({ layer }) => (layer && !known.has(layer.diffId) ? [layer] : [])),
      );
      const configHistory = archive.history ?? (await memory.history(image.id));
      if (archive.history) await memory.rememberHistory(image.id, archive.history);
      return {
        layers: archive.layers.map((it) => it.layer),
        compressed: archive.layers.map((it) => it.compressedSize),
        configHistory,
        problems: [archive.problem, ...archive.layers.map((it) => it.problem)].filter(
          (it) => it !== undefined,
        ),
      };
    },
  );
}

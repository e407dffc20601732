import { l10n } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import { readRemembered } from "../../engine/images/remembered-layers.ts";
import { formatBytes } from "../../shared/figures.ts";
import { inSteps } from "../../shared/in-steps.ts";
import { transferOfRead } from "../../sizes/read-image.ts";
import type { Command } from "../command.ts";
import { type NotDone, withEngine } from "../with-engine.ts";

export interface MeasureTransferAnswers {
  /** Tags or ids. */
  readonly images?: readonly string[];
}

export type MeasureTransferResult =
  | {
      readonly outcome: "measured";
      /** Bytes that a pull of each transfers, in their order; undefined where a layer cannot be read. */
      readonly transfers: readonly (number | undefined)[];
    }
  | NotDone;

/**
 * Reads images of an engine that does not tell what a pull of them transfers, and packs their layers as a push does. A layer that several have is
 * packed once.
 */
export const measureTransfer: Command<MeasureTransferAnswers, MeasureTransferResult> = {
  id: "plimsoll.measureTransfer",
  run: (services, answers) =>
    withEngine<MeasureTransferResult>(services, measureTransfer.id, answers, async (engine) => {
      const images = await Promise.all((answers.images ?? []).map((it) => engine.inspectImage(it)));
      const read = await withNotification(l10n.t("Measuring what a pull transfers"), (signal, progress) =>
        readRemembered(services.layers, engine, images, {
          ...{ signal, transfer: images.some((it) => it.compressedSize === undefined) },
          onProgress: inSteps(4_000_000, (bytes) =>
            progress.report({ message: l10n.t("{0} read", formatBytes(bytes)) }),
          ),
        }),
      );
      const transfers = read.map((it, index) => images[index]?.compressedSize ?? transferOfRead(it));
      return { outcome: "measured", transfers };
    }),
};

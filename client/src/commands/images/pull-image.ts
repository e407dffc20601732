import { l10n, window } from "vscode";
import { isImageName } from "../../editor/images/image-name.ts";
import { followTransfer } from "../../editor/images/transfer-progress.ts";
import type { Engine } from "../../engine/engine.ts";
import { failureOf } from "../../engine-access.ts";
import { formatBytes } from "../../shared/figures.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface PullAnswers {
  /** `alpine:3.24`; without a tag `latest`. */
  readonly image?: string;
  /** Several, as selected in the view. */
  readonly images?: readonly string[];
  /** `linux/arm64`; the engine's own when absent. */
  readonly platform?: string;
}

export type PullResult =
  /** `changed` are those that brought something. */
  | { readonly outcome: "pulled"; readonly images: readonly string[]; readonly changed: readonly string[] }
  | NotDone;

/** Fetches images from their registries, also newer ones of the same name. */
export const pullImage: Command<PullAnswers, PullResult> = {
  id: "plimsoll.pullImage",
  run: (services, answers) =>
    withEngine<PullResult>(services, pullImage.id, answers, async (engine) => {
      const images = answers.images ?? [answers.image ?? (await askImage())].filter((it) => it !== undefined);
      if (images.length === 0) return cancelled;
      const changed: string[] = [];
      try {
        for (const image of images) {
          const before = await idOf(engine, image);
          await followTransfer(l10n.t("Pulling {0}", image), (signal) =>
            engine.store.pull(image, answers.platform, signal),
          );
          const { id, unpackedSize } = await engine.inspectImage(image);
          if (id !== before) changed.push(image);
          void window.showInformationMessage(
            id === before
              ? l10n.t("{0} is up to date.", image)
              : l10n.t("Pulled {0}: {1} unpacked.", image, formatBytes(unpackedSize)),
          );
        }
      } finally {
        services.images.refresh();
      }
      return { outcome: "pulled", images, changed };
    }),
};

/** Undefined when the engine has not got it. */
async function idOf(engine: Engine, image: string): Promise<string | undefined> {
  try {
    return (await engine.inspectImage(image)).id;
  } catch (error) {
    if (failureOf(error)?.kind !== "not-found") throw error;
    return undefined;
  }
}

function askImage(): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Image to pull"),
    placeHolder: "alpine:3.24",
    prompt: l10n.t("With the login that “docker login” has kept for its registry."),
    validateInput: (text) =>
      isImageName(text.replace(/@sha256:[0-9a-f]{64}$/, ""))
        ? undefined
        : l10n.t("A name like go-api:1.0, in lower case"),
  });
}

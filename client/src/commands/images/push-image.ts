import { l10n, window } from "vscode";
import { isImageName } from "../../editor/images/image-name.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import { followTransfer } from "../../editor/images/transfer-progress.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface PushAnswers {
  /** A tag or an id. */
  readonly image?: string;
  /** The name that it goes under; asked for when absent. */
  readonly tag?: string;
}

export type PushResult =
  | { readonly outcome: "pushed"; readonly image: string; readonly tag: string }
  | NotDone;

/** Sends an image to the registry that its name says, by a name that the user sees before. */
export const pushImage: Command<PushAnswers, PushResult> = {
  id: "plimsoll.pushImage",
  run: (services, answers) =>
    withEngine<PushResult>(services, pushImage.id, answers, async (engine) => {
      const image = await pickImage(engine, services.memory, answers.image);
      if (image === undefined) return cancelled;
      const tag = answers.tag ?? (await askTag(image));
      if (tag === undefined) return cancelled;
      if (tag !== image) {
        await engine.store.tag(image, tag);
        services.images.refresh();
      }
      await followTransfer(l10n.t("Pushing {0}", tag), (signal) => engine.store.push(tag, signal));
      void window.showInformationMessage(l10n.t("Pushed {0}.", tag));
      return { outcome: "pushed", image, tag };
    }),
};

function askTag(image: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("Push under which name?"),
    value: image.startsWith("sha256:") ? "" : image,
    prompt: l10n.t("The name says the registry: ghcr.io/team/api:1.0; without one it is Docker Hub."),
    validateInput: (text) => {
      if (!isImageName(text)) return l10n.t("A name like go-api:1.0, in lower case");
      return text.includes("/")
        ? undefined
        : {
            message: l10n.t("Docker Hub takes names with a user or organization, such as ada/{0}.", text),
            severity: 2,
          };
    },
  });
}

import { l10n, window } from "vscode";
import { isImageName } from "../../editor/images/image-name.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface TagAnswers {
  readonly image?: string;
  /** `go-api:1.0`; asked for when absent. */
  readonly tag?: string;
}

export type TagResult =
  | { readonly outcome: "tagged"; readonly image: string; readonly tag: string }
  | NotDone;

/** Gives an image one more name. */
export const tagImage: Command<TagAnswers, TagResult> = {
  id: "plimsoll.tagImage",
  run: (services, answers) =>
    withEngine<TagResult>(services, tagImage.id, answers, async (engine) => {
      const image = await pickImage(engine, services.memory, answers.image);
      if (image === undefined) return cancelled;
      const taken = new Set((await engine.images()).flatMap((it) => it.tags));
      const tag = answers.tag ?? (await askTag(image, taken));
      if (tag === undefined) return cancelled;
      await engine.store.tag(image, tag);
      services.images.refresh();
      return { outcome: "tagged", image, tag };
    }),
};

function askTag(image: string, taken: ReadonlySet<string>): Thenable<string | undefined> {
  return window.showInputBox({
    title: l10n.t("New name for the image"),
    value: image.startsWith("sha256:") ? "" : image,
    validateInput: (text) => {
      if (!isImageName(text)) return l10n.t("A name like go-api:1.0, in lower case");
      const whole = /:[^/]*$/.test(text) ? text : `${text}:latest`;
      return taken.has(whole) && whole !== image
        ? { message: l10n.t("The image that has this name now loses it."), severity: 2 }
        : undefined;
    },
  });
}

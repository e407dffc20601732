import { window } from "vscode";
import { confirmRemoval } from "../../editor/images/confirm-removal.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ImageRemoval } from "../../engine/images/store-types.ts";
import { failureOf } from "../../engine-access.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface RemoveImageAnswers {
  readonly image?: string;
  readonly images?: readonly string[];
  /** Without a question. */
  readonly confirmed?: boolean;
}

export type RemoveImageResult =
  | { readonly outcome: "removed"; readonly images: readonly string[]; readonly problems: readonly string[] }
  | NotDone;

/** Removes names of images, and the images with their last names, after a question that says what goes. */
export const removeImage: Command<RemoveImageAnswers, RemoveImageResult> = {
  id: "plimsoll.removeImage",
  run: (services, answers) =>
    withEngine<RemoveImageResult>(services, removeImage.id, answers, async (engine) => {
      const image = answers.image ?? (answers.images ? undefined : await pickImage(engine, services.memory));
      const images = answers.images ?? (image === undefined ? undefined : [image]);
      if (images === undefined) return cancelled;
      const removals = await Promise.all(images.map((it) => engine.store.removal(it)));
      // One image in use is an answer by itself: nothing is asked that cannot be done.
      const [only] = removals;
      const isInUse = ({ otherTags, running, stopped }: ImageRemoval) =>
        otherTags.length === 0 && running.length + stopped.length > 0;
      const asks = answers.confirmed !== true && !(removals.length === 1 && only && isInUse(only));
      const names = asks ? await confirmRemoval(removals) : images;
      if (names.length === 0) return cancelled;
      try {
        return await removeAll(engine, names);
      } finally {
        services.images.refresh();
      }
    }),
};

/** Goes on behind one that cannot be removed; when it was the only one, its sentence is the answer. */
async function removeAll(engine: Engine, images: readonly string[]): Promise<RemoveImageResult> {
  const removed: string[] = [];
  const problems: string[] = [];
  for (const image of images) {
    try {
      await engine.store.remove(image);
      removed.push(image);
    } catch (error) {
      if (images.length === 1 || failureOf(error)?.kind !== "conflict" || !(error instanceof Error))
        throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) void window.showWarningMessage(problems.join(" "));
  return { outcome: "removed", images: removed, problems };
}

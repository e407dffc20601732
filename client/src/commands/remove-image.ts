import { l10n, window } from "vscode";
import { shortId } from "../editor/image-view.ts";
import { pickImage } from "../editor/pick-images.ts";
import type { Engine } from "../engine/engine.ts";
import type { ImageRemoval } from "../engine/store-types.ts";
import { failureOf } from "../engine-access.ts";
import { formatBytes } from "../shared/figures.ts";
import type { Command } from "./command.ts";
import { cancelled, type NotDone, withEngine } from "./with-engine.ts";

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
      const isInUse = (it: ImageRemoval) => it.running.length + it.stopped.length > 0;
      const asks = answers.confirmed !== true && !(removals.length === 1 && only && isInUse(only));
      if (asks && !(await confirm(removals))) return cancelled;
      try {
        return await removeAll(engine, images);
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

async function confirm(removals: readonly ImageRemoval[]): Promise<boolean> {
  const bytes = removals.reduce((sum, it) => sum + it.bytes, 0);
  const [first] = removals;
  const question =
    removals.length === 1
      ? l10n.t("Remove {0}?", nameOf(first?.reference ?? ""))
      : l10n.t("Remove {0} images?", removals.length);
  const remove = l10n.t("Remove");
  const detail = [
    ...removals.map(sentenceOf),
    ...(removals.length > 1
      ? [l10n.t("{0} are freed, more where these share layers.", formatBytes(bytes))]
      : []),
  ].join("\n");
  return (await window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

function sentenceOf({ reference, otherTags, bytes, running, stopped }: ImageRemoval): string {
  const name = nameOf(reference);
  const users = [...running, ...stopped];
  if (users.length > 0) return l10n.t("{0} is in use by {1} and stays.", name, users.join(", "));
  if (otherTags.length > 0)
    return l10n.t("{0}: only this name goes. The image keeps {1}.", name, otherTags.join(", "));
  return l10n.t("{0}: the image goes with its last name, {1}.", name, formatBytes(bytes));
}

function nameOf(reference: string): string {
  return reference.startsWith("sha256:") ? shortId(reference) : reference;
}

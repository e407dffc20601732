import { l10n, window } from "vscode";
import { withNotification } from "../../editor/cancellable.ts";
import type { ImageFileText } from "../../editor/images/image-file-documents.ts";
import { pickImage } from "../../editor/images/pick-images.ts";
import type { Engine } from "../../engine/engine.ts";
import { formatBytes, formatExactBytes } from "../../shared/figures.ts";
import { inSteps } from "../../shared/in-steps.ts";
import { type ShownContent, shownContent } from "../../sizes/shown-content.ts";
import type { OpenedFile } from "../../views/opened-file.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

/** `label` is the image as it was given when absent. */
export type OpenFileAnswers = Partial<OpenedFile>;

export type OpenFileResult =
  /** One URI, or two of a diff: the older first. `binary`: of that only the first bytes are shown. */
  | { readonly outcome: "opened"; readonly uris: readonly string[]; readonly isBinary: boolean }
  | { readonly outcome: "too-large"; readonly size: number }
  | NotDone;

/** An editor with more is no pleasure, and nobody reads that much. */
const limit = 10_000_000;

/**
 * Opens a file of an image as a document that cannot be written, or VS Code's diff with the same file of another image. Nothing
 * of the image runs.
 */
export const openImageFile: Command<OpenFileAnswers, OpenFileResult> = {
  id: "plimsoll.openImageFile",
  run: (services, answers) =>
    withEngine<OpenFileResult>(services, openImageFile.id, answers, async (engine) => {
      const file = await whichFile(services, engine, answers);
      if (file === undefined) return cancelled;
      const { against } = file;
      const newer = await readFile(engine, file);
      const older = against && (await readFile(engine, { ...file, ...against, layer: undefined }));
      const tooLarge = [newer, older].find((it) => it?.content.is === "too-large");
      if (tooLarge) {
        const message = l10n.t(
          "{0} has {1}; Plimsoll shows files of up to {2}.",
          ...[file.path, formatBytes(tooLarge.size), formatBytes(limit)],
        );
        void window.showInformationMessage(message);
        return { outcome: "too-large", size: tooLarge.size };
      }
      const isBinary = newer.content.is === "binary" || older?.content.is === "binary";
      const uris = older
        ? await services.imageFiles.diff(documentOf(older), documentOf(newer))
        : [await services.imageFiles.show(documentOf(newer))];
      return { outcome: "opened", uris: uris.map(String), isBinary };
    }),
};

interface WantedFile extends Pick<OpenedFile, "image" | "label" | "path" | "against"> {
  readonly layer: string | undefined;
}

async function whichFile(
  { memory }: Services,
  engine: Engine,
  { image: given, label, path: givenPath, layer, against }: OpenFileAnswers,
): Promise<WantedFile | undefined> {
  const image = await pickImage(engine, memory, given);
  if (image === undefined) return undefined;
  const path =
    givenPath ??
    (await window.showInputBox({
      title: l10n.t("Which file of {0}?", label ?? image),
      placeHolder: "/etc/os-release",
      validateInput: (it) => (it.startsWith("/") ? undefined : l10n.t("A path in an image begins with /.")),
    }));
  if (path === undefined) return undefined;
  return { image, label: label ?? image, path, layer, ...(against && { against }) };
}

interface ReadFile extends WantedFile {
  readonly content: ShownContent;
  readonly size: number;
}

function readFile(engine: Engine, file: WantedFile): Thenable<ReadFile> {
  const { path, label, layer } = file;
  return withNotification(l10n.t("Reading {0} of {1}", path, label), async (signal, progress) => {
    const image = await engine.inspectImage(file.image, signal);
    const start = await engine.readFile(
      image,
      { path, ...(layer !== undefined && { layer }) },
      {
        limit,
        signal,
        onProgress: inSteps(4_000_000, (bytes) =>
          progress.report({ message: l10n.t("looked through {0}", formatBytes(bytes)) }),
        ),
      },
    );
    return { ...file, image: image.id, content: shownContent(start), size: start.size };
  });
}

function documentOf({ image, label, path, layer, content, size }: ReadFile): ImageFileText {
  const id = layer ?? image;
  if (content.is === "text") return { label, path, id, text: content.text };
  const dump = content.is === "binary" ? content.text : "";
  const about = l10n.t("{0} is no text. It has {1} bytes, and begins with:", path, formatExactBytes(size));
  return { label, path: `${path}.hex`, id, text: `${about}\n\n${dump}` };
}

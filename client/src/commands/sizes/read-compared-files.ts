import { l10n, ProgressLocation, window } from "vscode";
import type { Engine } from "../../engine/engine.ts";
import type { ListedFiles } from "../../engine/images/listed-files.ts";
import { knownLayers, readRemembered } from "../../engine/images/remembered-layers.ts";
import { failureOf } from "../../engine-access.ts";
import { inSteps } from "../../shared/in-steps.ts";
import { bytesToRead } from "../../sizes/comparison/bytes-to-read.ts";
import type { ImageToCompare } from "../../sizes/comparison/compare.ts";
import type { Comparison } from "../../sizes/comparison/comparison.ts";
import { transferOf } from "../../sizes/layers/layer.ts";
import { type ComparedImages, comparedImages } from "../../views/compared-images.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, type NotDone, withEngine } from "../with-engine.ts";

export interface ReadFilesAnswers {
  /** Also measures what a pull transfers, where the engine does not tell. */
  readonly transfer?: boolean;
}

export type ReadFilesResult =
  | { readonly outcome: "read"; readonly comparison: Comparison }
  | { readonly outcome: "nothing-shown" }
  | NotDone;

/** What is read without a question: a second or two, from an engine on this machine. */
const LITTLE = 100_000_000;

/**
 * Reads the files of the images on the page of image sizes: its figures are to the byte then, and it shows files and waste.
 * Layers that the images share, or that were read before, are not read again.
 */
export const readComparedFiles: Command<ReadFilesAnswers, ReadFilesResult> = {
  id: "plimsoll.readComparedFiles",
  run: (services, answers) =>
    withEngine<ReadFilesResult>(services, readComparedFiles.id, answers, async (engine) => {
      const { shown } = services.comparePanel;
      if (!shown) {
        void window.showInformationMessage(l10n.t("Compare the sizes of images first."));
        return { outcome: "nothing-shown" };
      }
      const { transfer = false } = answers;
      const compared = await readFiles(services, engine, shown, { transfer });
      return compared ? { outcome: "read", comparison: compared.comparison } : cancelled;
    }),
};

/**
 * The same for a page that was just opened, as far as it costs little; else the page says what it costs. A failure is told on
 * the page: the figures of the engine are there all the same.
 */
export async function readFilesIfCheap(
  services: Services,
  engine: Engine,
  shown: ComparedImages,
): Promise<ComparedImages> {
  const isNear = /^(?:unix|npipe):/.test(engine.address);
  const isLittle = (bytes: number) => bytes <= (isNear ? LITTLE : 0);
  const all = await knownOf(services, shown.images);
  const measured = measuredOf(all, shown.images);
  const transfer = isLittle(costOf(shown.images, measured));
  const known = transfer ? measured : all;
  const bytes = costOf(shown.images, known);
  if (!isLittle(bytes)) return listInstead(services, engine, shown, bytes);
  try {
    return (await readFiles(services, engine, shown, { transfer, known })) ?? shown;
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    return shown;
  }
}

/**
 * Shows what can be listed without reading, where the engine can do that, and offers to read the rest: `bytes`. Nothing is said of an engine that
 * cannot: then there is the offer alone, as when it fails or the user stops it.
 */
async function listInstead(
  { comparePanel, memory, log }: Services,
  engine: Engine,
  shown: ComparedImages,
  bytes: number,
): Promise<ComparedImages> {
  const stop = new AbortController();
  const isShown = () => comparePanel.shown?.comparison === shown.comparison;
  comparePanel.reading({ is: "listing" }, () => stop.abort());
  let compared = shown;
  try {
    const listed = await engine.listFiles(
      shown.images.map((it) => it.details),
      { own: memory.built().map((it) => it.imageId), signal: stop.signal },
    );
    if (listed) compared = withListing(shown, listed);
  } catch (error) {
    if (failureOf(error) === undefined) throw error;
    if (!stop.signal.aborted) log.warn(error instanceof Error ? error.message : String(error));
  }
  if (isShown()) {
    if (compared !== shown) comparePanel.update(compared);
    comparePanel.reading({ is: "unread", bytes });
  }
  return compared;
}

/** The figures stay those that are shown. */
function withListing(shown: ComparedImages, listed: readonly ListedFiles[]): ComparedImages {
  return comparedImages(
    shown.images.map((image, index) => {
      const entries = listed[index];
      return { ...image, ...(entries && { listed: entries }) };
    }),
    shown.comparison,
  );
}

type KnownLayers = Awaited<ReturnType<typeof knownLayers>>;

function knownOf({ layers }: Services, images: readonly ImageToCompare[]): Promise<KnownLayers> {
  return knownLayers(
    layers,
    images.map((it) => it.details),
  );
}

/** Those of which it is known what a pull transfers, where the engine does not tell. */
function measuredOf(known: KnownLayers, images: readonly ImageToCompare[]): KnownLayers {
  if (images.every((it) => it.details.compressedSize !== undefined)) return known;
  return new Map([...known].filter(([, layer]) => transferOf(layer) !== undefined));
}

function costOf(images: readonly ImageToCompare[], known: KnownLayers): number {
  return bytesToRead(
    images.map((it) => it.details),
    (diffId) => known.has(diffId),
  );
}

interface HowToRead {
  readonly transfer: boolean;
  /** What `knownOf` answered of the same images, or `measuredOf`. */
  readonly known?: KnownLayers;
}

/** Undefined when the user stops it. */
async function readFiles(
  services: Services,
  engine: Engine,
  { images, comparison }: ComparedImages,
  { transfer, known: knownBefore }: HowToRead,
): Promise<ComparedImages | undefined> {
  const { comparePanel, layers: memory, log } = services;
  const stop = new AbortController();
  const enough = () => stop.abort();
  const all = knownBefore ?? (await knownOf(services, images));
  const known = transfer ? measuredOf(all, images) : all;
  const of = costOf(images, known);
  const isMeasured = transfer && images.some((it) => it.details.compressedSize === undefined);
  const isShown = () => comparePanel.shown?.comparison === comparison;
  const report = (bytes: number) => {
    if (isShown()) comparePanel.reading({ is: "reading", bytes, of: Math.max(of, bytes) }, enough);
  };
  report(0);
  try {
    const read = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t("Reading files of images") },
      () =>
        readRemembered(
          memory,
          engine,
          images.map((it) => it.details),
          { known, transfer: isMeasured, signal: stop.signal, onProgress: inSteps(2_000_000, report) },
        ),
    );
    const compared = comparedImages(
      images.map((image, index) => {
        const layers = read[index];
        return { ...image, ...(layers && { read: layers }) };
      }),
    );
    for (const it of compared.comparison.images)
      for (const problem of it.read?.problems ?? []) log.warn(problem);
    // Another comparison may have been opened meanwhile, or the page closed.
    if (isShown()) {
      comparePanel.reading({ is: "read" });
      comparePanel.update(compared);
    }
    return compared;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    if (failure.kind === "cancelled") {
      const wasRead = images.every((it) => it.read !== undefined);
      if (isShown()) comparePanel.reading(wasRead ? { is: "read" } : { is: "unread", bytes: of });
      return undefined;
    }
    const message = error instanceof Error ? error.message : String(error);
    if (isShown()) comparePanel.reading({ is: "failed", message, bytes: of });
    throw error;
  }
}

import { l10n, type QuickPickItem, window } from "vscode";
import type { Engine, EngineInfo, ImageSummary } from "../../engine/engine.ts";
import { formatBytes } from "../../shared/figures.ts";
import type { BuildMemory } from "../builds/build-memory.ts";

interface ImageItem extends QuickPickItem {
  readonly reference: string;
}

/**
 * The image that is meant: the one that was handed in, else one of the engine's that the user picks, those built here first, then
 * the newest. Resolves to a tag, or the id of an image without a tag; undefined when the user leaves.
 */
export async function pickImage(
  engine: Engine,
  memory: BuildMemory,
  given?: string,
): Promise<string | undefined> {
  if (given !== undefined) return given;
  const builtIds = memory.built().map((it) => it.imageId);
  const rank = (image: ImageSummary) => {
    const at = builtIds.indexOf(image.id);
    return at < 0 ? builtIds.length : at;
  };
  const images = [...(await engine.images())].sort((a, b) => rank(a) - rank(b) || b.created - a.created);
  const { imageStore } = await engine.info();
  const items = images.flatMap((image) => itemsOf(image, imageMeasure(imageStore)));
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Which image?"),
    matchOnDescription: true,
  });
  return picked?.reference;
}

/** What the engine's list of images counts, see ImageSummary. */
export function imageMeasure(store: EngineInfo["imageStore"]): string {
  return store === "graph" ? l10n.t("unpacked") : l10n.t("unpacked and compressed together");
}

function itemsOf(image: ImageSummary, measure: string): ImageItem[] {
  const references = image.tags.length > 0 ? image.tags : [image.id];
  return references.map((reference) => ({
    reference,
    label: reference.replace(/^sha256:(\w{12})\w+$/, "$1"),
    description: `${formatBytes(image.listedSize)} ${measure} · ${new Date(image.created).toLocaleString()}`,
  }));
}

import { l10n, type QuickPickItem, window } from "vscode";
import type { Engine, ImageSummary } from "../engine/engine.ts";
import { formatBytes } from "../shared/figures.ts";
import type { BuildMemory } from "./build-memory.ts";

interface ImageItem extends QuickPickItem {
  readonly reference: string;
}

interface PickOptions {
  readonly many: boolean;
  /** Tags that are ticked at first. */
  readonly preselected?: readonly string[];
}

/**
 * Lets the user pick among the engine's images, those built here first, then the newest. Resolves to tags, or ids of
 * images without a tag; undefined when the user leaves.
 */
export async function pickImages(
  engine: Engine,
  memory: BuildMemory,
  { many, preselected = [] }: PickOptions,
): Promise<readonly string[] | undefined> {
  const builtIds = memory.built().map((it) => it.imageId);
  const rank = (image: ImageSummary) => {
    const at = builtIds.indexOf(image.id);
    return at < 0 ? builtIds.length : at;
  };
  const images = [...(await engine.images())].sort((a, b) => rank(a) - rank(b) || b.created - a.created);
  const items = images.flatMap((image) => itemsOf(image, preselected));
  if (!many) {
    const picked = await window.showQuickPick(items, {
      title: l10n.t("Which image?"),
      matchOnDescription: true,
    });
    return picked && [picked.reference];
  }
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Images to compare, two or more; the others are measured against the first"),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.map((it) => it.reference);
}

function itemsOf(image: ImageSummary, preselected: readonly string[]): ImageItem[] {
  const references = image.tags.length > 0 ? image.tags : [image.id];
  return references.map((reference) => ({
    reference,
    label: reference.replace(/^sha256:(\w{12})\w+$/, "$1"),
    // The engine's list mixes measures, see ImageSummary: enough to tell images apart, and named by no measure.
    description: `${formatBytes(image.listedSize)} · ${new Date(image.created).toLocaleString()}`,
    picked: preselected.includes(reference),
  }));
}

import { l10n, type QuickPickItem, window } from "vscode";
import type { Engine, ImageSummary } from "../engine/engine.ts";
import { formatBytes } from "../shared/figures.ts";
import type { BuildMemory } from "./build-memory.ts";

interface ImageItem extends QuickPickItem {
  readonly reference: string;
  readonly created: number;
}

interface PickOptions {
  readonly many: boolean;
  /** Tags that are ticked at first. */
  readonly preselected?: readonly string[];
}

/**
 * Lets the user pick among the engine's images, those built here first, then the newest. Resolves to tags, or ids of
 * images without a tag, the oldest first; undefined when the user leaves.
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
  const { imageStore } = await engine.info();
  const measure = imageStore === "graph" ? l10n.t("unpacked") : l10n.t("unpacked and compressed together");
  const items = images.flatMap((image) => itemsOf(image, measure, preselected));
  if (!many) {
    const picked = await window.showQuickPick(items, {
      title: l10n.t("Which image?"),
      matchOnDescription: true,
    });
    return picked && [picked.reference];
  }
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Images to compare, two or more; the others are measured against the oldest"),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.toSorted((a, b) => a.created - b.created).map((it) => it.reference);
}

/** The image that is meant: the one that was handed in, else the one the user picks; undefined when they leave. */
export async function pickImage(
  engine: Engine,
  memory: BuildMemory,
  given: string | undefined,
): Promise<string | undefined> {
  return given ?? (await pickImages(engine, memory, { many: false }))?.[0];
}

/** `measure` says what the engine's list counts, see ImageSummary. */
function itemsOf(image: ImageSummary, measure: string, preselected: readonly string[]): ImageItem[] {
  const references = image.tags.length > 0 ? image.tags : [image.id];
  return references.map((reference) => ({
    reference,
    created: image.created,
    label: reference.replace(/^sha256:(\w{12})\w+$/, "$1"),
    description: `${formatBytes(image.listedSize)} ${measure} · ${new Date(image.created).toLocaleString()}`,
    picked: preselected.includes(reference),
  }));
}

import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { ImageSummary } from "../../engine/engine.ts";
import type { RegistryImage } from "../../engine/registry/registry-types.ts";
import { formatBytes, formatDifference } from "../../shared/figures.ts";
import { imageNamed } from "./image-name.ts";

export type RegistryChoice =
  | { readonly kind: "pull" }
  | { readonly kind: "here"; readonly imageId: string }
  | { readonly kind: "other" };

interface ChoiceItem extends QuickPickItem {
  readonly choice?: RegistryChoice;
}

/**
 * Shows what a registry tells of an image, or why it does not, before anything is pulled. `against` is what the image that it is
 * compared with transfers, in bytes; `images` are the engine's. Undefined when the user leaves.
 */
export async function chooseInRegistry(
  reference: string,
  told: RegistryImage | string,
  against: number | undefined,
  images: readonly ImageSummary[],
): Promise<RegistryChoice | undefined> {
  const here = imageNamed(images, reference);
  const what = typeof told === "string" ? told : summary(told);
  const items: ChoiceItem[] = [
    {
      label: l10n.t("Pull and compare"),
      description: typeof told === "string" ? "" : what,
      iconPath: new ThemeIcon("cloud-download"),
      choice: { kind: "pull" },
    },
    ...(here === undefined
      ? []
      : [
          {
            label: l10n.t("Compare with what the engine has under this name"),
            description: new Date(here.created).toLocaleString(),
            iconPath: new ThemeIcon("package"),
            choice: { kind: "here", imageId: here.id } as const,
          },
        ]),
    { label: l10n.t("Another name…"), iconPath: new ThemeIcon("edit"), choice: { kind: "other" } },
    ...(typeof told === "string" ? [] : layerItems(told)),
  ];
  const change = typeof told === "string" || against === undefined ? undefined : told.transfer - against;
  const placeHolder =
    change === undefined ? what : l10n.t("{0}; the image here: {1}", what, formatDifference(-change));
  for (;;) {
    const picked = await window.showQuickPick(items, { title: reference, placeHolder, ignoreFocusOut: true });
    if (picked === undefined) return undefined;
    // A layer is there to be read.
    if (picked.choice !== undefined) return picked.choice;
  }
}

function layerItems({ layers }: RegistryImage): readonly ChoiceItem[] {
  return [
    { label: l10n.t("Layers as transferred, oldest first"), kind: QuickPickItemKind.Separator },
    ...layers.map(({ bytes, digest }) => ({
      label: formatBytes(bytes),
      description: digest.replace(/^(\w+:\w{12})\w+$/, "$1…"),
      iconPath: new ThemeIcon("layers"),
    })),
  ];
}

/** `31 MB transfer, 7 layers, linux/amd64`: the most that a pull transfers, as the engine may have some of the layers. */
function summary({ transfer, layers, platform }: RegistryImage): string {
  return [
    l10n.t("{0} transfer", formatBytes(transfer)),
    layers.length === 1 ? l10n.t("1 layer") : l10n.t("{0} layers", layers.length),
    ...(platform === undefined ? [] : [platform]),
  ].join(", ");
}

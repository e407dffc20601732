import { l10n, type QuickPickItem, window } from "vscode";
import type { ImageSummary } from "../../engine/engine.ts";
import type { VariantInfo, VariantsResult } from "../../shared/server-messages.ts";
import { imageNamed } from "../images/image-name.ts";

interface VariantItem extends QuickPickItem {
  readonly variant: VariantInfo;
}

/** Which of the variants to try; all are ticked at first. Undefined when the user leaves. */
export async function pickVariants(
  found: VariantsResult,
  images: readonly ImageSummary[],
): Promise<readonly VariantInfo[] | undefined> {
  const others = found.variants.filter((it) => it.name !== "current");
  const isShared = (change: string) => others.every((it) => it.changes.includes(change));
  const items = found.variants.map((variant): VariantItem => {
    const { changes } = variant;
    // A line of the list ends early: what is said of each of them comes last.
    const notes = [
      ...(isHere(variant.base, images) ? [] : [l10n.t("Its base will be pulled.")]),
      ...changes.filter((it) => !isShared(it)),
      ...variant.checks.map((it) => l10n.t("To check: {0}", it)),
      ...changes.filter(isShared),
    ];
    return {
      variant,
      label: variant.name === "current" ? l10n.t("{0} (as it is)", variant.base) : variant.name,
      ...(variant.name !== "current" && variant.base !== variant.name && { description: variant.base }),
      ...(notes.length > 0 && { detail: notes.join(" ") }),
      picked: true,
    };
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t("Build and start the final stage on which bases?"),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked && picked.length > 0 ? picked.map((it) => it.variant) : undefined;
}

/** Has the engine the image that a FROM names? */
function isHere(base: string, images: readonly ImageSummary[]): boolean {
  return base === "scratch" || imageNamed(images, base) !== undefined;
}

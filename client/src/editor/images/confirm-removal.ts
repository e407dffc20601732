import { l10n, window } from "vscode";
import type { ImageRemoval } from "../../engine/images/store-types.ts";
import { formatBytes } from "../../shared/figures.ts";
import { shortId } from "./image-view.ts";

/**
 * Asks whether these names of images may go, and says what each takes along. Where an image would keep other names, they can go too.
 * Resolves to the names that shall go, none when the user leaves.
 */
export async function confirmRemoval(removals: readonly ImageRemoval[]): Promise<readonly string[]> {
  const asked = removals.map((it) => it.reference);
  const others = othersOf(removals);
  const remove = others.length > 0 && removals.length === 1 ? l10n.t("Remove This Name") : l10n.t("Remove");
  const removeAll = l10n.t("Remove All Names");
  const going = imagesThatGo(removals, asked);
  const bytes = going.reduce((sum, it) => sum + it.bytes, 0);
  const question =
    removals.length === 1
      ? l10n.t("Remove {0}?", nameOf(asked[0] ?? ""))
      : l10n.t("Remove {0} images?", removals.length);
  const detail = [
    ...removals.map((it) => sentenceOf(it, asked)),
    ...(others.length > 0
      ? [
          l10n.t(
            "“Remove All Names” also removes {0}, and with them {1}.",
            others.join(", "),
            formatBytes(imagesThatGo(removals, [...asked, ...others]).reduce((sum, it) => sum + it.bytes, 0)),
          ),
        ]
      : []),
    ...(going.length > 1
      ? [l10n.t("{0} are freed, more where these share layers.", formatBytes(bytes))]
      : []),
  ].join("\n");
  const buttons = others.length > 0 ? [remove, removeAll] : [remove];
  const answer = await window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  if (answer === removeAll) return [...asked, ...others];
  return answer === remove ? asked : [];
}

/** Names besides those that were asked for, of images that nothing uses. */
function othersOf(removals: readonly ImageRemoval[]): readonly string[] {
  const asked = new Set(removals.map((it) => it.reference));
  const others = removals.filter((it) => usersOf(it).length === 0).flatMap((it) => it.otherTags);
  return [...new Set(others)].filter((it) => !asked.has(it));
}

/** Each once. */
function imagesThatGo(removals: readonly ImageRemoval[], names: readonly string[]): readonly ImageRemoval[] {
  const going = removals.filter((it) => isLast(it, names) && usersOf(it).length === 0);
  return [...new Map(going.map((it) => [it.id, it])).values()];
}

function isLast({ otherTags }: ImageRemoval, names: readonly string[]): boolean {
  return otherTags.every((it) => names.includes(it));
}

function usersOf({ running, stopped }: ImageRemoval): readonly string[] {
  return [...running, ...stopped];
}

function sentenceOf(removal: ImageRemoval, asked: readonly string[]): string {
  const { reference, otherTags, bytes } = removal;
  const name = nameOf(reference);
  const users = usersOf(removal);
  const kept = otherTags.filter((it) => !asked.includes(it));
  if (kept.length > 0) return l10n.t("{0}: only this name goes. The image keeps {1}.", name, kept.join(", "));
  if (users.length > 0) return l10n.t("{0} is in use by {1} and stays.", name, users.join(", "));
  return l10n.t("{0}: the image goes with its last name, {1}.", name, formatBytes(bytes));
}

function nameOf(reference: string): string {
  return reference.startsWith("sha256:") ? shortId(reference) : reference;
}

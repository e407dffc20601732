import { l10n, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { Prunable, PrunableItem, PrunableKind, PruneOrder } from "../../engine/images/store-types.ts";
import { formatBytes } from "../../shared/figures.ts";

/** Those in front go without harm. */
const kinds: readonly PrunableKind[] = [
  "containers",
  "images",
  "unusedImages",
  "anonymousVolumes",
  "volumes",
  "buildCache",
];

/** What is ticked at first: what can be made again by nobody's work, or was left over. */
const harmless: readonly PrunableKind[] = ["containers", "images"];

/** The kinds of which there is something. */
export function kindsIn(some: PruneOrder): readonly PrunableKind[] {
  return kinds.filter((it) => (some[it] ?? []).length > 0);
}

/** Lets the user choose kinds, and then see each thing of them and keep some. Undefined when they leave. */
export async function choosePrunable(found: Prunable): Promise<PruneOrder | undefined> {
  const items = kindsIn(found).map((kind) => ({
    of: kind,
    label: titleOf(kind, found[kind].length),
    description: bytesOf(found[kind]),
    detail: [kind === "buildCache" ? "" : namesOf(found[kind]), warningOf(kind)]
      .filter(Boolean)
      .join("\u2002"),
    picked: harmless.includes(kind),
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t("What goes? Nothing is removed before you confirm it."),
    canPickMany: true,
  });
  if (chosen === undefined || chosen.length === 0) return undefined;
  return chooseItems(
    found,
    chosen.map((it) => it.of),
  );
}

interface ThingItem extends QuickPickItem {
  readonly of: PrunableKind;
  readonly things: readonly PrunableItem[];
}

/** Each by its name and bytes. The build cache goes as a whole: its records are of no use to anyone one by one. */
async function chooseItems(
  found: Prunable,
  chosen: readonly PrunableKind[],
): Promise<PruneOrder | undefined> {
  const rows = chosen.flatMap((kind) => {
    const things = found[kind].toSorted((one, other) => other.bytes - one.bytes);
    const groups = kind === "buildCache" ? [things] : things.map((it) => [it]);
    return [
      { label: titleOf(kind, things.length), kind: QuickPickItemKind.Separator, of: kind, things: [] },
      ...groups.map((group) => ({
        label: kind === "buildCache" ? titleOf(kind, group.length) : (group[0]?.name ?? ""),
        description: bytesOf(group),
        picked: true,
        of: kind,
        things: group,
      })),
    ];
  });
  const picked = await window.showQuickPick<ThingItem>(rows, {
    title: l10n.t("This would go. Untick what stays."),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  const left = (kind: PrunableKind) => picked.filter((it) => it.of === kind).flatMap((it) => it.things);
  return Object.fromEntries(chosen.map((kind) => [kind, left(kind)]));
}

/** Asks once more, with all that goes. */
export async function confirmPrune(chosen: PruneOrder): Promise<boolean> {
  const some = kindsIn(chosen);
  const all = some.flatMap((kind) => chosen[kind] ?? []);
  const detail = some.map((kind) => {
    const things = chosen[kind] ?? [];
    const title = `${titleOf(kind, things.length)}, ${bytesOf(things)}`;
    const names = kind === "buildCache" ? "" : `: ${namesOf(things)}`;
    return [`${title}${names}`, warningOf(kind)].filter(Boolean).join("\n");
  });
  const remove = l10n.t("Remove");
  const answer = await window.showWarningMessage(
    l10n.t("Remove what nothing needs, {0}?", bytesOf(all)),
    { modal: true, detail: [...detail, l10n.t("This cannot be undone.")].join("\n\n") },
    remove,
  );
  return answer === remove;
}

function titleOf(kind: PrunableKind, count: number): string {
  switch (kind) {
    case "containers":
      return count === 1 ? l10n.t("1 stopped container") : l10n.t("{0} stopped containers", count);
    case "images":
      return count === 1 ? l10n.t("1 dangling image") : l10n.t("{0} dangling images", count);
    case "unusedImages":
      return count === 1
        ? l10n.t("1 image that no container uses")
        : l10n.t("{0} images that no container uses", count);
    case "anonymousVolumes":
      return count === 1
        ? l10n.t("1 volume without a name that no container uses")
        : l10n.t("{0} volumes without a name that no container uses", count);
    case "volumes":
      return count === 1
        ? l10n.t("1 volume that no container uses")
        : l10n.t("{0} volumes that no container uses", count);
    case "buildCache":
      return count === 1
        ? l10n.t("1 record of the build cache")
        : l10n.t("{0} records of the build cache", count);
  }
}

/** What is lost with it. */
function warningOf(kind: PrunableKind): string {
  switch (kind) {
    case "containers":
      return l10n.t("What was written in them goes too. Their volumes stay.");
    case "images":
      return "";
    case "unusedImages":
      return l10n.t("They have to be pulled or built again.");
    case "anonymousVolumes":
    case "volumes":
      return l10n.t("The data in them are lost.");
    case "buildCache":
      return l10n.t("The next builds take longer.");
  }
}

function bytesOf(things: readonly PrunableItem[]): string {
  return formatBytes(things.reduce((sum, it) => sum + it.bytes, 0));
}

/** The names of some, the largest first. */
function namesOf(things: readonly PrunableItem[]): string {
  const names = things.toSorted((one, other) => other.bytes - one.bytes).map((it) => it.name);
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? l10n.t("{0} and {1} more", shown, names.length - 12) : shown;
}

import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import { formatBytes } from "../../shared/figures.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import type { BuiltComparand, Comparands } from "../../sizes/comparison/comparands.ts";
import { describeRecord } from "./describe-record.ts";

/** What the user wants compared. */
export type Comparand =
  /** A tag or an id; `created` in ms since 1970. */
  | { readonly kind: "image"; readonly image: string; readonly label: string; readonly created: number }
  /** Undefined for the final stage. */
  | { readonly kind: "stage"; readonly target: string | undefined }
  | { readonly kind: "revision" }
  | { readonly kind: "registry" };

interface ComparandItem extends QuickPickItem {
  readonly comparand?: Comparand;
}

export interface PickComparands extends Comparands {
  /** The name of the Dockerfile that stages and revisions are of; undefined without one. */
  readonly dockerfile: string | undefined;
  /** Tags and ids that are ticked at first. */
  readonly preselected: readonly string[];
  /** What the engine's list of images counts, see ImageSummary. */
  readonly measure: string;
}

/** Lets the user tick two or more. Undefined when the user leaves. */
export async function pickComparands(from: PickComparands): Promise<readonly Comparand[] | undefined> {
  const picked = await window.showQuickPick(itemsOf(from), {
    title: l10n.t("Compare two or more; the others are measured against the oldest"),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked?.flatMap((it) => (it.comparand === undefined ? [] : [it.comparand]));
}

function itemsOf(from: PickComparands): readonly ComparandItem[] {
  const { last, earlier, stages, images, dockerfile } = from;
  const isTicked = (...names: readonly string[]) => names.some((it) => from.preselected.includes(it));
  return [
    ...section(
      l10n.t("Last builds of {0}", dockerfile ?? ""),
      last.map(({ record, target }) => ({
        label: record.tag,
        description: [stageText(target), describeRecord(record).description].filter(Boolean).join(" · "),
        iconPath: new ThemeIcon("package"),
        picked: isTicked(record.tag, record.imageId),
        comparand: imageOf({ record, target }, record.tag),
      })),
    ),
    ...section(
      l10n.t("Earlier builds"),
      earlier.map((it) => {
        const { label, description } = describeRecord(it.record);
        return {
          label,
          description: [stageText(it.target), description].filter(Boolean).join(" · "),
          iconPath: new ThemeIcon("history"),
          picked: isTicked(it.record.imageId),
          comparand: imageOf(it, label),
        };
      }),
    ),
    ...section(l10n.t("Something else"), [
      ...(dockerfile === undefined
        ? []
        : [
            {
              label: l10n.t("{0} at another git revision…", dockerfile),
              description: l10n.t("built with its files as they were then"),
              iconPath: new ThemeIcon("git-commit"),
              alwaysShow: true,
              comparand: { kind: "revision" } as const,
            },
          ]),
      {
        label: l10n.t("An image in a registry…"),
        description: l10n.t("tells what it weighs before it is pulled"),
        iconPath: new ThemeIcon("cloud"),
        alwaysShow: true,
        comparand: { kind: "registry" } as const,
      },
    ]),
    ...section(
      l10n.t("Stages of {0}, built when chosen", dockerfile ?? ""),
      stages.map((stage) => ({
        label: stageName(stage),
        description: l10n.t("from {0}", stage.base),
        iconPath: new ThemeIcon("layers"),
        comparand: { kind: "stage", target: stage.isFinal ? undefined : (stage.name ?? undefined) } as const,
      })),
    ),
    ...section(
      l10n.t("Images of the engine"),
      images.map(({ reference, created, listedSize }) => ({
        label: reference.replace(/^sha256:(\w{12})\w+$/, "$1"),
        description: `${formatBytes(listedSize)} ${from.measure} · ${new Date(created).toLocaleString()}`,
        iconPath: new ThemeIcon("server-environment"),
        picked: isTicked(reference),
        comparand: { kind: "image", image: reference, label: reference, created } as const,
      })),
    ),
  ];
}

function imageOf({ record }: BuiltComparand, label: string): Comparand {
  return { kind: "image", image: record.imageId, label, created: record.time };
}

function section(label: string, items: readonly ComparandItem[]): readonly ComparandItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function stageText(target: string | undefined): string {
  return target === undefined ? "" : l10n.t("stage {0}", target);
}

function stageName({ name, isFinal }: StageInfo): string {
  if (name === null) return l10n.t("the final stage");
  return isFinal ? l10n.t("{0}, the final stage", name) : name;
}

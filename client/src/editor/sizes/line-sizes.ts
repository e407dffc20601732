import { type Disposable, l10n, MarkdownString, type Memento, ThemeColor, type Uri } from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import { type SizeLimits, sizeLimits } from "../../settings.ts";
import { formatBytes } from "../../shared/figures.ts";
import { instructionKey } from "../../shared/instruction-key.ts";
import { inCode } from "../../shared/markdown-table.ts";
import type { StageInfo } from "../../shared/server-messages.ts";
import {
  type ShownSize,
  type SizedStage,
  type StageSizes,
  shownSizes,
  sizedStage,
} from "../../sizes/history/sized-stage.ts";
import type { HiddenSum } from "../../sizes/waste.ts";
import { createLineNotes, type LineNote, type LineNotes } from "../line-notes.ts";
import { createSizeGutter, type Weight } from "./size-gutter.ts";

/**
 * Beside each instruction what it added to the image when that was last built or weighed. Kept with the workspace by the text of
 * the instruction; nothing is computed while somebody types.
 */
export interface LineSizes extends Disposable, Pick<LineNotes, "shown"> {
  /** `stage` is that of the text that the image was made from. `transfer`: bytes, where the engine tells. */
  remember(dockerfile: Uri, stage: StageInfo, costs: StageSizes, transfer: number | undefined): Promise<void>;
  /** The stage's image as it was last weighed. */
  ofStage(dockerfile: Uri, stage: number): SizedStage | undefined;
}

/** By the stage's number. */
type Remembered = Readonly<Record<number, SizedStage>>;

export function createLineSizes(language: LanguageServer, state: Memento, onChange: () => void): LineSizes {
  const key = (file: Uri) => `sizes:${file.fsPath}`;
  const known = (file: Uri) => state.get<Remembered>(key(file));
  const gutter = createSizeGutter();
  const notes = createLineNotes("plimsoll.sizes", async (file) => {
    const limits = sizeLimits(file);
    const remembered = limits.show || limits.gutter ? known(file) : undefined;
    const stages = remembered === undefined ? undefined : await language.stages(file);
    const sizes = (stages?.stages ?? []).flatMap((stage) => sizesIn(stage, remembered));
    // A stage that another one is built on is in the chain of both.
    const byLine = new Map(sizes.map((it) => [it.line, it]));
    const shown = [...byLine.values()].filter((it) => it.bytes > 0 || it.hidden > 0);
    gutter.draw(file, limits.gutter ? weightsOf(shown, limits) : new Map());
    return limits.show ? shown.map((it) => noteOf(it, limits)) : [];
  });
  return {
    async remember(file, stage, costs, transfer) {
      const before = known(file);
      const next = sizedStage(stage.chain, costs, transfer, instructionKey);
      await state.update(key(file), { ...before, [stage.index]: next });
      // First the lens: what is drawn beside lines waits for the server.
      onChange();
      await notes.draw(file);
    },
    ofStage: (file, stage) => known(file)?.[stage],
    shown: notes.shown,
    dispose() {
      notes.dispose();
      gutter.dispose();
    },
  };
}

function sizesIn(stage: StageInfo, remembered: Remembered | undefined): readonly ShownSize[] {
  const known = remembered?.[stage.index];
  return known === undefined ? [] : shownSizes(stage.chain, known, instructionKey);
}

function textOf({ bytes, isStale }: ShownSize): string {
  const text = bytes === 0 ? formatBytes(0) : `+${formatBytes(bytes)}`;
  return isStale ? l10n.t("was {0}", text) : text;
}

function noteOf(size: ShownSize, limits: SizeLimits): LineNote {
  const weight = weightOf(size, limits);
  return {
    ...{ line: size.line, text: textOf(size), range: "line", hover: hoverOf(size) },
    ...(weight && { style: { color: new ThemeColor(COLORS[weight]) } }),
  };
}

const COLORS: Readonly<Record<Weight, string>> = { medium: "charts.yellow", large: "charts.red" };

/** Undefined for what is small, or no longer certain. */
function weightOf({ bytes, isStale }: ShownSize, { medium, large }: SizeLimits): Weight | undefined {
  if (isStale || bytes < medium) return undefined;
  return bytes < large ? "medium" : "large";
}

function weightsOf(sizes: readonly ShownSize[], limits: SizeLimits): ReadonlyMap<number, Weight> {
  return new Map(
    sizes.flatMap((it): [number, Weight][] => {
      const weight = weightOf(it, limits);
      return weight ? [[it.line, weight]] : [];
    }),
  );
}

function hoverOf({ bytes, transfer, files, hidden, hides, largest, isStale }: ShownSize): MarkdownString {
  const lines = [
    files === undefined
      ? l10n.t("Adds **{0}** on disk. *Weigh Image Line by Line* says with which files.", formatBytes(bytes))
      : files === 1
        ? l10n.t("Adds **{0}** on disk in one file.", formatBytes(bytes))
        : l10n.t("Adds **{0}** on disk in {1} files.", formatBytes(bytes), files),
  ];
  if (isStale) lines.push(l10n.t("Something above was changed since: the next build may make another size."));
  if (transfer !== undefined && bytes > 0) lines.push(l10n.t("{0} transfer.", formatBytes(transfer)));
  if (hidden > 0) lines.push(hiddenText(hidden, hides));
  const text = new MarkdownString(lines.join("\n\n"));
  if (largest.length > 0) {
    text.appendMarkdown(`\n\n| ${l10n.t("largest files")} | |\n|---|---:|\n`);
    for (const { path, size } of largest) text.appendMarkdown(`| ${inCode(path)} | ${formatBytes(size)} |\n`);
  }
  return text;
}

/** What it hides, and how: `Hides 12.0 MB of lines above, …: 10.0 MB in 3 files overwritten, 2.00 MB in one file deleted.` */
function hiddenText(hidden: number, hides: ShownSize["hides"]): string {
  const size = formatBytes(hidden);
  const how = (["overwritten", "rewritten", "deleted"] as const).flatMap((it) => {
    const sum = hides?.[it];
    return sum === undefined || sum.bytes === 0 ? [] : [howText(it, sum)];
  });
  return how.length === 0
    ? l10n.t("Hides {0} of lines above, which the image carries all the same.", size)
    : l10n.t("Hides {0} of lines above, which the image carries all the same: {1}.", size, how.join(", "));
}

function howText(how: "overwritten" | "rewritten" | "deleted", { bytes, files }: HiddenSum): string {
  const size = formatBytes(bytes);
  switch (how) {
    case "overwritten":
      return l10n.t("{0} overwritten (files: {1})", size, files);
    case "rewritten":
      return l10n.t("{0} with another owner, mode or time only (files: {1})", size, files);
    case "deleted":
      return l10n.t("{0} deleted (files: {1})", size, files);
  }
}

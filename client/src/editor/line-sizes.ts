import { type Disposable, l10n, MarkdownString, type Memento, ThemeColor, type Uri } from "vscode";
import type { LanguageServer } from "../language-server.ts";
import { type SizeLimits, sizeLimits } from "../settings.ts";
import { formatBytes } from "../shared/figures.ts";
import { instructionKey } from "../shared/instruction-key.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import {
  type ShownSize,
  type SizedStage,
  type StageSizes,
  shownSizes,
  sizedStage,
} from "../sizes/sized-stage.ts";
import { createLineNotes, type LineNote, type LineNotes } from "./line-notes.ts";

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
  const notes = createLineNotes("plimsoll.sizes", async (file) => {
    const limits = sizeLimits(file);
    const remembered = limits.show ? known(file) : undefined;
    const stages = remembered === undefined ? undefined : await language.stages(file);
    const sizes = (stages?.stages ?? []).flatMap((stage) => sizesIn(stage, remembered));
    // A stage that another one is built on is in the chain of both.
    const byLine = new Map(sizes.map((it) => [it.line, it]));
    return [...byLine.values()].filter((it) => it.bytes > 0 || it.hidden > 0).map((it) => noteOf(it, limits));
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
    dispose: notes.dispose,
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
  const color = colorOf(size, limits);
  return {
    ...{ line: size.line, text: textOf(size), range: "line", hover: hoverOf(size) },
    ...(color !== undefined && { style: { color: new ThemeColor(color) } }),
  };
}

/** Undefined for what is small, or no longer certain. */
function colorOf({ bytes, isStale }: ShownSize, { medium, large }: SizeLimits): string | undefined {
  if (isStale || bytes < medium) return undefined;
  return bytes < large ? "charts.yellow" : "charts.red";
}

function hoverOf({ bytes, files, hidden, largest, isStale }: ShownSize): MarkdownString {
  const lines = [
    files === undefined
      ? l10n.t("Adds **{0}** on disk. *Weigh Image Line by Line* says with which files.", formatBytes(bytes))
      : l10n.t("Adds **{0}** on disk in {1} files.", formatBytes(bytes), files),
  ];
  if (isStale) lines.push(l10n.t("Something above was changed since: the next build may make another size."));
  if (hidden > 0)
    lines.push(
      l10n.t("Hides {0} of lines above, which the image carries all the same.", formatBytes(hidden)),
    );
  const text = new MarkdownString(lines.join("\n\n"));
  if (largest.length > 0) {
    text.appendMarkdown(`\n\n| | |\n|---|---:|\n`);
    for (const { path, size } of largest)
      text.appendMarkdown(
        `| \`${path.replaceAll("`", "'").replaceAll("|", "\\|")}\` | ${formatBytes(size)} |\n`,
      );
  }
  return text;
}

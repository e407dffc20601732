import {
  type DecorationOptions,
  type Disposable,
  l10n,
  MarkdownString,
  type Memento,
  Position,
  Range,
  type TextEditor,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { LanguageServer } from "../language-server.ts";
import { type SizeLimits, sizeLimits } from "../settings.ts";
import { formatBytes } from "../shared/figures.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import type { ImageCosts } from "../sizes/line-costs.ts";
import { type ShownSize, type SizedStage, shownSizes, sizedStage } from "../sizes/sized-stage.ts";

/**
 * Beside each instruction what it added to the image when that was last built or weighed. Kept with the workspace by the text of
 * the instruction; nothing is computed while somebody types.
 */
export interface LineSizes extends Disposable {
  /** `stage` is that of the text that the image was made from. `transfer`: bytes, where the engine tells. */
  remember(dockerfile: Uri, stage: StageInfo, costs: Sizes, transfer: number | undefined): Promise<void>;
  /** The stage's image as it was last weighed. */
  ofStage(dockerfile: Uri, stage: number): SizedStage | undefined;
  /** What stands beside the lines of a visible Dockerfile; lines from 0. */
  shown(dockerfile: Uri): readonly { readonly line: number; readonly text: string }[];
}

type Sizes = Pick<ImageCosts, "lines" | "total" | "base">;

/** By the stage's number. */
type Remembered = Readonly<Record<number, SizedStage>>;

/** ms between the last key and the next drawing. */
const rest = 250;

export function createLineSizes(language: LanguageServer, state: Memento, onChange: () => void): LineSizes {
  const decoration = window.createTextEditorDecorationType({ isWholeLine: true });
  const drawn = new Map<string, readonly { readonly line: number; readonly text: string }[]>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const key = (file: Uri) => `sizes:${file.fsPath}`;
  const known = (file: Uri) => state.get<Remembered>(key(file));

  async function draw(file: Uri): Promise<void> {
    const limits = sizeLimits(file);
    const remembered = limits.show ? known(file) : undefined;
    const stages = remembered === undefined ? undefined : await language.stages(file);
    const sizes = (stages?.stages ?? []).flatMap((stage) => sizesIn(stage, remembered));
    // A stage that another one is built on is in the chain of both.
    const byLine = new Map(sizes.map((it) => [it.line, it]));
    const shown = [...byLine.values()].filter((it) => it.bytes > 0 || it.hidden > 0);
    drawn.set(
      file.toString(),
      shown.map((it) => ({ line: it.line, text: textOf(it) })),
    );
    for (const editor of editorsOf(file))
      editor.setDecorations(
        decoration,
        shown.map((it) => optionsOf(it, limits)),
      );
  }
  /** Failures to ask the server are its own to tell; here there is nothing to draw then. */
  const drawNow = (file: Uri) => void draw(file).catch(() => undefined);
  const drawSoon = (file: Uri) => {
    clearTimeout(waiting.get(file.toString()));
    const timer = setTimeout(() => {
      waiting.delete(file.toString());
      drawNow(file);
    }, rest);
    waiting.set(file.toString(), timer);
  };
  const drawAll = (editors: readonly TextEditor[]) => {
    for (const { document } of editors)
      if (document.languageId === "dockerfile" && document.uri.scheme === "file") drawNow(document.uri);
  };
  const following = [
    window.onDidChangeVisibleTextEditors(drawAll),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && drawn.has(document.uri.toString())) drawSoon(document.uri);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => drawn.delete(uri.toString())),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.sizes")) drawAll(window.visibleTextEditors);
    }),
  ];
  drawAll(window.visibleTextEditors);
  return {
    async remember(file, stage, costs, transfer) {
      const before = known(file);
      const next = sizedStage(stage.chain, costs, transfer, before?.[stage.index]);
      await state.update(key(file), { ...before, [stage.index]: next });
      await draw(file);
      onChange();
    },
    ofStage: (file, stage) => known(file)?.[stage],
    shown: (file) => drawn.get(file.toString()) ?? [],
    dispose() {
      for (const it of waiting.values()) clearTimeout(it);
      for (const it of [decoration, ...following]) it.dispose();
    },
  };
}

function editorsOf(file: Uri): readonly TextEditor[] {
  return window.visibleTextEditors.filter((it) => it.document.uri.toString() === file.toString());
}

function sizesIn(stage: StageInfo, remembered: Remembered | undefined): readonly ShownSize[] {
  const known = remembered?.[stage.index];
  return known === undefined ? [] : shownSizes(stage.chain, known);
}

function textOf({ bytes, isStale }: ShownSize): string {
  const text = bytes === 0 ? formatBytes(0) : `+${formatBytes(bytes)}`;
  return isStale ? l10n.t("was {0}", text) : text;
}

function optionsOf(size: ShownSize, limits: SizeLimits): DecorationOptions {
  return {
    range: new Range(new Position(size.line, 0), new Position(size.line, Number.MAX_SAFE_INTEGER)),
    hoverMessage: hoverOf(size),
    renderOptions: {
      after: { contentText: textOf(size), margin: "0 0 0 3em", color: new ThemeColor(colorOf(size, limits)) },
    },
  };
}

function colorOf({ bytes, isStale }: ShownSize, { medium, large }: SizeLimits): string {
  if (isStale || bytes < medium) return "editorCodeLens.foreground";
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

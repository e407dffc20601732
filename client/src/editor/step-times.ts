import {
  type DecorationOptions,
  type Disposable,
  l10n,
  type Memento,
  Position,
  Range,
  type TextEditor,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { StepRecord } from "../builds/build-record.ts";
import {
  type ShownTime,
  shownTimes,
  type TimedInstruction,
  type TimedStage,
  timedStage,
} from "../builds/step-times.ts";
import { buildStepToInstruction } from "../engine/build-steps.ts";
import type { LanguageServer } from "../language-server.ts";
import { showsTimes } from "../settings.ts";
import { formatDuration } from "../shared/figures.ts";
import type { StageInfo, StagesResult } from "../shared/server-messages.ts";

/** Beside each instruction, how long it took at the last build, or that it came from the cache. Kept with the workspace. */
export interface StepTimes extends Disposable {
  /** `stages` are those of the text that was built. */
  remember(dockerfile: Uri, stages: StagesResult, steps: readonly StepRecord[]): Promise<void>;
  /** What stands beside the lines of a visible Dockerfile; lines from 0. */
  shown(dockerfile: Uri): readonly { readonly line: number; readonly text: string }[];
}

/** By the stage's number. */
type Remembered = Readonly<Record<number, TimedStage>>;

/** ms that FROM takes at least when it fetches an image. */
const msToFetch = 100;

/** ms between the last key and the next drawing. */
const rest = 250;

export function createStepTimes(language: LanguageServer, state: Memento): StepTimes {
  const decoration = window.createTextEditorDecorationType({
    after: { margin: "0 0 0 3em", color: new ThemeColor("editorCodeLens.foreground") },
    isWholeLine: true,
  });
  const drawn = new Map<string, readonly { readonly line: number; readonly text: string }[]>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const key = (file: Uri) => `times:${file.fsPath}`;
  const known = (file: Uri) => state.get<Remembered>(key(file));

  async function draw(file: Uri): Promise<void> {
    const remembered = showsTimes(file) ? known(file) : undefined;
    const stages = remembered === undefined ? undefined : await language.stages(file);
    const times = (stages?.stages ?? []).flatMap((stage) => timesOf(stage, stages, remembered));
    drawn.set(
      file.toString(),
      times.map((it) => ({ line: it.line, text: textOf(it) })),
    );
    for (const editor of editorsOf(file)) editor.setDecorations(decoration, times.map(optionsOf));
  }
  /** Failures to ask the server are its own to tell; here there is nothing to draw then. */
  const drawNow = (file: Uri) => void draw(file).catch(() => undefined);
  const drawSoon = (file: Uri) => {
    clearTimeout(waiting.get(file.toString()));
    waiting.set(
      file.toString(),
      setTimeout(() => {
        waiting.delete(file.toString());
        drawNow(file);
      }, rest),
    );
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
      if (it.affectsConfiguration("plimsoll.build.showTimes")) drawAll(window.visibleTextEditors);
    }),
  ];
  drawAll(window.visibleTextEditors);
  return {
    async remember(file, { stages }, steps) {
      const before = known(file);
      const next = stages.flatMap((stage): [number, TimedStage][] => {
        const own = steps.flatMap((it) => {
          const place = buildStepToInstruction(it.step, stages);
          const isOver = it.state === "done" || it.state === "cached";
          // Nothing was fetched.
          if (it.step.instruction.startsWith("FROM ") && (it.milliseconds ?? 0) < msToFetch) return [];
          return place === undefined || !isOver || !isIn(stage, place.line)
            ? []
            : [{ line: place.line, milliseconds: it.milliseconds ?? 0, cached: it.state === "cached" }];
        });
        const last = before?.[stage.index];
        if (own.length === 0) return last === undefined ? [] : [[stage.index, last]];
        return [[stage.index, timedStage(instructionsOf(stage, stages), own, last)]];
      });
      await state.update(key(file), Object.fromEntries(next));
      await draw(file);
    },
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

function isIn(stage: StageInfo, line: number): boolean {
  return stage.line <= line && line <= stage.endLine;
}

/** All that make the stage, FROM and the stages that it is built on included: what changes there makes it run anew too. */
function instructionsOf(stage: StageInfo, stages: readonly StageInfo[]): readonly TimedInstruction[] {
  const made = new Set([...stage.chain.map((it) => it.stage), stage.index]);
  return stages
    .filter((it) => made.has(it.index))
    .flatMap((it) => [
      { text: `FROM ${it.base}`, line: it.line },
      ...stage.chain.filter((one) => one.stage === it.index),
    ]);
}

function timesOf(
  stage: StageInfo,
  all: StagesResult | undefined,
  remembered: Remembered | undefined,
): readonly ShownTime[] {
  const known = remembered?.[stage.index];
  if (known === undefined || all === undefined) return [];
  return shownTimes(instructionsOf(stage, all.stages), known).filter((it) => isIn(stage, it.line));
}

function textOf({ cached, milliseconds, isStale }: ShownTime): string {
  const text = cached ? l10n.t("CACHED") : formatDuration(milliseconds ?? 0);
  return isStale ? l10n.t("was {0}", text) : text;
}

function optionsOf(time: ShownTime): DecorationOptions {
  const end = new Position(time.line, Number.MAX_SAFE_INTEGER);
  return {
    range: new Range(end, end),
    hoverMessage: hoverOf(time),
    renderOptions: { after: { contentText: textOf(time), ...(time.isStale && { fontStyle: "italic" }) } },
  };
}

function hoverOf({ cached, milliseconds, isStale }: ShownTime): string {
  const said = cached
    ? milliseconds === undefined
      ? l10n.t("Came from the cache at the last build.")
      : l10n.t(
          "Came from the cache at the last build; it took {0} when it ran.",
          formatDuration(milliseconds),
        )
    : l10n.t("Took {0} at the last build.", formatDuration(milliseconds ?? 0));
  return isStale
    ? `${said} ${l10n.t("An instruction before it has changed since, so the next build runs it anew.")}`
    : said;
}

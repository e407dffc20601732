import { type Disposable, l10n, type Memento, type Uri } from "vscode";
import type { StepRecord } from "../../builds/build-record.ts";
import {
  type ShownTime,
  shownTimes,
  type TimedInstruction,
  type TimedStage,
  timedStage,
  timeOfStage,
} from "../../builds/step-times.ts";
import { buildStepToInstruction } from "../../engine/build/build-steps.ts";
import type { LanguageServer } from "../../language-server.ts";
import { showsTimes } from "../../settings.ts";
import { formatDuration } from "../../shared/figures.ts";
import type { StageInfo, StagesResult } from "../../shared/server-messages.ts";
import { createLineNotes, type LineNote, type LineNotes } from "../line-notes.ts";

/** Beside each instruction, how long it took at the last build, or that it came from the cache. Kept with the workspace. */
export interface StepTimes extends Disposable, Pick<LineNotes, "shown"> {
  /** `stages` are those of the text that was built. */
  remember(dockerfile: Uri, stages: StagesResult, steps: readonly StepRecord[]): Promise<void>;
  /** Milliseconds that a stage's own steps took when they last ran; undefined when that is not known. */
  ofStage(dockerfile: Uri, stage: number): number | undefined;
}

/** By the stage's number. */
type Remembered = Readonly<Record<number, TimedStage>>;

/** ms that FROM takes at least when it fetches an image. */
const msToFetch = 100;

export function createStepTimes(language: LanguageServer, state: Memento, onChange: () => void): StepTimes {
  const key = (file: Uri) => `times:${file.fsPath}`;
  const known = (file: Uri) => state.get<Remembered>(key(file));
  const notes = createLineNotes("plimsoll.build.showTimes", async (file) => {
    const remembered = showsTimes(file) ? known(file) : undefined;
    const stages = remembered === undefined ? undefined : await language.stages(file);
    return (stages?.stages ?? []).flatMap((stage) => timesOf(stage, stages, remembered)).map(noteOf);
  });
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
      await notes.draw(file);
      onChange();
    },
    ofStage(file, stage) {
      const timed = known(file)?.[stage];
      return timed && timeOfStage(timed);
    },
    shown: notes.shown,
    dispose: notes.dispose,
  };
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

function noteOf(time: ShownTime): LineNote {
  return {
    ...{ line: time.line, text: textOf(time), range: "end", hover: hoverOf(time) },
    ...(time.isStale && { style: { fontStyle: "italic" } }),
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

import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  type Event,
  l10n,
  Range,
  type TextDocument,
} from "vscode";
import type { LanguageServer } from "../language-server.ts";
import { lensesAreOn } from "../settings.ts";
import { formatBytes, formatDifference, formatDuration } from "../shared/figures.ts";
import type { BudgetInfo, StageEstimateInfo, StageInfo } from "../shared/server-messages.ts";
import { judge } from "../sizes/budget.ts";
import { stageKey } from "../sizes/history/built-stage.ts";
import { lastChange, type SizeRecord } from "../sizes/history/size-history.ts";
import type { SizedStage } from "../sizes/history/sized-stage.ts";
import type { BuildMemory } from "./builds/build-memory.ts";
import type { StepTimes } from "./builds/step-times.ts";
import type { LineSizes } from "./sizes/line-sizes.ts";
import type { SizeEstimates } from "./sizes/size-estimates.ts";
import type { SizeRecords } from "./sizes/size-records.ts";

/** What stages weighed and when, what their images were called, and what those will weigh that were never built. */
interface LensSources {
  readonly sizes: Pick<LineSizes, "ofStage">;
  readonly records: Pick<SizeRecords, "of">;
  readonly times: Pick<StepTimes, "ofStage">;
  readonly memory: Pick<BuildMemory, "built">;
  readonly estimates: Pick<SizeEstimates, "of">;
}

/** On each FROM what can be done with its stage. */
export function stageLenses(
  language: LanguageServer,
  { sizes, records, times, memory, estimates }: LensSources,
  onSizes: Event<void>,
): CodeLensProvider {
  return {
    onDidChangeCodeLenses: onSizes,
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      // What is not on disk has no build context.
      if (document.uri.scheme !== "file" || !lensesAreOn(document.uri)) return [];
      const [result, history] = await Promise.all([language.stages(document.uri), records.of(document.uri)]);
      if (result === undefined || token.isCancellationRequested) return [];
      const shipped = shippedStages(result.stages);
      const { fsPath } = document.uri;
      const estimated = estimates.of(document);
      return result.stages.flatMap((stage) => {
        const size = sizes.ofStage(document.uri, stage.index);
        const estimate = size ? undefined : estimated.find((it) => it.stage === stage.index);
        return [
          ...lensesOf(fsPath, stage),
          ...sizeLens(
            fsPath,
            stage,
            size,
            referencesOf(fsPath, stage, memory),
            history.get(stageKey(stage)) ?? [],
          ),
          ...(estimate ? estimateLens(fsPath, stage, estimate) : []),
          ...(shipped.has(stage.index) ? [] : timeLens(stage, times.ofStage(document.uri, stage.index))),
        ];
      });
    },
  };
}

function lensesOf(dockerfile: string, stage: StageInfo): CodeLens[] {
  const range = new Range(stage.line, 0, stage.line, 0);
  const lens = (title: string, command: string, tooltip: string, answers: object) =>
    new CodeLens(range, { title, command, tooltip, arguments: [answers] });
  // A build can only be aimed at a stage by its name; the final one needs none.
  const answers = { dockerfile, ...(!stage.isFinal && stage.name !== null && { target: stage.name }) };
  if (!stage.isFinal)
    return stage.name === null
      ? []
      : [
          lens(
            l10n.t("Build"),
            "plimsoll.buildImage",
            l10n.t("Build the image of stage {0}", stage.name),
            answers,
          ),
        ];
  return [
    lens(l10n.t("Build"), "plimsoll.buildImage", l10n.t("Build this image"), answers),
    lens(
      l10n.t("Run"),
      "plimsoll.runImage",
      l10n.t("Run this image; it is built first if it has not been"),
      answers,
    ),
    lens(
      l10n.t("Compare sizes"),
      "plimsoll.compareImageSizes",
      l10n.t("Compare this image with others, instruction by instruction"),
      { preselectedDockerfile: dockerfile },
    ),
    lens(
      l10n.t("Try other bases"),
      "plimsoll.tryVariants",
      l10n.t("Build and start this stage on other base images, and see what each weighs and lacks"),
      { dockerfile },
    ),
  ];
}

/** What the image was called that the stage was last built to. */
function referencesOf(
  dockerfile: string,
  { name, isFinal }: StageInfo,
  memory: Pick<BuildMemory, "built">,
): readonly string[] {
  const last = memory
    .built()
    .find((it) => it.dockerfile === dockerfile && (isFinal ? it.target === undefined : it.target === name));
  return last ? [last.tag] : [];
}

/** What the stage's image weighed when it was last built or weighed: on disk, of it the base image, transfer, its budgets, and the change. */
function sizeLens(
  dockerfile: string,
  stage: StageInfo,
  size: SizedStage | undefined,
  references: readonly string[],
  history: readonly SizeRecord[],
): CodeLens[] {
  if (size === undefined) return [];
  const { total, base, transfer } = size;
  const verdicts = judge(stage.budgets, references, { disk: total, transfer });
  const withBudget = (bytes: number, of: BudgetInfo["of"]) => {
    const budget = verdicts.find((it) => it.budget.of === of)?.budget.bytes;
    return budget === undefined
      ? formatBytes(bytes)
      : l10n.t("{0} of {1}", formatBytes(bytes), formatBytes(budget));
  };
  const range = new Range(stage.line, 0, stage.line, 0);
  const answers = { dockerfile, ...(!stage.isFinal && stage.name !== null && { target: stage.name }) };
  const parts = [l10n.t("{0} on disk", withBudget(total, "disk"))];
  if (transfer !== undefined) parts.push(l10n.t("{0} transfer", withBudget(transfer, "transfer")));
  if (base !== undefined && base > 0)
    parts.push(l10n.t("base {0}, yours {1}", formatBytes(base), formatBytes(Math.max(0, total - base))));
  const lenses = [
    new CodeLens(range, {
      title: parts.join(" · "),
      command: "plimsoll.weighImage",
      tooltip: l10n.t("Weigh the image line by line: what each brought, and what is carried for nothing"),
      arguments: [answers],
    }),
  ];
  if (history.length === 0) return lenses;
  const change = lastChange(history);
  lenses.push(
    new CodeLens(range, {
      title:
        change === undefined
          ? l10n.t("Size history")
          : l10n.t("{0} since the build before", formatDifference(change)),
      command: "plimsoll.showSizeHistory",
      tooltip: l10n.t("Show what this stage weighed build after build, and which instruction moved it"),
      arguments: [{ target: "", ...answers }],
    }),
  );
  return lenses;
}

/** The final stage and those that it is built on: of the others no layer is in the image. */
function shippedStages(stages: readonly StageInfo[]): ReadonlySet<number> {
  const final = stages.find((it) => it.isFinal);
  return new Set([...(final?.chain.map((it) => it.stage) ?? []), ...(final ? [final.index] : [])]);
}

/** A stage that only builds costs time: `0 B shipped · 41 s`. */
function timeLens(stage: StageInfo, milliseconds: number | undefined): CodeLens[] {
  if (milliseconds === undefined) return [];
  return [
    new CodeLens(new Range(stage.line, 0, stage.line, 0), {
      title: l10n.t("{0} shipped · {1}", formatBytes(0), formatDuration(milliseconds)),
      tooltip: l10n.t(
        "Nothing of this stage is in the image but what is copied from it; its steps took this long when they last ran",
      ),
      command: "",
    }),
  ];
}

/** `~ 92.3 MB without RUN lines`: what the stage's image will weigh at least, while nobody has built it. */
function estimateLens(dockerfile: string, stage: StageInfo, estimate: StageEstimateInfo): CodeLens[] {
  const { bytes, base, files, missing } = estimate;
  // A build can only be aimed at a stage by its name.
  if (!stage.isFinal && stage.name === null) return [];
  const left = [
    ...(missing.runs > 0 ? [l10n.t("RUN lines")] : []),
    ...(missing.fromStages > 0 ? [l10n.t("files of other stages")] : []),
    ...(missing.downloads > 0 ? [l10n.t("downloads")] : []),
    ...(missing.archives > 0 ? [l10n.t("unpacked archives")] : []),
  ].join(", ");
  const size = `~ ${formatBytes(bytes)}`;
  return [
    new CodeLens(new Range(stage.line, 0, stage.line, 0), {
      title: left === "" ? size : l10n.t("{0} without {1}", size, left),
      command: "plimsoll.buildImage",
      tooltip: l10n.t(
        "An estimate: {0} of {1}, and {2} in {3} files that COPY and ADD bring. Build the image to know.",
        ...[formatBytes(base.bytes), base.name, formatBytes(files.bytes), files.files],
      ),
      arguments: [{ dockerfile, ...(!stage.isFinal && stage.name !== null && { target: stage.name }) }],
    }),
  ];
}

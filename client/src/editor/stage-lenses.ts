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
import { formatBytes, formatDifference } from "../shared/figures.ts";
import type { StageInfo } from "../shared/server-messages.ts";
import { lastChange, type SizeRecord } from "../sizes/size-history.ts";
import { stageKey } from "../sizes/size-record.ts";
import type { SizedStage } from "../sizes/sized-stage.ts";
import type { LineSizes } from "./line-sizes.ts";
import type { SizeRecords } from "./size-records.ts";

/** On each FROM what can be done with its stage. */
export function stageLenses(
  language: LanguageServer,
  sizes: Pick<LineSizes, "ofStage">,
  records: Pick<SizeRecords, "of">,
  onSizes: Event<void>,
): CodeLensProvider {
  return {
    onDidChangeCodeLenses: onSizes,
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      // What is not on disk has no build context.
      if (document.uri.scheme !== "file" || !lensesAreOn(document.uri)) return [];
      const [result, history] = await Promise.all([language.stages(document.uri), records.of(document.uri)]);
      if (result === undefined || token.isCancellationRequested) return [];
      return result.stages.flatMap((stage) => [
        ...lensesOf(document.uri.fsPath, stage),
        ...sizeLens(
          document.uri.fsPath,
          stage,
          sizes.ofStage(document.uri, stage.index),
          history.get(stageKey(stage)) ?? [],
        ),
      ]);
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
  ];
}

/** What the stage's image weighed when it was last built or weighed: on disk, of it the base image, transfer, and the change. */
function sizeLens(
  dockerfile: string,
  stage: StageInfo,
  size: SizedStage | undefined,
  history: readonly SizeRecord[],
): CodeLens[] {
  if (size === undefined) return [];
  const { total, base, transfer } = size;
  const range = new Range(stage.line, 0, stage.line, 0);
  const answers = { dockerfile, ...(!stage.isFinal && stage.name !== null && { target: stage.name }) };
  const parts = [l10n.t("{0} on disk", formatBytes(total))];
  if (transfer !== undefined) parts.push(l10n.t("{0} transfer", formatBytes(transfer)));
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

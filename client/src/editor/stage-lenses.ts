import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  l10n,
  Range,
  type TextDocument,
} from "vscode";
import type { LanguageServer } from "../language-server.ts";
import { lensesAreOn } from "../settings.ts";
import type { StageInfo } from "../shared/server-messages.ts";

/** On each FROM what can be done with its stage. */
export function stageLenses(language: LanguageServer): CodeLensProvider {
  return {
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      // What is not on disk has no build context.
      if (document.uri.scheme !== "file" || !lensesAreOn(document.uri)) return [];
      const result = await language.stages(document.uri);
      if (result === undefined || token.isCancellationRequested) return [];
      return result.stages.flatMap((stage) => lensesOf(document.uri.fsPath, stage));
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

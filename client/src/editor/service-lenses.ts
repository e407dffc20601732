import path from "node:path";
import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  l10n,
  Range,
  type TextDocument,
  type Uri,
} from "vscode";
import type { LanguageServer } from "../language-server.ts";
import { lensesAreOn } from "../settings.ts";
import type { ServiceInfo } from "../shared/server-messages.ts";
import type { BuildAnswers } from "./build-plan.ts";

/** On each Compose service that is built here: Build, with the context, stage and arguments that the file gives. */
export function serviceLenses(language: LanguageServer): CodeLensProvider {
  return {
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      if (document.uri.scheme !== "file" || !lensesAreOn(document.uri)) return [];
      const result = await language.services(document.uri);
      if (result === undefined || token.isCancellationRequested) return [];
      return result.services.flatMap((service) => {
        const answers = answersFor(document.uri, service);
        if (answers === undefined) return [];
        const range = new Range(service.line, 0, service.line, 0);
        return new CodeLens(range, {
          title: l10n.t("Build"),
          tooltip: l10n.t("Build the image of service {0}", service.name),
          command: "plimsoll.buildImage",
          arguments: [answers],
        });
      });
    },
  };
}

/** Undefined when the service is not built, or not from a local folder. */
function answersFor(composeFile: Uri, { name, image, build }: ServiceInfo): BuildAnswers | undefined {
  if (build === null || build.dockerfileUri === null) return undefined;
  const folder = path.dirname(composeFile.fsPath);
  const project = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "");
  return {
    dockerfile: build.dockerfileUri,
    context: path.resolve(folder, build.context),
    // As Compose names an image that has no name of its own.
    tag: image !== null && !image.includes("$") ? image : `${project}-${name}`,
    buildArguments: Object.fromEntries(
      build.arguments.flatMap((it) =>
        it.default === null || it.default.includes("$") ? [] : [[it.name, it.default]],
      ),
    ),
    ...(build.target !== null && { target: build.target }),
    confirm: true,
  };
}

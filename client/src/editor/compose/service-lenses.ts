import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  l10n,
  Range,
  type TextDocument,
} from "vscode";
import type { LanguageServer } from "../../language-server.ts";
import { lensesAreOn } from "../../settings.ts";

/** On each Compose service that is built: Build, with all that its build section says. */
export function serviceLenses(language: LanguageServer): CodeLensProvider {
  return {
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      if (document.uri.scheme !== "file" || !lensesAreOn(document.uri)) return [];
      const result = await language.services(document.uri);
      if (result === undefined || token.isCancellationRequested) return [];
      return result.services.flatMap((service) => {
        if (service.build === null) return [];
        const range = new Range(service.line, 0, service.line, 0);
        return new CodeLens(range, {
          title: l10n.t("Build"),
          tooltip: l10n.t("Build the image of service {0}", service.name),
          command: "plimsoll.buildService",
          arguments: [{ file: document.uri.toString(), service: service.name, confirm: true }],
        });
      });
    },
  };
}

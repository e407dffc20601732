import path from "node:path";
import { l10n, type Uri, window, workspace } from "vscode";
import type { BuildAnswers } from "../../editor/builds/build-draft.ts";
import { pickComposeFile } from "../../editor/compose/pick-compose-file.ts";
import { answersOfService } from "../../editor/compose/service-answers.ts";
import { uriOf } from "../../editor/pick-dockerfile.ts";
import type { LanguageServer } from "../../language-server.ts";
import type { Command, Services } from "../command.ts";
import { cancelled, withEngine } from "../with-engine.ts";
import { type BuildResult, buildImage } from "./build-image.ts";

/** `file` is the Compose file, a path or a URI. What else is answered goes before what the file says. */
export type BuildServiceAnswers = BuildAnswers & { readonly file?: string };

export type BuildServiceResult =
  | BuildResult
  | { readonly outcome: "not-buildable"; readonly message: string };

/** Builds the image of a Compose service with all that its build section says. */
export const buildService: Command<BuildServiceAnswers, BuildServiceResult> = {
  id: "plimsoll.buildService",
  run: (services, answers) =>
    // Before the first question it is known whether there is an engine.
    withEngine<BuildServiceResult>(services, buildService.id, answers, () => build(services, answers)),
};

async function build(
  services: Services,
  { file: given, ...answers }: BuildServiceAnswers,
): Promise<BuildServiceResult> {
  const file = given === undefined ? await pickComposeFile() : uriOf(given);
  if (file === undefined) return cancelled;
  const service = answers.service ?? (await pickService(services.language, file));
  if (service === undefined) return cancelled;
  const section = await services.language.serviceBuild(file, service);
  if (section === undefined)
    return refused(
      l10n.t("{0} has no service {1} with a build section.", workspace.asRelativePath(file), service),
    );
  const ofFile = answersOfService(service, section);
  if (typeof ofFile === "string") return refused(ofFile);
  return buildImage.run(services, {
    ...ofFile,
    ...answers,
    // Without a tag the sheet is shown, with the name that Compose gives the image.
    confirm: answers.confirm ?? answers.tag === undefined,
  });
}

async function pickService(language: LanguageServer, file: Uri): Promise<string | undefined> {
  const built = ((await language.services(file))?.services ?? []).filter((it) => it.build !== null);
  if (built.length === 0) {
    void window.showInformationMessage(
      l10n.t("No service of {0} has a build section.", path.basename(file.fsPath)),
    );
    return undefined;
  }
  if (built.length === 1) return built[0]?.name;
  const items = built.map((it) => ({ label: it.name, description: it.build?.context ?? "" }));
  return (await window.showQuickPick(items, { title: l10n.t("Which service?") }))?.label;
}

function refused(message: string): BuildServiceResult {
  void window.showErrorMessage(message);
  return { outcome: "not-buildable", message };
}

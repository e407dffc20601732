import { commands, type ExtensionContext, languages, window, workspace } from "vscode";
import { choose } from "./commands/choose-reporter.ts";
import type { Services } from "./commands/command.ts";
import { registerCommands } from "./commands/register.ts";
import { createComposeAccess } from "./compose-access.ts";
import { createBuildDiagnostics } from "./editor/build-diagnostics.ts";
import { createBuildLog } from "./editor/build-log.ts";
import { createBuildMemory } from "./editor/build-memory.ts";
import { composeLenses } from "./editor/compose-lenses.ts";
import { createComposeMemory } from "./editor/compose-memory.ts";
import { createComposeStates } from "./editor/compose-states.ts";
import { createEngineStatus } from "./editor/engine-status.ts";
import { createReadOnlyDocuments } from "./editor/read-only-documents.ts";
import { askOnce } from "./editor/reporter-choice.ts";
import { createRunningImages } from "./editor/running-images.ts";
import { createScanDiagnostics } from "./editor/scan-diagnostics.ts";
import { serviceLenses } from "./editor/service-lenses.ts";
import { stageLenses } from "./editor/stage-lenses.ts";
import { createEngineAccess } from "./engine-access.ts";
import { createImageFacts } from "./image-facts.ts";
import { composeFiles, dockerfiles, startLanguageServer } from "./language-server.ts";
import { createComparePanel } from "./views/compare-panel.ts";

let services: Services | undefined;

/**
 * Starts the language server and registers what the user can ask for. An engine is looked for when a command needs one, and in a
 * trusted workspace when a document names an image.
 */
export function activate(context: ExtensionContext): void {
  const started = performance.now();
  const log = window.createOutputChannel("Plimsoll", { log: true });
  const engine = createEngineAccess(context.extensionPath);
  const images = createImageFacts(context, engine, log);
  const language = startLanguageServer(context, images);
  services = {
    language,
    engine,
    images: {
      stop: () => images.stop(),
      refresh() {
        images.refresh();
        language.imagesChanged().catch((error) => log.error(error));
      },
    },
    diagnostics: createBuildDiagnostics(),
    memory: createBuildMemory(context.workspaceState),
    state: context.globalState,
    running: createRunningImages(),
    status: createEngineStatus([dockerfiles, composeFiles].flat()),
    comparePanel: createComparePanel(context, async (images) => {
      await commands.executeCommand("plimsoll.compareImageSizes", { images });
    }),
    compose: createComposeAccess(),
    composeMemory: createComposeMemory(context.workspaceState),
    composeStates: createComposeStates(engine, log),
    documents: createReadOnlyDocuments(),
    log,
    buildLog: createBuildLog(),
    scanDiagnostics: createScanDiagnostics(),
  };
  const { images: known, diagnostics, status, comparePanel, buildLog } = services;
  const { compose, composeStates, documents, scanDiagnostics } = services;
  context.subscriptions.push(
    ...registerCommands(services),
    languages.registerCodeLensProvider(dockerfiles, stageLenses(language)),
    languages.registerCodeLensProvider(composeFiles, composeLenses(language, composeStates)),
    languages.registerCodeLensProvider(composeFiles, serviceLenses(language)),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.compose")) compose.forget();
      if (!it.affectsConfiguration("plimsoll.engine")) return;
      engine.forget();
      composeStates.lookAnew();
      known.refresh();
    }),
    workspace.onDidGrantWorkspaceTrust(() => known.refresh()),
    ...[diagnostics, status, comparePanel, composeStates, documents, log, buildLog, scanDiagnostics],
  );
  askOnce(context.globalState, (other, reporter) =>
    choose({ language, state: context.globalState }, other, reporter),
  ).catch((error) => log.error(error));
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
}

export async function deactivate(): Promise<void> {
  await Promise.all([services?.running.dispose(), services?.images.stop(), services?.language.stop()]);
}

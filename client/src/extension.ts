import { join } from "node:path";
import { commands, EventEmitter, type ExtensionContext, languages, Uri, window, workspace } from "vscode";
import { createBuilds } from "./builds/builds.ts";
import { buildForTask } from "./commands/build-for-task.ts";
import { choose } from "./commands/choose-reporter.ts";
import type { Services } from "./commands/command.ts";
import { registerCommands } from "./commands/register.ts";
import { createComposeAccess } from "./compose-access.ts";
import { createBudgetDiagnostics } from "./editor/budget-diagnostics.ts";
import { createBuildDiagnostics } from "./editor/build-diagnostics.ts";
import { createBuildLogs } from "./editor/build-logs.ts";
import { createBuildMemory } from "./editor/build-memory.ts";
import { provideBuildTasks } from "./editor/build-tasks.ts";
import { createBuildsView, type ShownRow } from "./editor/builds-view.ts";
import { createBuiltRevisions } from "./editor/built-revisions.ts";
import { composeLenses } from "./editor/compose-lenses.ts";
import { createComposeMemory } from "./editor/compose-memory.ts";
import { createComposeStates } from "./editor/compose-states.ts";
import { composeTyping } from "./editor/compose-typing.ts";
import { containerEntries } from "./editor/container-view.ts";
import { createEffectiveDocuments } from "./editor/effective-document.ts";
import { createEngineChoice } from "./editor/engine-choice.ts";
import { createEngineDocuments } from "./editor/engine-documents.ts";
import { createEngineStatus } from "./editor/engine-status.ts";
import { createImageFileDocuments } from "./editor/image-file-documents.ts";
import { imageEntries } from "./editor/image-view.ts";
import type { ShownNote } from "./editor/line-notes.ts";
import { createLineSizes } from "./editor/line-sizes.ts";
import { createLiveView } from "./editor/live-view.ts";
import { createReadOnlyDocuments } from "./editor/read-only-documents.ts";
import { askOnce } from "./editor/reporter-choice.ts";
import { createRunMemory } from "./editor/run-memory.ts";
import { createRunningImages } from "./editor/running-images.ts";
import { createScanDiagnostics } from "./editor/scan-diagnostics.ts";
import { serviceLenses } from "./editor/service-lenses.ts";
import { createSizeEstimates } from "./editor/size-estimates.ts";
import { createSizeRecords } from "./editor/size-records.ts";
import { createSizeStatus } from "./editor/size-status.ts";
import { stageLenses } from "./editor/stage-lenses.ts";
import { provideStepLogs } from "./editor/step-logs.ts";
import { createStepTimes } from "./editor/step-times.ts";
import { variantActionKinds, variantActions } from "./editor/variant-actions.ts";
import { wasteActions } from "./editor/waste-actions.ts";
import { createWasteDiagnostics } from "./editor/waste-diagnostics.ts";
import { layerMemory } from "./engine/layer-memory.ts";
import { createEngineAccess, tellingStatus } from "./engine-access.ts";
import { createImageFacts } from "./image-facts.ts";
import { composeFiles, dockerfiles, startLanguageServer } from "./language-server.ts";
import { createComparePanel } from "./views/compare-panel.ts";
import { createHistoryPanel } from "./views/history-panel.ts";
import { createVariantsPanel } from "./views/variants-panel.ts";

/** What the extension shows that no API of VS Code can be asked for. */
export interface Shown {
  /** The rows of a view, those below others indented: `label | description | context value`. */
  images(): Promise<readonly string[]>;
  containers(): Promise<readonly string[]>;
  /** The rows of the Builds view from the top, with what they show and what commands of their menus are given. */
  builds(): Promise<readonly ShownRow[]>;
  /** What the status bar says of the active Dockerfile's image; undefined while it says nothing. */
  size(): string | undefined;
  /** What stands beside the lines of a visible Dockerfile; lines from 0. */
  times(dockerfile: Uri): readonly ShownNote[];
  sizes(dockerfile: Uri): readonly ShownNote[];
}

let services: Services | undefined;

/**
 * Starts the language server and registers what the user can ask for. An engine is looked for when a command needs one, and in a
 * trusted workspace when a document names an image.
 */
export function activate(context: ExtensionContext): Shown {
  const started = performance.now();
  const log = window.createOutputChannel("Plimsoll", { log: true });
  const engineChoice = createEngineChoice(context.workspaceState);
  const engine = createEngineAccess(context.extensionPath, engineChoice);
  const status = createEngineStatus();
  const told = tellingStatus(engine, status);
  const images = createImageFacts(context, told, log);
  const factsTold = new EventEmitter<void>();
  const waste = createWasteDiagnostics();
  const telling = {
    ...images,
    async find(reference: string) {
      const facts = await images.find(reference);
      factsTold.fire();
      return facts;
    },
  };
  const language = startLanguageServer(context, telling, waste);
  const report = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  const imageView = createLiveView(told, {
    ...{ id: "plimsoll.images", events: ["image", "container"], load: imageEntries, report },
  });
  const containerView = createLiveView(told, {
    ...{ id: "plimsoll.containers", events: ["container"], load: containerEntries, report },
  });
  const sizesChanged = new EventEmitter<void>();
  const estimates = createSizeEstimates(language, factsTold.event, () => sizesChanged.fire());
  // With the workspace; a window without a folder has none to keep things with.
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const sizeRecords = createSizeRecords(join(storage, "size-history"), report);
  const historyPanel = createHistoryPanel(context, sizeRecords, language, report);
  services = {
    language,
    engine,
    engineChoice,
    images: {
      stop: () => images.stop(),
      learn: (id, layers) => images.learn(id, layers),
      refresh() {
        images.refresh();
        language.imagesChanged().catch((error) => log.error(error));
        imageView.refresh();
        containerView.refresh();
      },
    },
    budgets: createBudgetDiagnostics(language, Uri.joinPath(context.extensionUri, "docs", "rules")),
    imageFiles: createImageFileDocuments(),
    diagnostics: createBuildDiagnostics(),
    memory: createBuildMemory(context.workspaceState),
    state: context.globalState,
    layers: layerMemory(join(context.globalStorageUri.fsPath, "layers")),
    lineSizes: createLineSizes(language, context.workspaceState, () => sizesChanged.fire()),
    sizeRecords,
    historyPanel,
    revisions: createBuiltRevisions(join(storage, "revisions"), context.workspaceState),
    running: createRunningImages(),
    runMemory: createRunMemory(context.workspaceState),
    status,
    comparePanel: createComparePanel(context, {
      reweigh: async (images, labels) => {
        await commands.executeCommand("plimsoll.compareImageSizes", { images, labels });
      },
      readFiles: async (how) => {
        await commands.executeCommand("plimsoll.readComparedFiles", how);
      },
      openFile: async (file) => {
        await commands.executeCommand("plimsoll.openImageFile", file);
      },
    }),
    compose: createComposeAccess(),
    composeMemory: createComposeMemory(context.workspaceState),
    composeStates: createComposeStates(tellingStatus(engine, status), log),
    effectiveDocuments: createEffectiveDocuments(language, report),
    readOnlyDocuments: createReadOnlyDocuments(),
    documents: createEngineDocuments(),
    views: {
      refresh() {
        imageView.refresh();
        containerView.refresh();
      },
      retry() {
        imageView.retry();
        containerView.retry();
      },
    },
    waste,
    log,
    scanDiagnostics: createScanDiagnostics(),
    builds: createBuilds(),
    buildLogs: createBuildLogs(),
    stepTimes: createStepTimes(language, context.workspaceState, () => sizesChanged.fire()),
    variantsPanel: createVariantsPanel(context, report),
  };
  const {
    images: known,
    diagnostics,
    lineSizes,
    comparePanel,
    documents,
    views,
    builds,
    buildLogs,
    stepTimes,
  } = services;
  const buildsView = createBuildsView(builds);
  const { budgets, compose, composeStates, memory, readOnlyDocuments, scanDiagnostics } = services;
  const { variantsPanel } = services;
  const sizeStatus = createSizeStatus(sizeRecords);
  context.subscriptions.push(
    ...registerCommands(services),
    composeTyping(),
    languages.registerCodeLensProvider(
      dockerfiles,
      stageLenses(
        language,
        { sizes: lineSizes, records: sizeRecords, times: stepTimes, memory, estimates },
        sizesChanged.event,
      ),
    ),
    languages.registerCodeActionsProvider(dockerfiles, wasteActions),
    languages.registerCodeLensProvider(composeFiles, composeLenses(language, composeStates)),
    languages.registerCodeLensProvider(composeFiles, serviceLenses(language)),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.compose")) compose.forget();
      if (it.affectsConfiguration("plimsoll.sizeBudget")) sizesChanged.fire();
      if (!it.affectsConfiguration("plimsoll.engine")) return;
      if (it.affectsConfiguration("plimsoll.engine.host")) {
        // What was said last counts.
        engineChoice.keep(undefined).catch((error) => log.error(error));
        status.forget();
      }
      engine.forget();
      composeStates.lookAnew();
      known.refresh();
      views.retry();
    }),
    workspace.onDidGrantWorkspaceTrust(() => known.refresh()),
    ...[diagnostics, lineSizes, sizesChanged, status, comparePanel, documents, imageView, containerView],
    ...[waste, log, buildsView, buildLogs, stepTimes],
    provideBuildTasks(language, buildForTask(services)),
    ...provideStepLogs(builds),
    ...[composeStates, readOnlyDocuments, scanDiagnostics, budgets, estimates, factsTold, variantsPanel],
    ...[sizeRecords, historyPanel, sizeStatus, sizeRecords.onChange(() => sizesChanged.fire())],
    services.imageFiles,
    services.effectiveDocuments,
    languages.registerCodeActionsProvider(dockerfiles, variantActions(language), {
      providedCodeActionKinds: variantActionKinds,
    }),
  );
  askOnce(context.globalState, (other, reporter) =>
    choose({ language, state: context.globalState }, other, reporter),
  ).catch((error) => log.error(error));
  log.info(`Activated in ${(performance.now() - started).toFixed(1)} ms`);
  return {
    builds: () => buildsView.rows(),
    containers: () => containerView.rows(),
    images: () => imageView.rows(),
    sizes: (dockerfile) => lineSizes.shown(dockerfile),
    size: () => sizeStatus.text,
    times: (dockerfile) => stepTimes.shown(dockerfile),
  };
}

export async function deactivate(): Promise<void> {
  await Promise.all([services?.running.dispose(), services?.images.stop(), services?.language.stop()]);
}

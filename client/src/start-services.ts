import { join } from "node:path";
import {
  commands,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  Uri,
} from "vscode";
import { createBuilds } from "./builds/builds.ts";
import type { Services } from "./commands/command.ts";
import { createComposeAccess } from "./compose-access.ts";
import { createBuildDiagnostics } from "./editor/builds/build-diagnostics.ts";
import { createBuildLogs } from "./editor/builds/build-logs.ts";
import { createBuildMemory } from "./editor/builds/build-memory.ts";
import { createBuildsView } from "./editor/builds/builds-view.ts";
import { createStepTimes } from "./editor/builds/step-times.ts";
import { createComposeMemory } from "./editor/compose/compose-memory.ts";
import { createComposeStates } from "./editor/compose/compose-states.ts";
import { createEffectiveDocuments } from "./editor/compose/effective-document.ts";
import { containerEntries } from "./editor/containers/container-view.ts";
import { createRunMemory } from "./editor/containers/run-memory.ts";
import { createRunningImages } from "./editor/containers/running-images.ts";
import { createEngineChoice } from "./editor/engines/engine-choice.ts";
import { createEngineDocuments } from "./editor/engines/engine-documents.ts";
import { createEngineStatus } from "./editor/engines/engine-status.ts";
import { createImageFileDocuments } from "./editor/images/image-file-documents.ts";
import { imageEntries } from "./editor/images/image-view.ts";
import { createScanDiagnostics } from "./editor/images/scan-diagnostics.ts";
import { createLiveView } from "./editor/live-view.ts";
import { createReadOnlyDocuments } from "./editor/read-only-documents.ts";
import { createBuiltRevisions } from "./editor/revisions/built-revisions.ts";
import { createBudgetDiagnostics } from "./editor/sizes/budget-diagnostics.ts";
import { createLineSizes } from "./editor/sizes/line-sizes.ts";
import { createSizeEstimates } from "./editor/sizes/size-estimates.ts";
import { createSizeRecords } from "./editor/sizes/size-records.ts";
import { createSizeStatus } from "./editor/sizes/size-status.ts";
import { createWasteDiagnostics } from "./editor/sizes/waste-diagnostics.ts";
import { layerMemory } from "./engine/images/layer-memory.ts";
import { createEngineAccess, tellingStatus } from "./engine-access.ts";
import { createImageFacts } from "./image-facts.ts";
import { startLanguageServer } from "./language-server.ts";
import { createComparePanel } from "./views/compare-panel.ts";
import { createHistoryPanel } from "./views/history-panel.ts";
import { createVariantsPanel } from "./views/variants-panel.ts";

/** What commands ask for, and what shows by itself. */
export interface Started {
  readonly services: Services;
  readonly imageView: ReturnType<typeof createLiveView>;
  readonly containerView: ReturnType<typeof createLiveView>;
  readonly buildsView: ReturnType<typeof createBuildsView>;
  readonly sizeStatus: ReturnType<typeof createSizeStatus>;
  readonly estimates: ReturnType<typeof createSizeEstimates>;
  /** Sizes or times beside lines are others now. */
  readonly sizesChanged: EventEmitter<void>;
  /** All of it that ends with the extension. */
  readonly disposables: readonly Disposable[];
}

/** Makes everything once; nothing asks an engine yet. */
export function startServices(context: ExtensionContext, log: LogOutputChannel): Started {
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
  const services: Services = {
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
  const buildsView = createBuildsView(services.builds);
  const sizeStatus = createSizeStatus(sizeRecords);
  const { budgets, buildLogs, comparePanel, composeStates, diagnostics, documents, effectiveDocuments } =
    services;
  const { imageFiles, lineSizes, readOnlyDocuments, scanDiagnostics, stepTimes, variantsPanel } = services;
  return {
    ...{ services, imageView, containerView, buildsView, sizeStatus, estimates, sizesChanged },
    disposables: [
      ...[diagnostics, lineSizes, sizesChanged, status, comparePanel, documents, imageView, containerView],
      ...[waste, log, buildsView, buildLogs, stepTimes],
      ...[composeStates, readOnlyDocuments, scanDiagnostics, budgets, estimates, factsTold, variantsPanel],
      ...[sizeRecords, historyPanel, sizeStatus, imageFiles, effectiveDocuments],
    ],
  };
}

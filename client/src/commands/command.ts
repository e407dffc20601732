import type { LogOutputChannel, Memento } from "vscode";
import type { Builds } from "../builds/builds.ts";
import type { ComposeAccess } from "../compose-access.ts";
import type { BuildDiagnostics } from "../editor/builds/build-diagnostics.ts";
import type { BuildLogs } from "../editor/builds/build-logs.ts";
import type { BuildMemory } from "../editor/builds/build-memory.ts";
import type { StepTimes } from "../editor/builds/step-times.ts";
import type { ComposeMemory } from "../editor/compose/compose-memory.ts";
import type { ComposeStates } from "../editor/compose/compose-states.ts";
import type { EffectiveDocuments } from "../editor/compose/effective-document.ts";
import type { RunMemory } from "../editor/containers/run-memory.ts";
import type { RunningImages } from "../editor/containers/running-images.ts";
import type { EngineChoiceMemory } from "../editor/engines/engine-choice.ts";
import type { EngineDocuments } from "../editor/engines/engine-documents.ts";
import type { EngineStatus } from "../editor/engines/engine-status.ts";
import type { ImageFileDocuments } from "../editor/images/image-file-documents.ts";
import type { ScanDiagnostics } from "../editor/images/scan-diagnostics.ts";
import type { LiveView } from "../editor/live-view.ts";
import type { ReadOnlyDocuments } from "../editor/read-only-documents.ts";
import type { BuiltRevisions } from "../editor/revisions/built-revisions.ts";
import type { BudgetDiagnostics } from "../editor/sizes/budget-diagnostics.ts";
import type { LineSizes } from "../editor/sizes/line-sizes.ts";
import type { SizeRecords } from "../editor/sizes/size-records.ts";
import type { WasteDiagnostics } from "../editor/sizes/waste-diagnostics.ts";
import type { ImageKnowledge } from "../engine/images/image-knowledge.ts";
import type { LayerMemory } from "../engine/images/layer-memory.ts";
import type { EngineAccess } from "../engine-access.ts";
import type { LanguageServer } from "../language-server.ts";
import type { ComparePanel } from "../views/compare-panel.ts";
import type { HistoryPanel } from "../views/history-panel.ts";
import type { VariantsPanel } from "../views/variants-panel.ts";

/** What commands work with; made once, at activation. */
export interface Services {
  readonly engine: EngineAccess;
  readonly engineChoice: EngineChoiceMemory;
  readonly language: LanguageServer;
  /**
   * What the language server knows of the engine's images: `refresh` after anything that may have changed them, `learn` after their layers
   * were read.
   */
  readonly images: Pick<ImageKnowledge, "learn" | "refresh" | "stop">;
  readonly budgets: BudgetDiagnostics;
  readonly imageFiles: ImageFileDocuments;
  readonly diagnostics: BuildDiagnostics;
  readonly memory: BuildMemory;
  /** Kept with the user, on this machine. */
  readonly state: Memento;
  /** Layers that were read before. */
  readonly layers: LayerMemory;
  readonly lineSizes: LineSizes;
  readonly sizeRecords: SizeRecords;
  readonly historyPanel: HistoryPanel;
  /** Dockerfiles of other git revisions that images were built from for a comparison. */
  readonly revisions: BuiltRevisions;
  readonly running: RunningImages;
  readonly runMemory: RunMemory;
  readonly status: EngineStatus;
  readonly comparePanel: ComparePanel;
  readonly variantsPanel: VariantsPanel;
  readonly compose: ComposeAccess;
  readonly composeMemory: ComposeMemory;
  readonly composeStates: ComposeStates;
  readonly effectiveDocuments: EffectiveDocuments;
  readonly readOnlyDocuments: ReadOnlyDocuments;
  readonly documents: EngineDocuments;
  /** “Images” and “Containers”: `refresh` after anything that may have changed what they show. */
  readonly views: Pick<LiveView, "refresh" | "retry">;
  readonly waste: WasteDiagnostics;
  readonly log: LogOutputChannel;
  readonly builds: Builds;
  readonly buildLogs: BuildLogs;
  readonly stepTimes: StepTimes;
  readonly scanDiagnostics: ScanDiagnostics;
}

/**
 * A command is its id and one function. Every answer that it would ask for can be handed to it, so that lenses, tasks,
 * key bindings and tests run it without a question; it resolves to plain data that says how it ended.
 */
export interface Command<Answers, Result> {
  readonly id: string;
  readonly run: (services: Services, answers: Answers) => Promise<Result>;
}

import {
  type Disposable,
  type ExtensionContext,
  l10n,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type {
  CompareHostMessage,
  ComparePageMessage,
  ExportFormat,
  Reading,
} from "../shared/compare-messages.ts";
import type { FileQuery } from "../shared/file-messages.ts";
import type { Comparison } from "../sizes/comparison/comparison.ts";
import { type ComparedImages, differingFiles, knownFiles } from "./compared-images.ts";
import { exportComparison, exportFiles } from "./comparison-export.ts";
import { hiddenFile, type OpenedFile, openedFile } from "./opened-file.ts";
import { savePicture } from "./save-picture.ts";
import { createSinglePage } from "./single-page.ts";

const languageOf = { markdown: "markdown", csv: "csv", json: "json" } as const;

/** The page of image sizes. There is one; another comparison replaces what it shows. */
export interface ComparePanel extends Disposable {
  show(compared: ComparedImages): void;
  /** Shows more of the same images, where the page is. */
  update(compared: ComparedImages): void;
  /** What the page shows now; undefined when it is closed. */
  readonly shown: ComparedImages | undefined;
  /** Shows how far reading the files is. `stop` is called when the user has enough of it, or closes the page. */
  reading(reading: Reading, stop?: () => void): void;
}

/** Of what a page keeps over a restart, what its host needs. */
interface KeptImages {
  readonly images?: readonly string[];
  readonly labels?: readonly string[];
}

/** What the page asks for and needs an engine. */
export interface CompareActions {
  /** Weighs images again by id, for a page that comes back with the window; `labels` are what it called them. */
  reweigh(images: readonly string[], labels: readonly string[]): Promise<void>;
  /** Reads the files of the images that are shown; with `transfer`, what a pull transfers is measured on the way. */
  readFiles(how: { readonly transfer: boolean }): Promise<void>;
  openFile(file: OpenedFile): Promise<void>;
}

export function createComparePanel(context: ExtensionContext, actions: CompareActions): ComparePanel {
  let shown: ComparedImages | undefined;
  let reading: Reading | undefined;
  let stop: () => void = () => {};

  const tell = (message: CompareHostMessage) => void page.tell(message);
  const draw = () => {
    if (shown) tell({ kind: "comparison", comparison: shown.comparison, files: knownFiles(shown) });
    if (reading) tell({ kind: "reading", reading });
  };
  const receive = async (message: ComparePageMessage) => {
    if (message.kind === "ready") draw();
    else if (message.kind === "read-files") await actions.readFiles({ transfer: false });
    else if (message.kind === "measure-transfer") await actions.readFiles({ transfer: true });
    else if (message.kind === "stop-reading") stop();
    else if (shown) await answer(shown, message, tell, actions);
  };
  const page = createSinglePage<CompareHostMessage, ComparePageMessage, KeptImages>(context.extensionUri, {
    name: "compare",
    title: l10n.t("Image Sizes"),
    receive,
    async restore(kept) {
      await actions.reweigh(kept?.images ?? [], kept?.labels ?? []);
      return true;
    },
    closed() {
      shown = undefined;
      reading = undefined;
      stop();
    },
    // What is opened may be gone, or more than the editor takes.
    report: (error) => void window.showErrorMessage(error instanceof Error ? error.message : String(error)),
  });

  return {
    show(compared) {
      stop();
      [shown, reading, stop] = [compared, undefined, () => {}];
      page.show(ViewColumn.Active);
      draw();
    },
    update(compared) {
      shown = compared;
      draw();
    },
    get shown() {
      return page.isOpen ? shown : undefined;
    },
    reading(now, whenEnough = () => {}) {
      reading = now;
      stop = whenEnough;
      tell({ kind: "reading", reading });
    },
    dispose: () => page.dispose(),
  };
}

/** What is about the images that are shown. The page is not trusted with paths and ids. */
async function answer(
  shown: ComparedImages,
  message: Exclude<
    ComparePageMessage,
    { readonly kind: "ready" | "read-files" | "measure-transfer" | "stop-reading" }
  >,
  tell: (message: CompareHostMessage) => void,
  actions: CompareActions,
): Promise<void> {
  const { comparison, files } = shown;
  switch (message.kind) {
    case "open-line":
      return openLine(comparison, message.file, message.line);
    case "export":
      return showExport(shown, message.format);
    case "export-files":
      return showFiles(shown, message.query);
    case "export-picture":
      return savePicture(message.url, comparison);
    case "list-files":
      if (files) tell({ kind: "files", window: files.list(message.query, message.start, message.count) });
      return;
    case "map-files":
      if (files) tell({ kind: "map", map: files.map(message.view) });
      return;
    case "open-file": {
      const opened = openedFile(shown, message.path, message.image, message.beside);
      return opened && actions.openFile(opened);
    }
    case "open-hidden": {
      const opened = hiddenFile(comparison, message);
      return opened && actions.openFile(opened);
    }
  }
}

/** Only files that the comparison itself names. */
async function openLine(comparison: Comparison, file: string, line: number): Promise<void> {
  const known = comparison.images.some((image) =>
    image.layers.some((it) => it.file === file && it.line === line),
  );
  if (!known) return;
  const document = await workspace.openTextDocument(Uri.file(file));
  const at = document.lineAt(Math.min(line, document.lineCount) - 1).range;
  await window.showTextDocument(document, {
    selection: new Range(at.start, at.start),
    viewColumn: ViewColumn.Beside,
  });
}

async function showExport(shown: ComparedImages, format: ExportFormat): Promise<void> {
  await showText(languageOf[format], exportComparison(shown.comparison, format, differingFiles(shown)));
}

async function showFiles({ comparison, files }: ComparedImages, query: FileQuery): Promise<void> {
  if (!files) return;
  const labels = comparison.images.map((it) => it.label);
  await showText("csv", exportFiles(files.all(query), labels));
}

/** As a new document: it can be read, copied or saved from there. */
async function showText(language: string, content: string): Promise<void> {
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
}

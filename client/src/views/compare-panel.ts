import {
  type Disposable,
  type ExtensionContext,
  l10n,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { CompareHostMessage, ComparePageMessage } from "../shared/compare-messages.ts";
import type { Comparison } from "../sizes/comparison.ts";
import { exportComparison } from "./comparison-export.ts";
import { pageHtml, pagesFolder } from "./page-html.ts";

const viewType = "plimsoll.compare";
const languageOf = { markdown: "markdown", csv: "csv", json: "json" } as const;

/** The page of image sizes. There is one; another comparison replaces what it shows. */
export interface ComparePanel extends Disposable {
  show(comparison: Comparison): void;
}

/** `reweigh` weighs images again by id, for a page that comes back with the window. */
export function createComparePanel(
  context: ExtensionContext,
  reweigh: (images: readonly string[]) => Promise<void>,
): ComparePanel {
  const { extensionUri } = context;
  let open: WebviewPanel | undefined;
  let shown: Comparison | undefined;

  const draw = () => {
    if (open === undefined || shown === undefined) return;
    const message: CompareHostMessage = { kind: "comparison", comparison: shown };
    void open.webview.postMessage(message);
  };
  const receive = (message: ComparePageMessage) => {
    switch (message.kind) {
      case "ready":
        return draw();
      case "open-line":
        return shown && openLine(shown, message.file, message.line);
      case "export":
        return shown && showExport(shown, message.format);
    }
  };
  const use = (panel: WebviewPanel) => {
    open = panel;
    panel.iconPath = Uri.joinPath(extensionUri, "docs", "images", "icon.png");
    panel.webview.options = { enableScripts: true, localResourceRoots: [pagesFolder(extensionUri)] };
    panel.webview.onDidReceiveMessage(receive);
    panel.onDidDispose(() => {
      open = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri, "compare", l10n.t("Image Sizes"));
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel: WebviewPanel, state: { images?: readonly string[] } | undefined) {
      use(panel);
      await reweigh(state?.images ?? []);
    },
  });

  return {
    show(comparison) {
      shown = comparison;
      if (open === undefined)
        use(window.createWebviewPanel(viewType, l10n.t("Image Sizes"), ViewColumn.Active));
      else open.reveal();
      draw();
    },
    dispose() {
      serializer.dispose();
      open?.dispose();
    },
  };
}

/** Only files that the comparison itself names: the page is not trusted with paths. */
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

/** As a new document: it can be read, copied or saved from there. */
async function showExport(comparison: Comparison, format: keyof typeof languageOf): Promise<void> {
  const document = await workspace.openTextDocument({
    language: languageOf[format],
    content: exportComparison(comparison, format),
  });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
}

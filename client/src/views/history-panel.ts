import path from "node:path";
import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { commitSubjects } from "../editor/git-repository.ts";
import { showPlace } from "../editor/show-place.ts";
import type { SizeRecords } from "../editor/size-records.ts";
import type { LanguageServer } from "../language-server.ts";
import type { HistoryHostMessage, HistoryPageMessage, SizeHistory } from "../shared/history-messages.ts";
import { instructionKey } from "../shared/instruction-key.ts";
import { placeOfMove, sizeHistory, stageShown } from "../sizes/history-page.ts";
import { sizeSteps } from "../sizes/size-history.ts";
import { fillPanel } from "./page-html.ts";

const viewType = "plimsoll.history";

/** The page of a stage's sizes over its builds. There is one; it follows the builds. */
export interface HistoryPanel extends Disposable {
  /** `stage` as `stageKey`; the one that was built last when undefined. Ends with what is shown. */
  show(dockerfile: Uri, stage: string | undefined): Promise<SizeHistory>;
}

interface Subject {
  readonly dockerfile: Uri;
  readonly stage: string | undefined;
}

/** What the page keeps for a window that is opened again. */
interface Kept {
  readonly dockerfile?: string;
  readonly stage?: string;
}

/** `report` is told what keeps the page from being drawn. */
export function createHistoryPanel(
  { extensionUri }: Pick<ExtensionContext, "extensionUri">,
  records: SizeRecords,
  language: Pick<LanguageServer, "stages">,
  report: (error: unknown) => void,
): HistoryPanel {
  let open: WebviewPanel | undefined;
  let shown: Subject | undefined;

  const historyOf = async ({ dockerfile, stage }: Subject): Promise<SizeHistory> => {
    const [all, stages] = await Promise.all([records.of(dockerfile), language.stages(dockerfile)]);
    const ids = [...all.values()].flat().flatMap((it) => (it.commit ? [it.commit.id] : []));
    const subjects = await commitSubjects(path.dirname(dockerfile.fsPath), [...new Set(ids)]);
    const name = workspace.asRelativePath(dockerfile);
    const source = { name, records: all, stage, stages: stages?.stages ?? [], subjects };
    return sizeHistory(source, instructionKey);
  };
  const draw = async (subject: Subject): Promise<SizeHistory> => {
    const history = await historyOf(subject);
    const message: HistoryHostMessage = { kind: "history", dockerfile: subject.dockerfile.fsPath, history };
    // The page may have been closed meanwhile.
    await open?.webview.postMessage(message);
    return history;
  };
  const redraw = async () => {
    if (open !== undefined && shown !== undefined) await draw(shown);
  };
  const receive = async (message: HistoryPageMessage) => {
    if (shown === undefined) return;
    switch (message.kind) {
      case "ready":
        return redraw();
      case "stage":
        shown = { ...shown, stage: message.stage };
        return redraw();
      case "open":
        return openMove(shown, message.point, message.move);
      case "compare":
        return compare(shown, message.point);
    }
  };
  /** The page names places in the history, never a file or an image. */
  const stepsOf = async (subject: Subject) => {
    const all = await records.of(subject.dockerfile);
    const stage = stageShown(all, subject.stage);
    return { stage, steps: sizeSteps(all.get(stage) ?? []) };
  };
  const openMove = async (subject: Subject, point: number, move: number) => {
    const { stage, steps } = await stepsOf(subject);
    const moved = steps[point]?.moves[move];
    const stages = await language.stages(subject.dockerfile);
    const place = moved && placeOfMove(moved, stage, stages?.stages ?? [], instructionKey);
    if (place === undefined) return;
    // Where it is on the screen already, else beside the page.
    const visible = window.visibleTextEditors.find(
      (it) => it.document.uri.toString() === subject.dockerfile.toString(),
    );
    await showPlace(subject.dockerfile, place.line, visible?.viewColumn ?? ViewColumn.Beside);
  };
  const compare = async (subject: Subject, point: number) => {
    const { stage, steps } = await stepsOf(subject);
    const [before, now] = [steps[point - 1]?.record, steps[point]?.record];
    if (before === undefined || now === undefined) return;
    await commands.executeCommand("plimsoll.compareWithEarlierBuild", {
      dockerfile: subject.dockerfile.fsPath,
      ...(stage !== "" && { target: stage }),
      ...{ image: before.imageId, against: now.imageId },
    });
  };
  const use = (panel: WebviewPanel) => {
    open = panel;
    panel.webview.onDidReceiveMessage((message: HistoryPageMessage) => void receive(message).catch(report));
    panel.onDidDispose(() => {
      open = undefined;
    });
    fillPanel(panel, extensionUri, "history", l10n.t("Size History"));
  };
  const following = [
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel: WebviewPanel, state: Kept | undefined) {
        if (state?.dockerfile === undefined) return panel.dispose();
        shown = { dockerfile: Uri.file(state.dockerfile), stage: state.stage };
        use(panel);
      },
    }),
    records.onChange((dockerfile) => {
      if (dockerfile.fsPath === shown?.dockerfile.fsPath) void redraw().catch(report);
    }),
  ];
  return {
    async show(dockerfile, stage) {
      shown = { dockerfile, stage };
      if (open === undefined)
        use(window.createWebviewPanel(viewType, l10n.t("Size History"), ViewColumn.Beside));
      else open.reveal();
      return draw(shown);
    },
    dispose() {
      for (const it of following) it.dispose();
      open?.dispose();
    },
  };
}

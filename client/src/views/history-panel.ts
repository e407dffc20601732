import path from "node:path";
import {
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { commitSubjects } from "../editor/revisions/git-repository.ts";
import { showPlace } from "../editor/show-place.ts";
import type { SizeRecords } from "../editor/sizes/size-records.ts";
import type { LanguageServer } from "../language-server.ts";
import type { HistoryHostMessage, HistoryPageMessage, SizeHistory } from "../shared/history-messages.ts";
import { instructionKey } from "../shared/instruction-key.ts";
import { placeOfMove, sizeHistory, stageShown } from "../sizes/history/history-page.ts";
import { sizeSteps } from "../sizes/history/size-history.ts";
import { createSinglePage } from "./single-page.ts";

/** The page of a stage's sizes over its builds. There is one; it follows the builds. */
export interface HistoryPanel extends Disposable {
  /** `stage` as `stageKey`; the one that was built last when undefined. Ends with what is shown. */
  show(dockerfile: Uri, stage: string | undefined): Promise<SizeHistory>;
}

interface Subject {
  readonly dockerfile: Uri;
  readonly stage: string | undefined;
}

/** What the history is made of. */
interface Sources {
  readonly records: SizeRecords;
  readonly language: Pick<LanguageServer, "stages">;
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
  const sources = { records, language };
  let shown: Subject | undefined;

  const draw = async (subject: Subject): Promise<SizeHistory> => {
    const history = await historyOf(subject, sources);
    await page.tell({ kind: "history", dockerfile: subject.dockerfile.fsPath, history });
    return history;
  };
  const redraw = async () => {
    if (shown !== undefined) await draw(shown);
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
        return openMove(shown, message, sources);
      case "compare":
        return compare(shown, message.point, sources.records);
    }
  };
  const page = createSinglePage<HistoryHostMessage, HistoryPageMessage, Kept>(extensionUri, {
    name: "history",
    title: l10n.t("Size History"),
    receive,
    restore(kept) {
      if (kept?.dockerfile === undefined) return false;
      shown = { dockerfile: Uri.file(kept.dockerfile), stage: kept.stage };
      return true;
    },
    closed() {
      shown = undefined;
    },
    report,
  });
  const following = records.onChange((dockerfile) => {
    if (dockerfile.fsPath === shown?.dockerfile.fsPath) void redraw().catch(report);
  });
  return {
    async show(dockerfile, stage) {
      shown = { dockerfile, stage };
      page.show(ViewColumn.Beside);
      return draw(shown);
    },
    dispose() {
      following.dispose();
      page.dispose();
    },
  };
}

async function historyOf(
  { dockerfile, stage }: Subject,
  { records, language }: Sources,
): Promise<SizeHistory> {
  const [all, stages] = await Promise.all([records.of(dockerfile), language.stages(dockerfile)]);
  const ids = [...all.values()].flat().flatMap((it) => (it.commit ? [it.commit.id] : []));
  const subjects = await commitSubjects(path.dirname(dockerfile.fsPath), [...new Set(ids)]);
  const name = workspace.asRelativePath(dockerfile);
  const source = { name, records: all, stage, stages: stages?.stages ?? [], subjects };
  return sizeHistory(source, instructionKey);
}

/** The page names places in the history, never a file or an image. */
async function stepsOf({ dockerfile, stage }: Subject, records: SizeRecords) {
  const all = await records.of(dockerfile);
  const shown = stageShown(all, stage);
  return { stage: shown, steps: sizeSteps(all.get(shown) ?? []) };
}

/** Shows the instruction that moved the size. */
async function openMove(
  subject: Subject,
  { point, move }: { readonly point: number; readonly move: number },
  { records, language }: Sources,
): Promise<void> {
  const { stage, steps } = await stepsOf(subject, records);
  const moved = steps[point]?.moves[move];
  const stages = await language.stages(subject.dockerfile);
  const place = moved && placeOfMove(moved, stage, stages?.stages ?? [], instructionKey);
  if (place === undefined) return;
  // Where it is on the screen already, else beside the page.
  const visible = window.visibleTextEditors.find(
    (it) => it.document.uri.toString() === subject.dockerfile.toString(),
  );
  await showPlace(subject.dockerfile, place.line, visible?.viewColumn ?? ViewColumn.Beside);
}

/** Compares the images of a build and of the one before. */
async function compare(subject: Subject, point: number, records: SizeRecords): Promise<void> {
  const { stage, steps } = await stepsOf(subject, records);
  const [before, now] = [steps[point - 1]?.record, steps[point]?.record];
  if (before === undefined || now === undefined) return;
  await commands.executeCommand("plimsoll.compareWithEarlierBuild", {
    dockerfile: subject.dockerfile.fsPath,
    ...(stage !== "" && { target: stage }),
    ...{ image: before.imageId, against: now.imageId },
  });
}

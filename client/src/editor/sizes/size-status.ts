import {
  type Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from "vscode";
import { showsSizeStatus } from "../../settings.ts";
import { formatAge } from "../../shared/age.ts";
import { formatBytes, formatDifference } from "../../shared/figures.ts";
import { lastChange, type SizeRecord } from "../../sizes/history/size-history.ts";
import { commitText } from "./describe-record.ts";
import type { SizeRecords } from "./size-records.ts";

/** In the status bar what the active Dockerfile's last build weighs, and how much more than the one before. */
export interface SizeStatus extends Disposable {
  /** What it says now; undefined while it is not there. */
  readonly text: string | undefined;
}

/** Drawn when another editor is active or a build has ended, never while somebody types. */
export function createSizeStatus(records: SizeRecords): SizeStatus {
  const item = window.createStatusBarItem("plimsoll.size", StatusBarAlignment.Right, 89);
  item.name = l10n.t("Image Size");
  let text: string | undefined;
  const hide = () => {
    text = undefined;
    item.hide();
  };
  const draw = async () => {
    const file = dockerfileIn(window.activeTextEditor?.document);
    if (file === undefined || !showsSizeStatus(file)) return hide();
    const [stage, all] = [...(await records.of(file))].at(-1) ?? [];
    // Another editor may be the active one by now, which is drawn by itself.
    if (dockerfileIn(window.activeTextEditor?.document)?.fsPath !== file.fsPath) return;
    const last = all?.at(-1);
    if (stage === undefined || all === undefined || last === undefined) return hide();
    const change = lastChange(all);
    const figures = [formatBytes(last.total), ...(change === undefined ? [] : [formatDifference(change)])];
    text = figures.join(" ");
    item.text = `$(law) ${text}`;
    item.tooltip = tooltipOf(last, stage, change, file);
    item.accessibilityInformation = { label: spoken(last, change) };
    item.command = {
      command: "plimsoll.showSizeHistory",
      title: l10n.t("Show Size History"),
      arguments: [historyAnswers(file, stage)],
    };
    item.show();
  };
  // What cannot be read is no history.
  const drawNow = () => void draw().catch(hide);
  const following = [
    window.onDidChangeActiveTextEditor(drawNow),
    records.onChange(drawNow),
    workspace.onDidChangeConfiguration((it) => {
      if (it.affectsConfiguration("plimsoll.sizes.showInStatusBar")) drawNow();
    }),
  ];
  drawNow();
  return {
    get text() {
      return text;
    },
    dispose() {
      for (const it of [item, ...following]) it.dispose();
    },
  };
}

function dockerfileIn(document: TextDocument | undefined): Uri | undefined {
  return document?.languageId === "dockerfile" && document.uri.scheme === "file" ? document.uri : undefined;
}

function historyAnswers(file: Uri, stage: string): object {
  return { dockerfile: file.fsPath, target: stage };
}

function spoken({ tag, total }: SizeRecord, change: number | undefined): string {
  const size = l10n.t("{0} weighs {1} on disk", tag, formatBytes(total));
  return change === undefined
    ? size
    : `${size}, ${l10n.t("{0} since the build before", formatDifference(change))}`;
}

function tooltipOf(
  { tag, total, transfer, time, commit, base }: SizeRecord,
  stage: string,
  change: number | undefined,
  file: Uri,
): MarkdownString {
  const text = new MarkdownString(undefined, true);
  const links = [
    {
      title: l10n.t("Size history"),
      command: "plimsoll.showSizeHistory",
      answers: historyAnswers(file, stage),
    },
    {
      title: l10n.t("Compare with an earlier build"),
      command: "plimsoll.compareWithEarlierBuild",
      answers: { dockerfile: file.fsPath, ...(stage !== "" && { target: stage }) },
    },
  ];
  text.isTrusted = { enabledCommands: links.map((it) => it.command) };
  const lines = [
    l10n.t("{0} on disk", formatBytes(total)),
    ...(transfer === undefined ? [] : [l10n.t("{0} transfer", formatBytes(transfer))]),
    ...(base === undefined || base.bytes === 0
      ? []
      : [
          l10n.t(
            "base {0}, yours {1}",
            formatBytes(base.bytes),
            formatBytes(Math.max(0, total - base.bytes)),
          ),
        ]),
    ...(change === undefined ? [] : [l10n.t("{0} since the build before", formatDifference(change))]),
    [formatAge(Date.now() - time), ...(commit === undefined ? [] : [commitText(commit)])].join(" · "),
  ];
  text.appendMarkdown("**").appendText(tag).appendMarkdown("**\n\n");
  for (const it of lines) text.appendText(it).appendMarkdown("\n\n");
  text.appendMarkdown(
    links
      .map((it) => `[${it.title}](command:${it.command}?${encodeURIComponent(JSON.stringify([it.answers]))})`)
      .join(" · "),
  );
  return text;
}

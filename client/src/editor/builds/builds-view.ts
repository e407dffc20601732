import path from "node:path";
import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";
import {
  type BuildRecord,
  countSteps,
  type StepRecord,
  type StepState,
  stepsToShow,
} from "../../builds/build-record.ts";
import type { Builds } from "../../builds/builds.ts";
import type { BuildStep } from "../../engine/build/build-types.ts";
import { formatDuration } from "../../shared/figures.ts";
import { bytesText } from "./build-progress.ts";

/** A row of the Builds view. Commands of its menus are given it, so its names are theirs. */
export interface BuildRow {
  /** The build's id. */
  readonly build: string;
  /** The step's; undefined on the row of the build itself. */
  readonly step?: string;
  /** One of the last lines that a failed step wrote. */
  readonly line?: number;
}

/** A row as it is shown: `label | description | context value`. */
export interface ShownRow {
  readonly row: BuildRow;
  readonly text: string;
}

/** Lines of its output below a failed step; the rest is in its log. */
const linesOfFailure = 8;

/** Lists the builds of this session, those that run first, each with its steps. It changes when builds do, and by itself never. */
export function createBuildsView(builds: Builds): Disposable & { rows(): Promise<readonly ShownRow[]> } {
  // VS Code knows a row by the object that stands for it.
  const known = new Map<string, BuildRow>();
  const row = (it: BuildRow): BuildRow => {
    const key = JSON.stringify(it);
    const found = known.get(key) ?? it;
    known.set(key, found);
    return found;
  };
  const changes = new EventEmitter<BuildRow | undefined>();
  const provider: TreeDataProvider<BuildRow> = {
    onDidChangeTreeData: changes.event,
    getTreeItem: (it) => itemOf(it, builds),
    getChildren: (it) => childrenOf(it, builds).map(row),
    getParent: ({ build, step, line }) =>
      line !== undefined && step !== undefined
        ? row({ build, step })
        : step !== undefined
          ? row({ build })
          : undefined,
  };
  const view = window.createTreeView("plimsoll.builds", {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  let order = "";
  const stop = builds.onChange((changed) => {
    const all = builds.all();
    const now = all.map((it) => `${it.id}${it.end?.state ?? ""}`).join();
    const isSameList = now === order;
    order = now;
    if (isSameList) for (const id of changed) changes.fire(row({ build: id }));
    else {
      for (const key of [...known.keys()])
        if (!all.some((it) => it.id === known.get(key)?.build)) known.delete(key);
      changes.fire(undefined);
      const running = all.filter((it) => it.end === undefined).length;
      view.badge =
        running === 0
          ? undefined
          : {
              value: running,
              tooltip: running === 1 ? l10n.t("1 build runs") : l10n.t("{0} builds run", running),
            };
      void commands.executeCommand(
        "setContext",
        "plimsoll.hasBuildsOver",
        all.some((it) => it.end !== undefined),
      );
    }
  });
  return {
    async rows() {
      const list: ShownRow[] = [];
      const walk = async (parent: BuildRow | undefined) => {
        for (const child of (await provider.getChildren(parent)) ?? []) {
          const { label, description, contextValue } = await provider.getTreeItem(child);
          list.push({ row: child, text: `${label} | ${description ?? ""} | ${contextValue}` });
          await walk(child);
        }
      };
      await walk(undefined);
      return list;
    },
    dispose() {
      stop();
      view.dispose();
      changes.dispose();
    },
  };
}

function childrenOf(row: BuildRow | undefined, builds: Builds): readonly BuildRow[] {
  if (row === undefined) return builds.all().map((it) => ({ build: it.id }));
  const { build, step, line } = row;
  const record = builds.find(build);
  if (record === undefined || line !== undefined) return [];
  if (step === undefined) return stepsToShow(record).map((it) => ({ build, step: it.step.id }));
  const it = record.steps.find((one) => one.step.id === step);
  return it?.state === "failed" ? lastLines(it).map((_, at) => ({ build, step, line: at })) : [];
}

function lastLines(step: StepRecord): readonly string[] {
  return step
    .text()
    .split("\n")
    .filter((it) => it.trim() !== "")
    .slice(-linesOfFailure);
}

function itemOf({ build, step, line }: BuildRow, builds: Builds): TreeItem {
  const record = builds.find(build);
  const it = record?.steps.find((one) => one.step.id === step);
  // It was removed a moment ago.
  if (record === undefined || (step !== undefined && it === undefined)) return new TreeItem("");
  if (it === undefined) return buildItem(record);
  return line === undefined ? stepItem(record, it) : lineItem(record, it, line);
}

function buildItem(record: BuildRecord): TreeItem {
  const { subject, end, id } = record;
  const state = end?.state ?? "running";
  const isOpen = state === "running" || state === "failed";
  const item = new TreeItem(
    subject.tag,
    isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.id = `build ${id}`;
  item.description = stateText(record);
  item.iconPath = buildIcon(state);
  const canCompare = end?.state === "built" && end.before !== undefined;
  item.contextValue = `build.${state}${canCompare ? ".comparable" : ""}`;
  item.tooltip = buildTooltip(record);
  item.accessibilityInformation = { label: `${subject.tag}, ${item.description}` };
  return item;
}

function stateText(record: BuildRecord): string {
  const { all, over, cached } = countSteps(record);
  const { end, milliseconds = 0 } = record;
  switch (end?.state) {
    case undefined:
      return all === 0 ? l10n.t("starting") : l10n.t("{0} of {1} steps", over, all);
    case "built":
      return l10n.t("{0} · {1} of {2} steps cached", formatDuration(milliseconds), cached, all);
    case "failed":
      return l10n.t("failed after {0}", formatDuration(milliseconds));
    case "cancelled":
      return l10n.t("cancelled after {0}", formatDuration(milliseconds));
  }
}

function buildTooltip({ subject, end, began }: BuildRecord): MarkdownString {
  const { tag, dockerfile, target, context } = subject;
  const text = new MarkdownString().appendMarkdown("**").appendText(tag).appendMarkdown("**\n\n");
  const lines = [
    l10n.t("Dockerfile: {0}", dockerfile),
    ...(target === undefined ? [] : [l10n.t("Stage: {0}", target)]),
    l10n.t("Build context: {0}", context),
    l10n.t("Began: {0}", new Date(began).toLocaleTimeString()),
    ...(end?.state === "failed" ? [end.message] : []),
    ...(end?.state === "built" ? [l10n.t("Image: {0}", end.imageId)] : []),
  ];
  for (const it of lines) text.appendText(it).appendMarkdown("\n\n");
  return text;
}

function buildIcon(state: "running" | "built" | "failed" | "cancelled"): ThemeIcon {
  switch (state) {
    case "running":
      return new ThemeIcon("loading~spin");
    case "built":
      return new ThemeIcon("pass", new ThemeColor("testing.iconPassed"));
    case "failed":
      return new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
    case "cancelled":
      return new ThemeIcon("circle-slash");
  }
}

function stepItem({ id, subject }: BuildRecord, { step, state, milliseconds, bytes }: StepRecord): TreeItem {
  const item = new TreeItem(
    shortLabel(step),
    state === "failed" ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None,
  );
  // Another id once it failed: only for a new row VS Code takes it that it is open.
  item.id = `step ${id} ${step.id}${state === "failed" ? " failed" : ""}`;
  const where = step.position === undefined ? [] : [`${step.stage ?? ""} ${step.position}/${step.of}`.trim()];
  const how = [
    ...(state === "cached" ? [l10n.t("CACHED")] : []),
    ...(state === "failed" ? [l10n.t("failed")] : []),
    ...(state === "stopped" ? [l10n.t("stopped")] : []),
    ...(state === "done" && milliseconds !== undefined ? [formatDuration(milliseconds)] : []),
    ...(bytes === undefined ? [] : [bytesText(bytes)]),
    ...where,
  ];
  item.description = how.join(" · ");
  item.iconPath = stepIcon(state);
  item.contextValue = `step.${state}${step.position === undefined ? "" : ".instruction"}`;
  item.tooltip = `${step.name}\n${path.basename(subject.dockerfile)}`;
  item.command = {
    command: "plimsoll.showStepLog",
    title: l10n.t("Show Step Log"),
    arguments: [{ build: id, step: step.id }],
  };
  return item;
}

/** Short enough that what stands behind it is seen in a narrow view; the whole is in the tooltip. */
const longestLabel = 30;

function shortLabel({ instruction, name }: BuildStep): string {
  const text = (instruction || name)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^FROM docker\.io\/(?:library\/)?/, "FROM ")
    .replace(/@sha256:[0-9a-f]+/, "");
  return text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text;
}

function stepIcon(state: StepState): ThemeIcon {
  switch (state) {
    case "waiting":
      return new ThemeIcon("circle-outline");
    case "running":
      return new ThemeIcon("loading~spin");
    case "done":
      return new ThemeIcon("check", new ThemeColor("testing.iconPassed"));
    case "cached":
      return new ThemeIcon("archive", new ThemeColor("descriptionForeground"));
    case "failed":
      return new ThemeIcon("error", new ThemeColor("testing.iconFailed"));
    case "stopped":
      return new ThemeIcon("circle-slash");
  }
}

function lineItem({ id }: BuildRecord, it: StepRecord, line: number): TreeItem {
  const text = lastLines(it)[line] ?? "";
  const item = new TreeItem(text);
  item.id = `line ${id} ${it.step.id} ${line}`;
  item.tooltip = text;
  item.contextValue = "line";
  item.command = {
    command: "plimsoll.showStepLog",
    title: l10n.t("Show Step Log"),
    arguments: [{ build: id, step: it.step.id }],
  };
  return item;
}

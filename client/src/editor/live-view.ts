import {
  commands,
  EventEmitter,
  l10n,
  type TreeDataProvider,
  type TreeView,
  window,
  workspace,
} from "vscode";
import type { Engine } from "../engine/engine.ts";
import type { EngineEvent } from "../engine/events.ts";
import { type EngineAccess, failureOf } from "../engine-access.ts";
import { engineChanges } from "./engines/engine-changes.ts";
import type { TreeEntry } from "./tree-entry.ts";

/**
 * A view of what the engine has. It is loaded when it is opened, and again after `refresh` and, while it can be seen, after
 * what the engine's events tell. It never polls, and hidden it asks for nothing.
 */
export interface LiveView {
  /** Something may have changed. Loads only when the view can be seen, else when it is opened the next time. */
  refresh(): void;
  /** Looks for an engine anew, too. */
  retry(): void;
  /** What it shows, rows below others indented: `label | description | context value`. */
  rows(): Promise<readonly string[]>;
  dispose(): void;
}

export interface LiveViewOptions {
  readonly id: string;
  readonly events: readonly EngineEvent["type"][];
  readonly load: (engine: Engine) => Promise<readonly TreeEntry[]>;
  readonly report: (error: unknown) => void;
}

/** What the welcome text of the empty view says; a context key `<view>.state`. */
type ViewState = "untrusted" | "no-engine" | "empty" | "listed";

export function createLiveView(access: EngineAccess, options: LiveViewOptions): LiveView {
  const { id, events, load, report } = options;
  const changed = new EventEmitter<undefined>();
  let loading: Promise<readonly TreeEntry[]> | undefined;

  const say = (state: ViewState, message?: string) => {
    // The view's own message only says what the welcome text cannot know.
    view.message = message ?? "";
    void commands.executeCommand("setContext", `${id}.state`, state);
  };
  const reload = () => {
    loading = undefined;
    changed.fire(undefined);
  };
  const changes = engineChanges({ events, changed: reload, report });

  async function entries(): Promise<readonly TreeEntry[]> {
    if (!workspace.isTrusted) {
      say("untrusted");
      return [];
    }
    try {
      const engine = await access.connect();
      // Before the list is asked for, so that nothing falls between the two.
      if (view.visible) await changes.listen(engine);
      const found = await load(engine);
      say(found.length === 0 ? "empty" : "listed");
      return found;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) report(error);
      changes.hush();
      if (failure?.kind === "unreachable") access.forget();
      say("no-engine", error instanceof Error ? error.message : l10n.t("The list could not be made."));
      return [];
    }
  }

  const provider: TreeDataProvider<TreeEntry> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (entry) => entry.item,
    getChildren(entry) {
      if (entry) return [...entry.children];
      loading ??= entries();
      return loading.then((it) => [...it]);
    },
  };
  const view: TreeView<TreeEntry> = window.createTreeView(id, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
  });
  const visibility = view.onDidChangeVisibility(({ visible }) => {
    if (!visible) return changes.hush();
    // What changed while nobody looked was not told. Before the first look nothing is loaded, and VS Code asks itself.
    if (!changes.isListening && loading) reload();
  });
  const refresh = () => {
    if (view.visible) reload();
    else loading = undefined;
  };
  const trusted = workspace.onDidGrantWorkspaceTrust(refresh);
  return {
    refresh,
    retry() {
      changes.hush();
      refresh();
    },
    async rows() {
      loading ??= entries();
      return rowsOf(await loading, "");
    },
    dispose() {
      changes.hush();
      for (const it of [visibility, trusted, view, changed]) it.dispose();
    },
  };
}

function rowsOf(entries: readonly TreeEntry[], indent: string): string[] {
  return entries.flatMap(({ item: { label, description, contextValue }, children }) => [
    `${indent}${[label, description ?? "", contextValue ?? ""].join(" | ")}`,
    ...rowsOf(children, `${indent}  `),
  ]);
}

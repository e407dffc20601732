import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { ContainerSummary } from "../../engine/containers/container-types.ts";
import type { Engine } from "../../engine/engine.ts";
import { shortId } from "../images/image-view.ts";
import { keysOf, TreeEntry } from "../tree-entry.ts";
import { healthIcon, healthWord } from "./health-item.ts";
import { urlOf } from "./port-url.ts";

/** Rows of the view “Containers”: those of a Compose project below it, the others by themselves. */
export async function containerEntries(engine: Engine): Promise<readonly TreeEntry[]> {
  const all = await engine.containers.list();
  const projects = new Map<string, ContainerSummary[]>();
  for (const it of all)
    if (it.composeProject !== undefined)
      projects.set(it.composeProject, [...(projects.get(it.composeProject) ?? []), it]);
  return [
    ...[...projects]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([project, containers]) => projectEntry(project, containers)),
    ...all.filter((it) => it.composeProject === undefined).map(containerEntry),
  ];
}

function projectEntry(project: string, containers: readonly ContainerSummary[]): TreeEntry {
  const item = new TreeItem(project, TreeItemCollapsibleState.Expanded);
  item.id = `project ${project}`;
  item.iconPath = new ThemeIcon("multiple-windows");
  item.contextValue = "project";
  const running = containers.filter((it) => it.health !== "stopped").length;
  item.description = l10n.t("Compose project, {0} of {1} running", running, containers.length);
  return new TreeEntry({ item, children: containers.map(containerEntry) });
}

const colours = {
  starting: "charts.yellow",
  healthy: "charts.green",
  unhealthy: "charts.red",
  none: "charts.green",
  stopped: undefined,
} as const;

function containerEntry(container: ContainerSummary): TreeEntry {
  const { id, name, health, ports, state, status } = container;
  const item = new TreeItem(container.composeService ?? name);
  item.id = id;
  const isRunning = health !== "stopped";
  const url = urlOf(ports);
  item.contextValue = [
    "container",
    isRunning ? "running" : "stopped",
    ...(isRunning && url !== undefined ? ["open"] : []),
  ].join(" ");
  const colour = colours[health];
  item.iconPath = new ThemeIcon(
    state === "paused" ? "debug-pause" : healthIcon(health),
    colour && new ThemeColor(colour),
  );
  const image = container.image.replace(/^sha256:(\w{12})\w+$/, "$1");
  const shown = portsAsText(ports);
  const parts = [image, status, ...(shown === "" ? [] : [shown])];
  item.description = parts.join(" · ");
  item.accessibilityInformation = {
    label: [name, isRunning ? healthWord(health) : state, ...parts].join(", "),
  };
  item.tooltip = tooltipOf(container, image, shown);
  return new TreeEntry({
    item,
    key: id,
    answers: (selected) => ({ id, ids: keysOf(selected) }),
  });
}

function portsAsText(ports: Readonly<Record<string, string>>): string {
  return Object.entries(ports)
    .map(([inside, outside]) => `${outside.replace(/^(127\.0\.0\.1|0\.0\.0\.0):/, "")}→${inside}`)
    .join(" ");
}

function tooltipOf(container: ContainerSummary, image: string, ports: string): MarkdownString {
  const text = new MarkdownString();
  const row = (name: string, value: string) => {
    text.appendMarkdown(`\n- ${name}: `);
    text.appendText(value);
  };
  text.appendMarkdown("**");
  text.appendText(container.name);
  text.appendMarkdown("**\n");
  row(l10n.t("State"), container.status || container.state);
  row(l10n.t("Image"), image);
  if (ports !== "") row(l10n.t("Ports"), ports);
  if (container.composeProject !== undefined)
    row(l10n.t("Compose"), [container.composeProject, container.composeService].filter(Boolean).join(" / "));
  row(l10n.t("Created"), new Date(container.created).toLocaleString());
  row(l10n.t("Id"), shortId(container.id));
  return text;
}

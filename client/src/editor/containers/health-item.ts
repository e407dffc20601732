import { l10n, type StatusBarItem, ThemeColor } from "vscode";
import type { Health } from "../../engine/containers/container-types.ts";

const icons = {
  starting: "loading~spin",
  healthy: "pass",
  unhealthy: "error",
  none: "vm-running",
  stopped: "vm",
} as const satisfies Record<Health, string>;

export function healthIcon(health: Health): string {
  return icons[health];
}

export function healthWord(health: Health): string {
  return {
    starting: l10n.t("starting"),
    healthy: l10n.t("healthy"),
    unhealthy: l10n.t("unhealthy"),
    none: l10n.t("running"),
    stopped: l10n.t("stopped"),
  }[health];
}

/** The item of a running image in the status bar. */
export function drawHealth(
  item: StatusBarItem,
  image: string,
  health: Health,
  url: string | undefined,
): void {
  item.text = `$(${icons[health]}) ${image}`;
  item.tooltip = [`${image}: ${healthWord(health)}`, url].filter(Boolean).join("\n");
  item.accessibilityInformation = { label: `${image}, ${healthWord(health)}` };
  item.backgroundColor = health === "unhealthy" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
}

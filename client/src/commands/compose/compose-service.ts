import { commands, l10n, type QuickPickItem, ThemeIcon, window } from "vscode";
import { containersOf, type ServiceState, serviceState } from "../../compose/service-state.ts";
import { stateText } from "../../editor/compose/compose-lenses.ts";
import { serviceNames } from "../../editor/compose/compose-project.ts";
import { openInBrowser } from "../../editor/containers/container-url.ts";
import { urlOf } from "../../editor/containers/port-url.ts";
import type { Command } from "../command.ts";
import { cancelled, type NotDone } from "../with-engine.ts";
import { type NoCompose, type ServiceAnswers, withCompose } from "./with-compose.ts";

export interface ComposeServiceAnswers extends ServiceAnswers {
  /** With false it only tells. */
  readonly pick?: boolean;
}

export type ComposeServiceResult =
  | { readonly outcome: "told"; readonly states: Readonly<Record<string, ServiceState>> }
  | NoCompose
  | NotDone;

/** How the services of a project are (`ps`), and what can be done with one of them. */
export const composeService: Command<ComposeServiceAnswers, ComposeServiceResult> = {
  id: "plimsoll.composeService",
  run: (services, answers) =>
    withCompose<ComposeServiceResult>(services, composeService.id, answers, async ({ engine, project }) => {
      const containers = containersOf(project.identity, await engine.compose.containers());
      const states = Object.fromEntries(
        serviceNames(project).map((it) => [it, serviceState(it, containers)]),
      );
      if (answers.pick === false) return { outcome: "told", states };
      const service = answers.service ?? (await pickByState(project.label, states));
      const state = service === undefined ? undefined : states[service];
      if (service === undefined || state === undefined) return cancelled;
      await pickAction(project.file.fsPath, service, state);
      return { outcome: "told", states };
    }),
};

async function pickByState(
  label: string,
  states: Readonly<Record<string, ServiceState>>,
): Promise<string | undefined> {
  const items = Object.entries(states).map(([name, state]) => ({
    label: name,
    description: stateText(state),
  }));
  return (await window.showQuickPick(items, { title: l10n.t("Services of {0}", label) }))?.label;
}

interface Action extends QuickPickItem {
  readonly act: () => Thenable<unknown>;
}

async function pickAction(file: string, service: string, state: ServiceState): Promise<void> {
  const action = (icon: string, label: string, command: string): Action => ({
    label,
    iconPath: new ThemeIcon(icon),
    act: () => commands.executeCommand(`plimsoll.${command}`, { file, service, services: [service] }),
  });
  const open = state.ports
    .flatMap((it) => urlOf({ [`${it.container}/${it.protocol}`]: it.address }) ?? [])
    .map(
      (url): Action => ({
        label: l10n.t("Open in Browser"),
        description: url,
        iconPath: new ThemeIcon("globe"),
        act: () => openInBrowser(url),
      }),
    );
  const isThere = state.containers > 0;
  const runs = state.running > 0;
  const actions = [
    ...open,
    ...(isThere ? [action("output", l10n.t("Follow Logs"), "composeLogs")] : []),
    ...(runs
      ? [
          action("terminal", l10n.t("Open a Shell"), "composeShell"),
          action("terminal-cmd", l10n.t("Run a Command in It"), "composeExec"),
          action("debug-restart", l10n.t("Restart"), "composeRestart"),
          action("debug-stop", l10n.t("Stop"), "composeStop"),
        ]
      : isThere
        ? [action("debug-start", l10n.t("Start"), "composeStart")]
        : []),
    action("play", l10n.t("Up"), "composeUp"),
    action("run", l10n.t("Run a Command in a New Container"), "composeRun"),
  ];
  const title = `${service}: ${stateText(state).replace(/^\$\([\w~-]+\)\s/, "")}`;
  await (await window.showQuickPick(actions, { title }))?.act();
}

import {
  type CancellationToken,
  CodeLens,
  type CodeLensProvider,
  l10n,
  Range,
  type TextDocument,
} from "vscode";
import { containersOf, type ServiceState, serviceState } from "../../compose/service-state.ts";
import type { LanguageServer } from "../../language-server.ts";
import { lensesAreOn } from "../../settings.ts";
import { readComposeProject, serviceNames } from "./compose-project.ts";
import type { ComposeStates } from "./compose-states.ts";

/** On a Compose file and each of its services: how it is, and what can be done with it. Without an engine only what brings it up. */
export function composeLenses(language: LanguageServer, states: ComposeStates): CodeLensProvider {
  return {
    onDidChangeCodeLenses: states.onDidChange,
    async provideCodeLenses(document: TextDocument, token: CancellationToken) {
      const { uri } = document;
      if (uri.scheme !== "file" || !lensesAreOn(uri)) return [];
      const own = await language.services(uri);
      if (own === undefined || own.services.length === 0 || token.isCancellationRequested) return [];
      const project = await readComposeProject(uri, language);
      if (token.isCancellationRequested) return [];
      const all = states.containers && containersOf(project.identity, states.containers);
      const stateOf = (service: string) => all && serviceState(service, all);
      const services = serviceNames(project);
      const running = services.filter((it) => (stateOf(it)?.running ?? 0) > 0).length;
      return [
        ...projectLenses(
          uri.fsPath,
          all && { running, of: services.length, containers: all.length },
          project.services.some((it) => it.watches),
        ),
        ...own.services.flatMap(({ name, line }) => serviceLenses(uri.fsPath, name, line, stateOf(name))),
      ];
    },
  };
}

function projectLenses(
  file: string,
  state: { readonly running: number; readonly of: number; readonly containers: number } | undefined,
  watches: boolean,
): CodeLens[] {
  const lens = lensAt(0, { file, services: [] });
  const isThere = state === undefined || state.containers > 0;
  return [
    ...(state
      ? [
          lens(
            l10n.t("{0} of {1} running", state.running, state.of),
            "composeService",
            l10n.t("Show the services of this project"),
            { services: undefined },
          ),
        ]
      : []),
    lens(l10n.t("Up"), "composeUp", l10n.t("Create and start all services")),
    ...(isThere
      ? [
          lens(l10n.t("Down"), "composeDown", l10n.t("Stop and remove the containers; volumes stay")),
          lens(l10n.t("Logs"), "composeLogs", l10n.t("Follow what all services write")),
        ]
      : []),
    ...(watches
      ? [lens(l10n.t("Watch"), "composeWatch", l10n.t("Start it, and bring what is edited into it"))]
      : []),
  ];
}

function serviceLenses(
  file: string,
  service: string,
  line: number,
  state: ServiceState | undefined,
): CodeLens[] {
  const lens = lensAt(line, { file, service, services: [service] });
  const isThere = state !== undefined && state.containers > 0;
  const runs = state !== undefined && state.running > 0;
  const up = lens(l10n.t("Up"), "composeUp", l10n.t("Create and start {0}", service));
  const stop = lens(l10n.t("Stop"), "composeStop", l10n.t("Stop {0}; its container stays", service));
  return [
    ...(state ? [lens(stateText(state), "composeService", l10n.t("More of {0}", service))] : []),
    runs ? stop : up,
    ...(isThere ? [lens(l10n.t("Logs"), "composeLogs", l10n.t("Follow what {0} writes", service))] : []),
    ...(runs ? [lens(l10n.t("Shell"), "composeShell", l10n.t("Open a shell in {0}", service))] : []),
  ];
}

function lensAt(line: number, answers: object) {
  const range = new Range(line, 0, line, 0);
  return (title: string, command: string, tooltip: string, more: object = {}) =>
    new CodeLens(range, {
      title,
      command: `plimsoll.${command}`,
      tooltip,
      arguments: [{ ...answers, ...more }],
    });
}

/** `$(pass) healthy 8000→80`: for a lens or a pick. */
export function stateText(state: ServiceState): string {
  const { condition, exitCode, running, containers, ports } = state;
  const [icon, words] = conditionText(condition, exitCode);
  const replicas = containers > 1 ? ` ${l10n.t("{0} of {1}", running, containers)}` : "";
  const published = ports.map((it) => ` ${it.host}→${it.container}`).join("");
  // A lens swallows a plain space behind its icon.
  return `$(${icon})\u00a0${words}${replicas}${published}`;
}

function conditionText(condition: ServiceState["condition"], exitCode: number | undefined): [string, string] {
  switch (condition) {
    case "not-created":
      return ["circle-large-outline", l10n.t("not created")];
    case "created":
      return ["circle-large-outline", l10n.t("created")];
    case "exited":
      return exitCode
        ? ["error", l10n.t("exited {0}", exitCode)]
        : ["circle-slash", l10n.t("exited {0}", exitCode ?? 0)];
    case "unhealthy":
      return ["error", l10n.t("unhealthy")];
    case "restarting":
      return ["sync", l10n.t("restarting")];
    case "paused":
      return ["debug-pause", l10n.t("paused")];
    case "starting":
      return ["loading~spin", l10n.t("starting")];
    case "running":
      return ["vm-running", l10n.t("running")];
    case "healthy":
      return ["pass", l10n.t("healthy")];
  }
}

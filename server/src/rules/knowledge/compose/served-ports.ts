import { certainPorts, isWithin as isPortWithin, speaksOf } from "../../../model/compose/hosts/listening.ts";
import { type ComposeProject, notedOnService, type Service } from "../../../model/compose/project.ts";
import { serverOf } from "../../../model/compose/servers/known-server.ts";
import { POSTGRES_IMAGE } from "../../../model/image/postgres-images.ts";
import { isWithin } from "../../../model/stage/paths.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { listeningOf } from "../started/listening.ts";
import { hasOwnSiteAlone, OWN_SITE_PORT } from "../started/nginx-listening.ts";
import { readsPort } from "../started/port-variable.ts";
import { gatewayPorts } from "./gateway-files.ts";
import { minioPortsOf } from "./minio-ports.ts";
import { startOf } from "./service-start.ts";
import { ONLY_COMMAND_KNOWN, surroundingsOf } from "./service-surroundings.ts";
import { entryPointPortsOf } from "./traefik-entry-points.ts";

/** Where a service listens, as far as that is certain. */
export interface ServedPorts {
  readonly ports: readonly number[];
  /** Behind "api" and in front of the ports: `exposes`, `listens on`. */
  readonly verb: string;
  /** Who says so; undefined where it is EXPOSE. */
  readonly told:
    | {
        /** `uvicorn`, `PORT`. */
        readonly by: string;
        /** It certainly listens there, and nowhere else by this program. */
        readonly isCertain: boolean;
        /** There is no other program that may listen. */
        readonly isAll: boolean;
      }
    | undefined;
}

/**
 * By the command line of a server that is known, else by the variable that says it, else by EXPOSE. Undefined where configuration or
 * a part of the service in another file may say otherwise.
 */
export const servedPorts = notedOnService((service, project: ComposeProject): ServedPorts | undefined => {
  if (!service.complete || service.networkMode || valueAt(service.node, "provider")) return undefined;
  const told =
    byConfiguration(service, project) ??
    byOwnSite(service) ??
    byArguments(service) ??
    bySetting(service) ??
    byCommand(service, project) ??
    byVariable(service, project);
  if (told) return told;
  const ports = certainPorts(service);
  return ports && { ports, verb: "exposes", told: undefined };
});

function byConfiguration(service: Service, project: ComposeProject): ServedPorts | undefined {
  if (service.command || service.entrypoint) return undefined;
  const listening = gatewayPorts(service, project);
  // A configuration without any server is not finished yet.
  if (!listening || listening.ports.length === 0) return undefined;
  const told = { by: listening.file.path, isCertain: true, isAll: true };
  return { ports: [...new Set(listening.ports)], verb: "listens on", told };
}

/** nginx of the official image, where nothing puts another configuration in the place of its own. */
function byOwnSite(service: Service): ServedPorts | undefined {
  const { command, entrypoint, configs, grantsComplete, mounts, imageBuild: build, image } = service;
  if (command || entrypoint || configs.length > 0 || !grantsComplete) return undefined;
  const isOwn = build ? build.stage && hasOwnSiteAlone(build.stage) : image?.value.name === "nginx";
  if (!isOwn || mounts.some(({ target }) => mayHoldConfiguration(target.value))) return undefined;
  const told = { by: "nginx's own configuration", isCertain: true, isAll: true };
  return { ports: [OWN_SITE_PORT], verb: "listens on", told };
}

function mayHoldConfiguration(target: string): boolean {
  return target.includes(HOLE) || isWithin(target, NGINX) || isWithin(NGINX, target);
}

const NGINX = "/etc/nginx";

/** Of images whose own arguments say all of it. */
function byArguments(service: Service): ServedPorts | undefined {
  const minio = minioPortsOf(service);
  if (minio)
    return {
      ports: minio.ports,
      verb: minio.hasConsole ? "listens on" : "without --console-address listens on",
      told: { by: "MinIO", isCertain: true, isAll: true },
    };
  const ports = entryPointPortsOf(service);
  return ports && { ports, verb: "listens on", told: { by: "Traefik", isCertain: true, isAll: true } };
}

function byCommand(service: Service, project: ComposeProject): ServedPorts | undefined {
  const { command, entrypoint, imageBuild: build } = service;
  const isOwn = command !== undefined || entrypoint !== undefined;
  const own = isOwn ? startOf(service, project.files.shell) : undefined;
  if (own === "background") return undefined;
  const started = isOwn ? own : build?.stage && startedCommand(build.stage);
  const around = surroundingsOf(service, project);
  const listening = started && listeningOf(started, around ?? ONLY_COMMAND_KNOWN);
  if (!listening || listening.port === undefined || startsOthers(service)) return undefined;
  if (own?.maySetVariables && !listening.portWord) return undefined;
  const told = { by: listening.name, isCertain: listening.portWord !== undefined, isAll: false };
  return { ports: [listening.port], verb: "listens on", told };
}

/** A script may start more than its last program. */
function startsOthers({ command, entrypoint, imageBuild: build }: Service): boolean {
  const { result } = build?.stage ?? {};
  const before = result?.command.known ? result.command.value : undefined;
  const texts = [
    ...[command, entrypoint].flatMap((it) => it?.words ?? it?.text?.value ?? []),
    ...(command ? [] : (before?.words.map((it) => it.raw) ?? [])),
  ];
  return texts.some((it) =>
    /\b(?:nginx|supervisord?|service|apache2?\w*|caddy|pm2|concurrently)\b|\.sh\b/.test(it),
  );
}

/**
 * Variables by which images are told their one port: PostgreSQL 17 and MariaDB 11.8 of Debian 13 were run with theirs (2026-11-27),
 * Grafana's documentation says `GF_<section>_<key>`.
 */
const SETTINGS: readonly (readonly [image: RegExp, name: string])[] = [
  [POSTGRES_IMAGE, "PGPORT"],
  [/^(?:mysql|mariadb)$/, "MYSQL_TCP_PORT"],
  [/^grafana\/grafana(?:-oss|-enterprise)?$/, "GF_SERVER_HTTP_PORT"],
  [/^metabase\/metabase(?:-enterprise)?$/, "MB_JETTY_PORT"],
];

function bySetting({
  imageBuild: build,
  image,
  environment,
  environmentComplete,
  command,
  mounts,
  configs,
}: Service): ServedPorts | undefined {
  const name = SETTINGS.find(([it]) => !build && it.test(image?.value.name ?? ""))?.[1];
  const isOpen =
    command !== undefined || configs.length > 0 || mounts.some((it) => /\.\w+$/.test(it.target.value));
  if (name === undefined || !environmentComplete || isOpen) return undefined;
  const text = environment.findLast((it) => it.name.value === name)?.value?.value;
  const port = PORT.exec(text ?? "")?.[1];
  if (port === undefined) return undefined;
  return { ports: [Number(port)], verb: "listens on", told: { by: name, isCertain: true, isAll: false } };
}

/** Variables that say where a program of one's own listens, by what they are read by. */
const VARIABLES: readonly (readonly [name: string, program: RegExp])[] = [
  ["ASPNETCORE_URLS", /^dotnet$/],
  ["ASPNETCORE_HTTP_PORTS", /^dotnet$/],
  ["SERVER_PORT", /^java$/],
  ["PORT", /^(?!dotnet$|java$)/],
];

/** Of what is built here: the variable that its kind of program is given its port by. */
function byVariable(service: Service, { files }: ComposeProject): ServedPorts | undefined {
  const { imageBuild: build, environment, environmentComplete, command, entrypoint } = service;
  const { stage } = build ?? {};
  if (!stage || !environmentComplete) return undefined;
  const started = command || entrypoint ? startOf(service, files.shell) : startedCommand(stage);
  if (!started || started === "background" || listeningOf(started, ONLY_COMMAND_KNOWN)) return undefined;
  for (const [name, program] of VARIABLES) {
    if (!program.test(started.program.text)) continue;
    const entry = environment.findLast((it) => it.name.value === name);
    const inherited = stage.result.variable(name);
    const text = entry ? entry.value?.value : inherited.known ? inherited.value : undefined;
    if (text === undefined) continue;
    const port = PORT.exec(text)?.[1];
    if (port === undefined) return undefined;
    const isRead = name !== "PORT" || readsPort(stage);
    return { ports: [Number(port)], verb: "listens on", told: { by: name, isCertain: isRead, isAll: false } };
  }
  return undefined;
}

/** `3000`, `http://+:5000`; of several it is not said which one counts. */
const PORT = /^(?:http:\/\/[\w.*+[\]:]*:)?(\d{2,5})\/?$/;

/** Is it EXPOSE of an image from elsewhere alone that tells? It need not name the ports of brokers, metrics and the like beside the main one. */
export function isToldByImageAlone(service: Service, { told }: ServedPorts): boolean {
  return told === undefined && !service.imageBuild && !serverOf(service);
}

/** May a service listen on this port, by what it is told or what in its part of the file speaks of the port? */
export function mayServe(service: Service, port: number, { ports, told }: ServedPorts): boolean {
  if (ports.includes(port)) return true;
  if (!told?.isCertain) return speaksOf(service, port, told === undefined);
  // What a program is told on its command line counts more than a variable; another program of it may have the number.
  const texts = [service.command, service.entrypoint].flatMap((it) => it?.words ?? it?.text?.value ?? []);
  return texts.some((it) => new RegExp(`(?<!\\d)${port}(?!\\d)`).test(it));
}

/** Those of them that no mapping of the service publishes. */
export function unpublishedOf({ ports }: ServedPorts, service: Service): readonly number[] {
  return ports.filter((it) => !service.ports.some((port) => isPortWithin(it, port.target, port.lastTarget)));
}

import { type HostReference, loopbackNamedIn, placeAt } from "../../model/compose/hosts/host-reference.ts";
import { type Listeners, listenersOf } from "../../model/compose/hosts/listeners.ts";
import { portsOfImage } from "../../model/compose/hosts/listening.ts";
import {
  type ComposeProject,
  type EnvironmentEntry,
  notedOnService,
  type Service,
} from "../../model/compose/project.ts";
import { type KnownServer, serverOf } from "../../model/compose/servers/known-server.ts";
import { environmentFilesIn } from "../../model/environment/environment-file-uses.ts";
import { entryAt, valueAt } from "../../syntax/compose/find.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { gatewayFilesOf } from "../knowledge/compose/gateway-files.ts";
import { composeRule, type Fix, type Report } from "../rule.ts";
import { type EntryPlace, entryPlace, reportEntry } from "../writing/compose/entry-place.ts";
import { reportOnce } from "../writing/compose/report-once.ts";
import { serversRun } from "../writing/compose/servers-run.ts";

export const localhostInContainer = composeRule({
  id: "localhost-in-container",
  title: "Server of another container looked for at localhost",
  severity: "warning",
  tags: ["run"],
  aliases: ["S63"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  acrossFiles: true,
  docs: {
    what: source`
      Reports \`localhost\` or \`127.0.0.1\` as the host of a database or broker when another service of the project runs it, in variables and their defaults (\`\${DATABASE_URL:-…}\`), files of \`env_file\` and URLs of a command; where a proxy passes requests to a port of its own container that only another service listens on; and
      with the port of another service that only this one has and nobody publishes. A file of \`env_file\` that services of several images are given is left alone, as it is
      not known which of them reads what. A service on the host's network or in another container's, or whose network others share, is left alone, and so are addresses
      that a browser is given.`,
    why: source`
      Each container has a network of its own, and localhost is the container itself: nothing listens there, and the
      connection is refused. Services reach each other by their names.`,
    bad: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@localhost:5432/app
                                                        ^^^^^^^^^ localhost-in-container: localhost is the container of api itself; PostgreSQL runs in db.
        db:
          image: postgres:18`,
    good: source`
      services:
        api:
          image: example/api:1.4
          environment:
            DATABASE_URL: postgres://app:\${DB_PASSWORD}@db:5432/app
            PUBLIC_URL: http://localhost:8080
        db:
          image: postgres:18`,
  },

  check(project, report) {
    const once = reportOnce(report);
    if (someoneJoinsAnother(project)) return;
    const serversOf = serversByTitle(project);
    let all: Listeners | undefined;
    const listeners = () => {
      all ??= listenersOf(project);
      return all;
    };
    for (const service of project.services.values()) {
      const named = loopbackNamedIn(service);
      if (named.length === 0 || sharesNetwork(service) || serverOf(service)) continue;
      for (const { at, reference } of named) {
        const meant = serversOf(reference.servers).filter(
          (it) => !it.server.isForBrowsers || !listeners().isPublished(reference.port ?? it.server.port),
        );
        const running = serversRun(meant.map((it) => it.service));
        const listening =
          running === undefined && project.complete ? listenerAt(listeners, service, reference) : undefined;
        if ((running === undefined && !listening) || meant.length > MOST_SERVERS) continue;
        const entry = placeAt(service, at);
        if (entry && (isForTheHost(entry, service, project) || mayBeForAnother(entry, service, project)))
          continue;
        const place = entry && entryPlace(project, entry, reference.start, reference.end);
        if (!place) continue;
        const other = listening ? `${listening.name.value} listens on ${reference.port}` : running;
        const message = `${reference.host} is the container of ${service.name.value} itself; ${other}.`;
        const services = listening ? [listening] : meant.map((it) => it.service);
        const finding = {
          related: services.map(({ name }) => ({
            message: `The service ${name.value} is here.`,
            span: name.span,
          })),
          fixes: services.flatMap((it) => fixFor(place, reference, it)),
        };
        reportEntry(once, place, message, finding);
      }
    }
    checkGateways(project, listeners, once);
  },
});

/**
 * Is it a value of an `env_file` that another service is given too, and sets itself? The file is for programs on the host as well then,
 * and of the services that are given all of it those which use the variable are told another one.
 */
function isForTheHost(
  { name, file }: EnvironmentEntry,
  self: Service,
  { services }: ComposeProject,
): boolean {
  if (!file) return false;
  for (const other of services.values())
    if (other !== self && overriding(other).get(name.value)?.has(file.path)) return true;
  return false;
}

/**
 * Is it a value of an `env_file` that services of other images are given too? Such a file has the variables of all of them, and which
 * of them reads this one is not known. Databases and brokers, which look for nobody, do not count.
 */
function mayBeForAnother({ file }: EnvironmentEntry, self: Service, { services }: ComposeProject): boolean {
  const path = file && normalPath(file.path);
  if (path === undefined) return false;
  const own = programOf(self);
  for (const other of services.values()) {
    if (other === self || !givenFiles(other).has(path) || serverOf(other)) continue;
    if (own === undefined || programOf(other) !== own) return true;
  }
  return false;
}

/** The files of `env_file` that have a say in what it is given. */
const givenFiles = notedOnService(
  ({ environment }): ReadonlySet<string> =>
    new Set(environment.flatMap(({ file }) => (file ? [normalPath(file.path)] : []))),
);

/** What tells that two services run one image; undefined where that is not known. */
const programOf = notedOnService(({ image, imageBuild }): string | undefined => {
  if (!imageBuild) return image?.value.name;
  const { context, dockerfile } = imageBuild;
  return context && `${normalPath(context.value)} ${dockerfile?.value ?? ""}`;
});

function normalPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, "");
}

/** By the name of a variable that a service sets itself: the files of its `env_file`. */
const overriding = notedOnService(({ node, environment }): ReadonlyMap<string, ReadonlySet<string>> => {
  const files = new Set(environmentFilesIn(valueAt(node, "env_file")).map((it) => it.node.value));
  if (files.size === 0) return new Map();
  return new Map(environment.flatMap((it) => (it.inFile ? [] : [[it.name.value, files] as const])));
});

/** A proxy that passes requests to a port of its own container, where only another service listens on that. */
function checkGateways(project: ComposeProject, listeners: () => Listeners, report: Report): void {
  if (!project.complete) return;
  for (const file of gatewayFilesOf(project).filter((it) => it.loopbacks.length > 0)) {
    const { gateway, loopbacks, path, place, lines, text, does } = file;
    if (sharesNetwork(gateway)) continue;
    for (const it of loopbacks) {
      const { host, port = 0 } = it;
      const isOwn =
        portsOfImage(gateway)?.includes(port) ||
        new RegExp(`\\b(?:listen|bind)\\b.*\\b${port}\\b`).test(text);
      const other = isOwn ? undefined : listeners().onlyOne(port, gateway);
      if (!other || other.networkMode || !portsOfImage(other)?.includes(port)) continue;
      const name = other.name.value;
      const where = `Line ${lines.lineAt(it.start) + 1} of ${path}`;
      const edits = [replace({ start: it.start, end: it.end }, name)];
      const title = `Replace ${host} with ${name} in ${path}`;
      report(
        place,
        `${where} ${does} ${host}, which is the container of ${gateway.name.value} itself; ${name} listens on ${port}.`,
        {
          related: [{ message: `The service ${name} is here.`, span: other.name.span }],
          fixes:
            file.file === undefined
              ? []
              : [
                  {
                    kind: "unsafe",
                    title,
                    edits: [],
                    others: [{ kind: "edit", file: file.file, before: text, edits }],
                  },
                ],
        },
      );
    }
  }
}

/** Which of more servers of one kind is meant cannot be told. */
const MOST_SERVERS = 5;

interface Running {
  readonly service: Service;
  readonly server: KnownServer;
  /** Among all services. */
  readonly at: number;
}

/** Finds the services that run servers with any of these titles, in their order; of each title no more than can be told apart. */
function serversByTitle({ services }: ComposeProject): (titles: readonly string[]) => readonly Running[] {
  const byTitle = new Map<string, Running[]>();
  let at = -1;
  for (const service of services.values()) {
    at++;
    const server = serverOf(service);
    if (!server || hasNetworkMode(service)) continue;
    const same = byTitle.get(server.title) ?? [];
    if (same.length <= MOST_SERVERS) same.push({ service, server, at });
    byTitle.set(server.title, same);
  }
  return (titles) =>
    [...new Set(titles)].flatMap((it) => byTitle.get(it) ?? []).sort((one, other) => one.at - other.at);
}

/**
 * The one other service whose image exposes the port, where the service's own image exposes others and nothing publishes it:
 * then no browser is meant either.
 */
function listenerAt(
  listeners: () => Listeners,
  service: Service,
  { port, servers }: HostReference,
): Service | undefined {
  const own = port === undefined || servers.length > 0 ? undefined : portsOfImage(service);
  if (port === undefined || !own || own.length === 0 || own.includes(port)) return undefined;
  if (listeners().isPublished(port)) return undefined;
  const only = listeners().onlyOne(port, service);
  return only && !only.networkMode && portsOfImage(only)?.includes(port) ? only : undefined;
}

/** With the host, or with another container. */
function sharesNetwork({ networkMode, node, complete, extraHosts }: Service): boolean {
  if (networkMode || entryAt(node, "network_mode") || !complete) return true;
  return extraHosts.some((it) => it.value.toLowerCase() === "localhost");
}

/** Whoever is in the network of another container may listen at its localhost, as a proxy to a database does. */
function someoneJoinsAnother({ services }: ComposeProject): boolean {
  for (const it of services.values()) if (joinsAnother(it)) return true;
  return false;
}

const joinsAnother = notedOnService(
  ({ node, networkMode }) =>
    entryAt(node, "network_mode") !== undefined &&
    !["bridge", "host", "none"].includes(networkMode?.value ?? ""),
);

const hasNetworkMode = notedOnService((it) => it.networkMode !== undefined);

/** The port of the host is of no use inside, so it goes with the name. */
function fixFor(place: EntryPlace, reference: HostReference, { name, ports }: Service): readonly Fix[] {
  const { host, start, end, port, portAt } = reference;
  const title = `Replace ${host} with ${name.value}`;
  const target = ports.find((it) => it.published === port && it.published !== undefined)?.target;
  const moves = portAt && target !== undefined && target !== port ? [{ ...portAt, text: `${target}` }] : [];
  const withPort = place.fix("unsafe", title, { start, end, text: name.value }, ...moves);
  return withPort.length > 0 ? withPort : place.fix("unsafe", title, { start, end, text: name.value });
}

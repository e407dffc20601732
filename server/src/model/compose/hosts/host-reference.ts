import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { type EnvironmentEntry, notedOnService, type ResolvedText, type Service } from "../project.ts";
import { partOf } from "../reading/reading.ts";
import { type KnownServer, knownServers } from "../servers/known-server.ts";
import { readDataSource } from "./data-source.ts";
import { type CalledHost, calledHosts } from "./waits.ts";

/** A place in a variable's value that is certainly the host that the program will connect to. */
export interface HostReference {
  readonly host: string;
  /** Offsets in the value. */
  readonly start: number;
  readonly end: number;
  /** Titles of the servers (`known-server.ts`) that the URL's scheme or the variable's name speaks of. */
  readonly servers: readonly string[];
  readonly port: number | undefined;
  /** Offsets of the port in the value, where it has one. */
  readonly portAt: { readonly start: number; readonly end: number } | undefined;
}

/**
 * Hosts that a variable names: in URLs with a scheme of a server or of the web, in data source names, and as the whole value
 * of a variable whose name says so. Only single names without a dot, with no hole in them, are given: a name with a dot is
 * looked up outside the project.
 */
export function hostReferences(entry: EnvironmentEntry): readonly HostReference[] {
  return singleNames({ entry });
}

function singleNames(place: HostPlace): readonly HostReference[] {
  if (place.isFallback) return [];
  return allReferences(place).filter((it) => isSingleName(it.host));
}

/** The same where the host is the container itself: `localhost` and its addresses. */
function loopbackReferences(place: HostPlace): readonly HostReference[] {
  if (place.inHealthcheck) return [];
  return allReferences(place).filter((it) => /^(?:localhost|127\.0\.0\.1)$/i.test(it.host));
}

/** A host that a variable of a service or its command names; `at` is its place in `placesOf`. */
export interface NamedHost {
  readonly at: number;
  readonly reference: HostReference;
  /** The service's own health check names it, where the service itself may be meant. */
  readonly inHealthcheck?: true;
}

/** The same objects as long as the service is the same. */
export const hostsNamedIn = notedOnService((it) => namedIn(it, singleNames));

export const loopbackNamedIn = notedOnService((it) => namedIn(it, loopbackReferences));

function namedIn(
  service: Service,
  referencesIn: (place: HostPlace) => readonly HostReference[],
): readonly NamedHost[] {
  const variables = service.environment.length;
  return placesOf(service).flatMap((place, at) =>
    referencesIn(place)
      // What else a command says in a URL may be for others.
      .filter((it) => at < variables || place.called || it.servers.length > 0)
      .map((reference) => ({ at, reference, ...(place.inHealthcheck && { inHealthcheck: true }) })),
  );
}

/** The variable, or word of the command, that `NamedHost.at` tells. */
export function placeAt(service: Service, at: number): EnvironmentEntry | undefined {
  // Most are variables, for which the command need not be taken apart.
  return service.environment[at] ?? placesOf(service)[at]?.entry;
}

interface HostPlace {
  readonly entry: EnvironmentEntry;
  /** What a program is told to connect to; the entry's value begins with it. */
  readonly called?: CalledHost;
  /** It is the health check's, in which `localhost` is right. */
  readonly inHealthcheck?: true;
  /** It is the default of a variable that may be set to anything else: of it only `localhost` is certainly wrong. */
  readonly isFallback?: true;
}

/** Where a service may name hosts: its variables, the words of its command that hold a URL, and what programs are told to connect to. */
function placesOf({
  environment,
  command,
  entrypoint,
  healthcheck,
  image,
  imageBuild,
}: Service): readonly HostPlace[] {
  const texts = [...(entrypoint?.texts ?? []), ...(command?.texts ?? [])];
  const urls = texts.flatMap((text) =>
    [...text.value.matchAll(WORD)].flatMap(({ 0: word, index }): HostPlace[] => {
      const scheme = word.indexOf("://");
      if (scheme < 0) return [];
      const value = partOf(text, index, index + word.length, HOLE);
      // `--database=postgres://…`: the option is what a variable's name is.
      return [{ entry: { name: { value: word.slice(0, scheme), span: value.span }, value, inFile: false } }];
    }),
  );
  const called = calledHosts(texts, imageBuild ? undefined : image).map((it) => asPlace(it));
  const checked = calledHosts(healthcheck?.texts ?? [], undefined).map((it) => ({
    ...asPlace(it),
    inHealthcheck: true as const,
  }));
  const fallbacks = environment.flatMap((entry): HostPlace[] => {
    const { fallback } = entry;
    return fallback ? [{ entry: { ...entry, value: fallback }, isFallback: true }] : [];
  });
  return [...environment.map((entry) => ({ entry })), ...urls, ...called, ...checked, ...fallbacks];
}

function asPlace(called: CalledHost): HostPlace {
  const { value } = called;
  return { entry: { name: { value: "", span: value.span }, value, inFile: false }, called };
}

/** Up to a blank, a quote or an operator of the shell. */
const WORD = /[^\s"'`;|<>()]+/g;

function allReferences({ entry: { name, value }, called }: HostPlace): readonly HostReference[] {
  if (called) {
    const { host, port, servers } = called;
    return [{ host, start: 0, end: host.length, servers, port: port?.value, portAt: port }];
  }
  if (!value || isForOthers(name.value)) return [];
  if (name.value === "WAIT_HOSTS") return hostsOfWaits(value);
  const found = [...hostsOfUrls(name.value, value), ...hostsOfDataSourceNames(value)];
  return found.length > 0 ? found : hostOfVariable(name.value, value);
}

/** Addresses that a browser or another machine will use, or that the program itself listens on. */
function isForOthers(name: string): boolean {
  return /ORIGIN|CORS|PUBLIC|EXTERNAL|REDIRECT|CALLBACK|ADVERTISED|LISTEN|BIND|VIRTUAL_HOST|LETSENCRYPT|ALLOWED|^VITE_|^REACT_APP_/i.test(
    name,
  );
}

/** A label of a host name is 63 characters at most (RFC 1035). */
function isSingleName(host: string): boolean {
  return (
    host.length <= 63 &&
    /^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/i.test(host) &&
    !/^\d+$/.test(host) &&
    host.toLowerCase() !== "localhost"
  );
}

const WEB_SCHEMES = ["http", "https", "ws", "wss", "tcp", "grpc", "nats", "kafka"];
const SCHEMES = new Set([...WEB_SCHEMES, ...knownServers.flatMap((it) => it.schemes)]);
/** What stands before `://`, and what follows up to the path; both are short, whatever the value is. */
const SCHEME = /([a-z][a-z0-9]*)(?:\+[a-z0-9+]+)?$/i;
const LONGEST_SCHEME = 40;
const LONGEST_AUTHORITY = 1_000;

function hostsOfUrls(name: string, { value }: ResolvedText): HostReference[] {
  const hosts: HostReference[] = [];
  for (let at = value.indexOf("://"); at >= 0; at = value.indexOf("://", at + 3)) {
    const scheme = SCHEME.exec(value.slice(Math.max(0, at - LONGEST_SCHEME), at))?.[1]?.toLowerCase() ?? "";
    if (!SCHEMES.has(scheme)) continue;
    const rest = value.slice(at + 3, at + 3 + LONGEST_AUTHORITY);
    const [authority = ""] = rest.split(/[\s/?#"'<>;\\]/, 1);
    // A sign of a password that is not escaped ends the authority too soon.
    if (/^[/?#][^\s"'<>;]*@[\w-]+:\d/.test(rest.slice(authority.length))) continue;
    const byScheme = knownServers.filter((it) => it.schemes.includes(scheme));
    const servers = titlesOf(byScheme.length > 0 ? byScheme : serversNamedIn(name));
    const hostsAt = authority.lastIndexOf("@") + 1;
    hosts.push(...hostsOfList(authority.slice(hostsAt), at + 3 + hostsAt, servers));
  }
  return hosts;
}

/** `a:1,b:2` as the servers of a cluster are listed. */
function hostsOfList(list: string, at: number, servers: readonly string[]): HostReference[] {
  const hosts: HostReference[] = [];
  let start = at;
  for (const part of list.split(",")) {
    const match = /^([^:]+)(?::(\d+|\uFFFC))?$/.exec(part);
    if (match?.[1]) hosts.push(reference(match[1], start, servers, match[2]));
    start += part.length + 1;
  }
  return hosts;
}

/** `db:5432, cache:6379` (ufoscout/docker-compose-wait, as generally known). */
function hostsOfWaits({ value }: ResolvedText): HostReference[] {
  return [...value.matchAll(/[^\s,]+/g)].flatMap(({ 0: address, index }) => hostsOfList(address, index, []));
}

function hostsOfDataSourceNames({ value }: ResolvedText): HostReference[] {
  const found = readDataSource(value);
  if (!found) return [];
  const { host, port, servers } = found;
  const known = port && /^\d+$/.test(port.value) ? port : undefined;
  return [
    {
      ...reference(host.value, host.start, servers, undefined),
      port: known && Number(known.value),
      portAt: known && { start: known.start, end: known.end },
    },
  ];
}

const HOST_VARIABLE = /(?:^PGHOST|^ADMINER_DEFAULT_SERVER|_HOST|_ADDR|_ADDRESS)$/;
/** How names of variables end that hold a host alone, for a regular expression. */
export const HOST_ENDING = "(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)";

const DATABASE_VARIABLE = new RegExp(`^(?:.*_)?(?:DB|DATABASE|SQL)_+(?:URL_)?${HOST_ENDING}$`);

/** The host of a variable that is called so, with its port; a list of them, or options as StackExchange.Redis takes them, behind a comma. */
function hostOfVariable(name: string, { value }: ResolvedText): HostReference[] {
  const match = /^([a-z0-9_-]+|127\.0\.0\.1)(?::(\d+))?(?:,[\w.:,=-]*)?$/i.exec(value);
  const host = match?.[1];
  if (host === undefined) return [];
  const servers = serversNamedIn(name);
  if (servers.length === 0 && (!HOST_VARIABLE.test(name.toUpperCase()) || value.includes(","))) return [];
  // A variable that is called as the server is may hold anything else.
  if (match?.[2] === undefined && /__[A-Z]+$/i.test(name) && !ADDRESS.test(name)) return [];
  const list = value.split("=", 1)[0] === value ? value : (value.split(",", 1)[0] ?? "");
  return hostsOfList(list, 0, titlesOf(servers));
}

const ADDRESS = /(?:HOSTS?|HOSTNAME|SERVERS?|ADDR|ADDRESS|ENDPOINT|NODES?|BROKERS?)$/i;

function serversNamedIn(name: string): readonly KnownServer[] {
  const upper = name.toUpperCase();
  const isOfDatabase = DATABASE_VARIABLE.test(upper);
  return knownServers.filter(
    (it) => it.variable.test(upper) || (it.isDatabase && !it.isNamedAlone && isOfDatabase),
  );
}

function titlesOf(servers: readonly KnownServer[]): readonly string[] {
  return servers.map((it) => it.title);
}

function reference(
  host: string,
  start: number,
  servers: readonly string[],
  port: string | undefined,
): HostReference {
  const end = start + host.length;
  const known = port && port !== HOLE ? port : undefined;
  return {
    host,
    start,
    end,
    servers,
    port: known === undefined ? undefined : Number(known),
    portAt: known === undefined ? undefined : { start: end + 1, end: end + 1 + known.length },
  };
}

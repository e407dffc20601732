import { HOLE } from "../../syntax/compose/interpolate.ts";
import { knownServers } from "./known-server.ts";
import { type EnvironmentEntry, notedOnService, type ResolvedText, type Service } from "./project.ts";

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
  return allReferences(entry).filter((it) => isSingleName(it.host));
}

/** The same where the host is the container itself: `localhost` and its addresses. */
function loopbackReferences(entry: EnvironmentEntry): readonly HostReference[] {
  return allReferences(entry).filter((it) => /^(?:localhost|127\.0\.0\.1)$/i.test(it.host));
}

/** A host that a variable of a service names; `at` is the variable's place in its `environment`. */
export interface NamedHost {
  readonly at: number;
  readonly reference: HostReference;
}

/** Those that stand in the file itself. The same objects as long as the service is the same. */
export const hostsNamedIn = notedOnService(({ environment }) => namedIn(environment, hostReferences));

export const loopbackNamedIn = notedOnService(({ environment }) => namedIn(environment, loopbackReferences));

function namedIn(
  environment: Service["environment"],
  referencesIn: (entry: EnvironmentEntry) => readonly HostReference[],
): readonly NamedHost[] {
  return environment.flatMap((entry, at) =>
    entry.inFile ? [] : referencesIn(entry).map((reference) => ({ at, reference })),
  );
}

function allReferences({ name, value }: EnvironmentEntry): readonly HostReference[] {
  if (!value || isForOthers(name.value)) return [];
  const found = [...hostsOfUrls(value), ...hostsOfDataSourceNames(value)];
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

function hostsOfUrls({ value }: ResolvedText): HostReference[] {
  const hosts: HostReference[] = [];
  for (let at = value.indexOf("://"); at >= 0; at = value.indexOf("://", at + 3)) {
    const scheme = SCHEME.exec(value.slice(Math.max(0, at - LONGEST_SCHEME), at))?.[1]?.toLowerCase() ?? "";
    if (!SCHEMES.has(scheme)) continue;
    const [authority = ""] = value.slice(at + 3, at + 3 + LONGEST_AUTHORITY).split(/[\s/?#"'<>;\\]/, 1);
    const servers = knownServers.filter((it) => it.schemes.includes(scheme)).map((it) => it.title);
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

/** `user@tcp(db:3306)/x` (go-sql-driver/mysql), `host=db dbname=x` (libpq), `Server=db;Database=x` (.NET). */
function hostsOfDataSourceNames({ value }: ResolvedText): HostReference[] {
  if (!value.includes("=") && !value.includes("@tcp(")) return [];
  const go = /@tcp\(([^:()]+)(?::(\d+))?\)\//d.exec(value);
  const at = go?.indices?.[1]?.[0];
  if (go?.[1] && at !== undefined) return [reference(go[1], at, ["MySQL", "MariaDB"], go[2])];
  const blanks = hostField(value, /\S+/g, /^host=/, /^(?:dbname|user|password|port|sslmode)=/, [
    "PostgreSQL",
  ]);
  return (
    blanks ??
    hostField(
      value,
      /[^;]+/g,
      /^\s*(?:server|host|data source)=(?:tcp:)?/i,
      /^\s*(?:database|initial catalog|user)\b/i,
      [],
    ) ??
    []
  );
}

/** The field that starts with `host`, when one of the others shows what the whole is. */
function hostField(
  value: string,
  field: RegExp,
  host: RegExp,
  other: RegExp,
  servers: readonly string[],
): HostReference[] | undefined {
  const fields = [...value.matchAll(field)];
  const found = fields.find((it) => host.test(it[0]));
  if (!found || !fields.some((it) => other.test(it[0]))) return undefined;
  const prefix = host.exec(found[0])?.[0].length ?? 0;
  const name = found[0].slice(prefix).split(/[:,]/, 1)[0] ?? "";
  return [reference(name, found.index + prefix, servers, undefined)];
}

const HOST_VARIABLE = /(?:^PGHOST|_HOST|_ADDR|_ADDRESS)$/;
const DATABASE_VARIABLE = /^(?:.*_)?(?:DB|DATABASE|SQL)_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/;

function hostOfVariable(name: string, { value }: ResolvedText): HostReference[] {
  const match = /^([a-z0-9_-]+|127\.0\.0\.1)(?::(\d+))?$/i.exec(value);
  const host = match?.[1];
  if (host === undefined) return [];
  const upper = name.toUpperCase();
  const servers = knownServers.filter(
    (it) =>
      it.variable.test(upper) || (it.isDatabase && !it.isNamedAlone && DATABASE_VARIABLE.test(upper)),
  );
  if (servers.length === 0 && !HOST_VARIABLE.test(upper)) return [];
  return [
    reference(
      host,
      0,
      servers.map((it) => it.title),
      match?.[2],
    ),
  ];
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

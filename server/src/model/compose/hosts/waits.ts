import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { baseName } from "../../stage/paths.ts";
import type { ResolvedText, Service } from "../project.ts";
import { partOf } from "../reading/reading.ts";
import { knownServers } from "../servers/known-server.ts";

/** A host that a program in a command or health check is told to connect to. */
export interface CalledHost {
  /** From the host to the port, where both stand in one text. */
  readonly value: ResolvedText;
  readonly host: string;
  /** Offset in `value`. */
  readonly port: { readonly value: number; readonly start: number; readonly end: number } | undefined;
  /** Titles of the servers that the program speaks to; none where it speaks to any. */
  readonly servers: readonly string[];
}

/**
 * Hosts that well-known programs are told in `texts`, be they words of a list or lines of a script: scripts that wait
 * (`wait-for-it db:5432`, `dockerize -wait tcp://db:5432`, `nc -z db 5432`), clients of servers (`pg_isready -h db`) and
 * programs that fetch (`curl http://api:8080`). `image` is the one that runs them: some are such a program.
 */
export function calledHosts(
  texts: readonly ResolvedText[],
  image: Service["image"] | undefined,
): readonly CalledHost[] {
  const all = texts.map((it) => it.value).join(" ");
  const isWaiter = image !== undefined && WAITING_IMAGE.test(image.value.name);
  if (!isWaiter && !ANY_PROGRAM.test(all)) return [];
  const words = texts.flatMap(wordsOf);
  const found: CalledHost[] = isWaiter ? [...addressesFrom(words, 0)] : [];
  words.forEach((word, at) => {
    const device = /^\/dev\/tcp\/([^/]+)\/(\d{1,5})$/d.exec(word.value);
    if (device) found.push(...hostIn(word, device, []));
    const kind = PROGRAMS.get(baseName(word.value));
    if (kind === undefined) return;
    if (kind === "waits" || kind === "fetches") found.push(...addressesFrom(words, at + 1, kind));
    if (kind === "connects" || kind === "waits") found.push(...pairAfter(words, at + 1));
    if (typeof kind === "object") found.push(...optionsOf(words, at + 1, kind));
  });
  return found;
}

interface CalledWord {
  readonly value: string;
  readonly text: ResolvedText;
  readonly start: number;
  readonly end: number;
  /** A command of a script begins with it. */
  readonly isFirst: boolean;
}

/** Up to a blank, a quote or an operator of the shell. */
const WORD = /[^\s"'`;|<>()]+/g;

function wordsOf(text: ResolvedText): readonly CalledWord[] {
  let before = 0;
  return [...text.value.matchAll(WORD)].map(({ 0: value, index: start }) => {
    const end = start + value.length;
    const isFirst = /[;|()`\n]|&&/.test(text.value.slice(before, start));
    before = /^&+$/.test(value) ? start : end;
    return { value, text, start, end, isFirst };
  });
}

/** What is told to the program in front of the word at `from`; `--` begins what it starts afterwards. */
function* argumentsFrom(
  words: readonly CalledWord[],
  from: number,
): Generator<readonly [CalledWord, number]> {
  for (let at = from; at < words.length && at < from + MOST_WORDS; at++) {
    const word = words[at];
    if (!word || (at > from && word.isFirst) || word.value === "--" || /^&+$/.test(word.value)) return;
    yield [word, at];
  }
}

/** Longer calls are seldom, and each word may be a program. */
const MOST_WORDS = 30;

const HOST = "[a-z0-9](?:[a-z0-9_-]{0,62})";
const ADDRESS = new RegExp(
  `^(?:-{1,2}wait=)?(?:(?:tcp|https?):(?://)?)?(${HOST}):(\\d{1,5})(?:[/?].*)?$`,
  "di",
);
/** Without a port only where a scheme tells that it is a host. */
const WEB_ADDRESS = new RegExp(`^(?:-{1,2}wait=)?https?://(${HOST})(?::(\\d{1,5}))?(?:[/?].*)?$`, "di");

function* addressesFrom(
  words: readonly CalledWord[],
  from: number,
  kind: "waits" | "fetches" = "waits",
): Generator<CalledHost> {
  for (const [word, at] of argumentsFrom(words, from)) {
    // `-H "Origin: http://front"`
    if (kind === "fetches" && (at === from ? "" : (words[at - 1]?.value ?? "")).endsWith(":")) continue;
    const match = (kind === "waits" ? ADDRESS.exec(word.value) : null) ?? WEB_ADDRESS.exec(word.value);
    if (match) yield* hostIn(word, match, []);
  }
}

function* hostIn(
  { text, start, end }: CalledWord,
  match: RegExpExecArray,
  servers: readonly string[],
): Generator<CalledHost> {
  const host = match.indices?.[1];
  const port = match.indices?.[2];
  if (!host || !match[1]) return;
  const value = partOf(text, start + host[0], end, HOLE);
  yield {
    value,
    host: match[1],
    port: port && { value: Number(match[2]), start: port[0] - host[0], end: port[1] - host[0] },
    servers,
  };
}

/** `nc -z -w 5 db 5432`: the first two words that are no options. */
function* pairAfter(words: readonly CalledWord[], from: number): Generator<CalledHost> {
  let host: CalledWord | undefined;
  let takesValue = false;
  for (const [word] of argumentsFrom(words, from)) {
    if (takesValue || word.value.startsWith("-")) {
      takesValue = !takesValue && /^-[a-zA-Z]*[wGqipsXxIO]$/.test(word.value);
      continue;
    }
    if (host) {
      if (/^\d{1,5}$/.test(word.value)) yield asCalled(host, word, []);
      return;
    }
    if (!isHost(word.value)) return;
    host = word;
  }
}

/** `pg_isready -h db -p 5432`, `mysqladmin -hdb`, `--host=db`. */
function* optionsOf(words: readonly CalledWord[], from: number, client: Client): Generator<CalledHost> {
  let host: CalledWord | undefined;
  let port: CalledWord | undefined;
  let awaited: "host" | "port" | undefined;
  for (const [word] of argumentsFrom(words, from)) {
    const { value } = word;
    if (awaited === "host" && !value.startsWith("-")) host ??= word;
    if (awaited === "port" && !value.startsWith("-")) port ??= word;
    awaited = undefined;
    if (value === "-h" || value === "--host") awaited = "host";
    else if (value === client.port || value === "--port") awaited = "port";
    else if (value.startsWith("--host=")) host ??= behind(word, "--host=".length);
    else if (value.startsWith("--port=")) port ??= behind(word, "--port=".length);
    else if (client.joins && /^-h\w/.test(value)) host ??= behind(word, 2);
  }
  if (host && isHost(host.value)) yield asCalled(host, port, client.servers);
}

function behind(word: CalledWord, length: number): CalledWord {
  return { ...word, value: word.value.slice(length), start: word.start + length };
}

function isHost(value: string): boolean {
  return /^[a-z0-9][\w.-]*$/i.test(value) && !/^\d+$/.test(value);
}

/** The port counts as written where it stands behind the host in the same text. */
function asCalled(host: CalledWord, port: CalledWord | undefined, servers: readonly string[]): CalledHost {
  const isBehind = port && port.text === host.text && port.start > host.end && /^\d{1,5}$/.test(port.value);
  const value = partOf(host.text, host.start, isBehind ? port.end : host.end, HOLE);
  const { start } = host;
  return {
    value,
    host: host.value,
    port: isBehind
      ? { value: Number(port.value), start: port.start - start, end: port.end - start }
      : undefined,
    servers,
  };
}

interface Client {
  readonly servers: readonly string[];
  /** The option that takes the port. */
  readonly port: string;
  /** `-hdb` is one word. */
  readonly joins: boolean;
}

function clientOf(titles: readonly string[], port: string, joins: boolean): Client {
  const servers = knownServers.flatMap(({ title }) => (titles.includes(title) ? [title] : []));
  return { servers, port, joins };
}

const postgres = clientOf(["PostgreSQL"], "-p", true);
const mysql = clientOf(["MySQL", "MariaDB"], "-P", true);
const redis = clientOf(["Redis", "Valkey"], "-p", false);
const mongo = clientOf(["MongoDB"], "--port", false);
const clickhouse = clientOf(["ClickHouse"], "--port", false);

/** What each makes of its arguments, by their manuals and the READMEs of the scripts (as generally known). */
const PROGRAMS: ReadonlyMap<string, "waits" | "fetches" | "connects" | Client> = new Map<
  string,
  "waits" | "fetches" | "connects" | Client
>([
  ...["wait-for-it", "wait-for-it.sh", "wait-for", "wait-for.sh", "wait_for_it.sh", "wait_for.sh"].map(
    (it) => [it, "waits"] as const,
  ),
  ...["wait-port", "wait-on", "wait4x", "wait4ports", "dockerize"].map((it) => [it, "waits"] as const),
  ...["curl", "wget"].map((it) => [it, "fetches"] as const),
  ...["nc", "ncat", "netcat"].map((it) => [it, "connects"] as const),
  ...["pg_isready", "psql", "pg_dump", "pg_dumpall", "pg_restore"].map((it) => [it, postgres] as const),
  ...["mysqladmin", "mysql", "mysqldump", "mariadb", "mariadb-admin", "mariadb-dump"].map(
    (it) => [it, mysql] as const,
  ),
  ...["redis-cli", "valkey-cli"].map((it) => [it, redis] as const),
  ...["mongosh", "mongo", "mongodump", "mongorestore"].map((it) => [it, mongo] as const),
  ["clickhouse-client", clickhouse] as const,
]);

/** Cheap, and mostly no. */
const ANY_PROGRAM =
  /wait|dockerize|curl|wget|\/dev\/tcp|\bn(?:c|cat|etcat)\b|psql|pg_|mysql|mariadb|-cli\b|mongo|clickhouse-client/;

/** Images that are started with the addresses alone. */
const WAITING_IMAGE = /(?:^|\/)(?:wait-for(?:-it|-dependencies)?|wait4x|dockerize|docker-compose-wait)$/;

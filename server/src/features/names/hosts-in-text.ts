/** A host in a text, by offsets. */
export interface HostAt {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const NAME = "[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?";
const URL_HOST = new RegExp(
  `\\b[a-z][a-z0-9+]*://(?:[^\\s/@"'<>;,]*@)?(${NAME})(?=[:/?#\\s"'\`;,)]|$)`,
  "dgi",
);
/** Not `redis:7` and `node:20`, which are images, nor `app:1000`, where words of `NO_HOST` are about. */
const HOST_AND_PORT = new RegExp(`(?<![\\w.:/@$-])(${NAME}):(?:80|\\d{3,5})(?![\\w.:])`, "dgi");
const NO_HOST = /\b(?:chown|chgrp|--user|--chown|setpriv|gosu|su-exec|docker|podman|uid|gid)\b|(?:^|\s)-u\b/;
/** `psql -h db`, `--host=db`; `nc -z db 5432`. */
const OPTION = new RegExp(`(?:^|\\s)(?:-h|--host(?:name)?)(?:\\s+|=)["']?(${NAME})(?=["'\\s]|$)`, "dgi");
const CLIENT =
  /\b(?:pg_isready|psql|pg_dump|pg_restore|mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|mariadb-dump|redis-cli|valkey-cli|mongosh|mongo|mosquitto_sub|mosquitto_pub)\b/;
const NETCAT = new RegExp(`\\bn(?:c|cat|etcat)\\s+(?:-\\S+\\s+)*(${NAME})\\s+\\d{2,5}\\b`, "dgi");

/** Hosts in a line that a shell or a program is given: in addresses, as `host:port`, and behind the options of clients of databases. */
export function hostsInCommand(text: string): readonly HostAt[] {
  return [
    ...found(text, URL_HOST),
    ...(NO_HOST.test(text) ? [] : found(text, HOST_AND_PORT)),
    ...(CLIENT.test(text) ? found(text, OPTION) : []),
    ...found(text, NETCAT),
  ];
}

/** Hosts in addresses alone. */
export function hostsInAddresses(text: string): readonly HostAt[] {
  return found(text, URL_HOST);
}

const LIST_ITEM = `(?:[a-z_]+://|\\d+@|server\\.\\d+=)?${NAME}(?::\\d{2,5}){1,3}(?:;\\d{2,5})?`;
const LIST = new RegExp(`^${LIST_ITEM}(?:[,\\s]+${LIST_ITEM})*$`, "i");
const IN_LIST = new RegExp(`(?:^|[,\\s]|://|@|=)(${NAME})(?=:\\d)`, "dgi");

/**
 * Hosts of a value that is a list of `host:port` and nothing else: brokers and listeners of Kafka (`PLAINTEXT://kafka:9092,…`,
 * `1@kafka:9093`), servers of ZooKeeper, seeds of a cluster. One item alone may be an image with its tag, or a user with a group.
 */
export function hostsInList(name: string, text: string): readonly HostAt[] {
  if (/IMAGE|TAG|VERSION|USER|UID|OWNER/i.test(name) || !LIST.test(text)) return [];
  const isSure = /[,@=]|:\/\//.test(text) || /:(?:80|\d{3,5})$/.test(text);
  return isSure ? found(text, IN_LIST) : [];
}

/** Names without ports, separated by commas: `discovery.seed_hosts` of Elasticsearch and OpenSearch. */
export function hostsInSeeds(name: string, text: string): readonly HostAt[] {
  return /seed_hosts$/i.test(name) ? found(text, new RegExp(`(?:^|,\\s*)(${NAME})(?=,|:|$)`, "dgi")) : [];
}

function found(text: string, pattern: RegExp): readonly HostAt[] {
  if (text.length > LONGEST) return [];
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [start, end] = match.indices?.[1] ?? [];
    return match[1] === undefined || start === undefined || end === undefined
      ? []
      : [{ text: match[1], start, end }];
  });
}

/** Nobody writes a longer command on purpose, and patterns cost more than the length of a text. */
const LONGEST = 20_000;

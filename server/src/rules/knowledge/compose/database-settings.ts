import { type ComposeProject, notedOnService, type Service } from "../../../model/compose/project.ts";
import { isOfficial, serverOf } from "../../../model/compose/servers/known-server.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { Span } from "../../../text/span.ts";

/**
 * What the entrypoint of an official database image makes of its variables when there is no database yet
 * (docker-library postgres, mysql, mongo and rabbitmq, MariaDB/mariadb-docker: docker-entrypoint.sh, read 2026-11; RabbitMQ
 * makes the user `guest` unless `RABBITMQ_DEFAULT_USER` names another one).
 */
export interface DatabaseSettings {
  /** Words that a command may begin with for the entrypoint to make a database. */
  readonly programs: readonly string[];
  readonly accounts: readonly AccountSettings[];
  /** Programs make users of their own as a matter of course. */
  readonly usersAreMade?: true;
  /** Variables that name the database that is made. */
  readonly database: readonly string[];
  /** One of these has to have a value; empty where nothing is required. */
  readonly required: readonly string[];
  /** Folder of configuration that may say all of it, too. */
  readonly toldIn?: string;
}

/** A user that is made, and where its name and password come from; the first variable that is set counts. */
export interface AccountSettings {
  readonly user: readonly string[];
  /** When none of `user` is set; undefined when there is then no such user. */
  readonly defaultUser: string | undefined;
  readonly password: readonly string[];
}

/** Databases of which nothing more is known than that a command may begin with an option. */
const NOTHING_MADE: DatabaseSettings = {
  programs: [],
  accounts: [],
  database: [],
  required: [],
};

const settings: Readonly<Record<string, DatabaseSettings>> = {
  PostgreSQL: {
    programs: ["postgres"],
    accounts: [{ user: ["POSTGRES_USER"], defaultUser: "postgres", password: ["POSTGRES_PASSWORD"] }],
    database: ["POSTGRES_DB"],
    required: ["POSTGRES_PASSWORD"],
  },
  MySQL: {
    programs: ["mysqld"],
    accounts: [
      { user: [], defaultUser: "root", password: ["MYSQL_ROOT_PASSWORD"] },
      { user: ["MYSQL_USER"], defaultUser: undefined, password: ["MYSQL_PASSWORD"] },
    ],
    database: ["MYSQL_DATABASE"],
    required: ["MYSQL_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"],
  },
  MariaDB: {
    programs: ["mariadbd", "mysqld"],
    accounts: [
      { user: [], defaultUser: "root", password: ["MARIADB_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD"] },
      {
        user: ["MARIADB_USER", "MYSQL_USER"],
        defaultUser: undefined,
        password: ["MARIADB_PASSWORD", "MYSQL_PASSWORD"],
      },
    ],
    database: ["MARIADB_DATABASE", "MYSQL_DATABASE"],
    required: [
      "MARIADB_ROOT_PASSWORD",
      "MYSQL_ROOT_PASSWORD",
      "MARIADB_ROOT_PASSWORD_HASH",
      "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD",
      "MARIADB_ALLOW_EMPTY_PASSWORD",
      "MYSQL_ALLOW_EMPTY_PASSWORD",
      "MARIADB_RANDOM_ROOT_PASSWORD",
      "MYSQL_RANDOM_ROOT_PASSWORD",
    ],
  },
  MongoDB: {
    programs: ["mongod"],
    accounts: [
      {
        user: ["MONGO_INITDB_ROOT_USERNAME"],
        defaultUser: undefined,
        password: ["MONGO_INITDB_ROOT_PASSWORD"],
      },
    ],
    database: [],
    required: [],
  },
  RabbitMQ: {
    programs: ["rabbitmq-server"],
    accounts: [
      { user: ["RABBITMQ_DEFAULT_USER"], defaultUser: "guest", password: ["RABBITMQ_DEFAULT_PASS"] },
    ],
    database: [],
    required: [],
    toldIn: "/etc/rabbitmq",
  },
  "SQL Server": {
    programs: ["/opt/mssql/bin/sqlservr"],
    accounts: [{ user: [], defaultUser: "sa", password: ["MSSQL_SA_PASSWORD", "SA_PASSWORD"] }],
    usersAreMade: true,
    database: [],
    required: ["MSSQL_SA_PASSWORD", "SA_PASSWORD"],
  },
  Elasticsearch: {
    programs: ["elasticsearch", "eswrapper"],
    accounts: [{ user: [], defaultUser: "elastic", password: ["ELASTIC_PASSWORD"] }],
    usersAreMade: true,
    database: [],
    required: [],
  },
  OpenSearch: NOTHING_MADE,
  ClickHouse: NOTHING_MADE,
  Cassandra: NOTHING_MADE,
  Neo4j: NOTHING_MADE,
};

/** The settings of a service that certainly starts a database server by its image's own entrypoint, with a place for new data. */
export function databaseSettingsOf(service: Service, project: ComposeProject): DatabaseSettings | undefined {
  const { settings: found, volumes } = madeBy(service);
  // A volume from outside most likely has a database already, with users of its own.
  return volumes.some((it) => project.volumes.get(it)?.external) ? undefined : found;
}

/** What it makes where its volumes are new. */
const madeBy = notedOnService((service) => ({
  settings: settingsOf(service),
  volumes: service.mounts.flatMap(({ kind, source }) => (kind === "volume" && source ? source.value : [])),
}));

function settingsOf(service: Service): DatabaseSettings | undefined {
  const server = serverOf(service);
  const found = server && isOfficial(server, service) ? settings[server.title] : undefined;
  if (!found || !service.complete || service.entrypoint || service.image?.value.digest) return undefined;
  const { toldIn } = found;
  if (toldIn && service.imageBuild) return undefined;
  const targets = [
    ...service.mounts.map((it) => it.target.value),
    ...service.configs.map((it) => it.target ?? HOLE),
  ];
  if (toldIn && targets.some((it) => it.startsWith(toldIn) || it.includes(HOLE))) return undefined;
  const [first] = service.command?.words ?? [];
  if (service.command && !service.command.words) return undefined;
  if (first !== undefined && !first.startsWith("-") && !found.programs.includes(first)) return undefined;
  return found;
}

/** May scripts make users and databases of their own? Not SQL that is there to read and speaks of neither. */
export function initScriptsMayDecide(
  { mounts, configs, imageBuild: build }: Service,
  { files }: ComposeProject,
): boolean {
  if (build) return true;
  if (configs.some(({ target = HOLE }) => isInitScript(target))) return true;
  return mounts.some(({ kind, source, target }) => {
    if (!isInitScript(target.value)) return false;
    if (kind !== "bind" || !source?.known || !target.value.endsWith(".sql")) return true;
    const text = files.readFile(source.value);
    return (
      text === undefined ||
      /\b(?:user|role|database|schema|owner|password|grant|source)\b|^\s*\\/im.test(text)
    );
  });
}

/** Does a service of the project make databases or users, as migrations of frameworks and the client's programs do? */
export function someoneMakesMore({ services }: ComposeProject): boolean {
  for (const it of services.values()) if (makesMore(it)) return true;
  return false;
}

const makesMore = notedOnService((service) => {
  const { command, entrypoint, environment } = service;
  const said = [command, entrypoint].map((it) => it?.words?.join(" ") ?? it?.text?.value ?? "").join(" ");
  if (MAKES_MORE.test(said)) return true;
  // A file is often given to all services alike; what is written for one is meant for it (openemr, whose image makes its own user).
  return !serverOf(service) && environment.some((it) => !it.file && OF_ROOT.test(it.name.value));
});

/** Who is given the password of root makes what it needs. */
const OF_ROOT = /(?:ROOT|SUPERUSER)_?PASS(?:WORD|WD)?(?:_FILE)?$/i;

const MAKES_MORE =
  /\bcreate[ _-]?(?:db|database|user|role)\b|\b(?:db|database)[:.]?(?:create|setup|prepare|reset)\b|\becto\.(?:create|setup)\b|\bprisma\b/i;

function isInitScript(target: string): boolean {
  return target.startsWith("/docker-entrypoint-initdb.d") || target.includes(HOLE);
}

/** A variable of a service. `absent` also when it is empty, as the entrypoints have it. */
export type Setting =
  | { readonly is: "set"; readonly name: string; readonly value: string; readonly span: Span }
  | { readonly is: "absent"; readonly name?: string; readonly span?: Span }
  | { readonly is: "unknown" };

/** The first of these variables that has a value; not known where it comes from a file, the shell or another file. */
export function settingOf(service: Service, names: readonly string[]): Setting {
  let empty: Setting = { is: "absent" };
  for (const name of names) {
    if (service.environment.some((it) => it.name.value === `${name}_FILE`)) return { is: "unknown" };
    const entry = service.environment.find((it) => it.name.value === name);
    if (!entry) continue;
    if (!entry.value?.known) return { is: "unknown" };
    if (entry.value.value) return { is: "set", name, value: entry.value.value, span: entry.name.span };
    empty = { is: "absent", name, span: entry.name.span };
  }
  return service.environmentComplete ? empty : { is: "unknown" };
}

import { notedOnService, type Service } from "./project.ts";

/**
 * A database or broker that other services connect to: by which image, URL scheme and variable it is recognised, and what
 * tells that it accepts connections.
 */
export interface KnownServer {
  /** As its makers write it. */
  readonly title: string;
  readonly isDatabase: boolean;
  /** Where it listens unless told otherwise. */
  readonly port: number;
  /** Where the official image keeps its data; a mount above or below it keeps them too. */
  readonly dataPath: string;
  /** The last part of an image's name. */
  readonly image: RegExp;
  /** Names of images that ship the program that `readyTest` runs, and set no health check themselves. */
  readonly official: readonly string[];
  /** Schemes of its URLs, without what stands behind `+`. */
  readonly schemes: readonly string[];
  /** Names of variables that hold its host. */
  readonly variable: RegExp;
  /** `healthcheck.test` for this service as YAML; undefined when this version has no fitting program. */
  readyTest(service: Settings): string | undefined;
}

/** What a health check depends on. */
type Settings = Pick<Service, "image" | "environment" | "environmentComplete">;

/**
 * Programs: tools column of the image facts (docker-library Dockerfiles, read 2026-09). Official images set no HEALTHCHECK as a
 * matter of policy (docker-library/faq#healthcheck). During its first start each of these images runs a server for its
 * initialisation that listens on the socket alone, so the tests ask over TCP where the program lets them.
 */
export const knownServers: readonly KnownServer[] = [
  {
    title: "PostgreSQL",
    isDatabase: true,
    port: 5432,
    dataPath: "/var/lib/postgresql",
    image: /^(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?|supabase-postgres)$/,
    official: ["postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb"],
    schemes: ["postgres", "postgresql", "pgsql"],
    variable: /^(?:PGHOST|.*(?:POSTGRES|POSTGRESQL|PG|PGSQL)_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS))$/,
    readyTest: (service) => {
      const user = settingOf(service, "POSTGRES_USER", "postgres");
      return shellTest(`pg_isready -h 127.0.0.1 -U ${user} -d ${settingOf(service, "POSTGRES_DB", user)}`);
    },
  },
  {
    title: "MySQL",
    isDatabase: true,
    port: 3306,
    dataPath: "/var/lib/mysql",
    image: /^(?:mysql|mysql-server|percona|percona-server)$/,
    official: ["mysql"],
    schemes: ["mysql", "mysql2", "mysqlx"],
    variable: /^.*MYSQL_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/,
    // `ping` succeeds as soon as the server answers, also with "access denied" (MySQL manual, mysqladmin).
    readyTest: () => commandTest("mysqladmin", "ping", "-h", "127.0.0.1", "--silent"),
  },
  {
    title: "MariaDB",
    isDatabase: true,
    port: 3306,
    dataPath: "/var/lib/mysql",
    image: /^mariadb$/,
    official: ["mariadb"],
    schemes: ["mariadb", "mysql"],
    variable: /^.*(?:MARIADB|MYSQL)_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/,
    // In the image since 10.3 (MariaDB knowledge base, "Using healthcheck.sh").
    readyTest: (service) =>
      majorVersion(service) < 10
        ? undefined
        : commandTest("healthcheck.sh", "--connect", "--innodb_initialized"),
  },
  {
    title: "Redis",
    isDatabase: false,
    port: 6379,
    dataPath: "/data",
    image: /^(?:redis|redis-stack|redis-stack-server)$/,
    official: ["redis", "redis/redis-stack", "redis/redis-stack-server"],
    schemes: ["redis", "rediss"],
    variable: /^.*REDIS_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/,
    readyTest: () => commandTest("redis-cli", "ping"),
  },
  {
    title: "Valkey",
    isDatabase: false,
    port: 6379,
    dataPath: "/data",
    image: /^valkey$/,
    official: ["valkey/valkey"],
    schemes: ["valkey", "valkeys", "redis", "rediss"],
    variable: /^.*(?:VALKEY|REDIS)_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/,
    readyTest: () => commandTest("valkey-cli", "ping"),
  },
  {
    title: "MongoDB",
    isDatabase: true,
    port: 27017,
    dataPath: "/data/db",
    image: /^(?:mongo|mongodb|mongodb-community-server)$/,
    official: ["mongo"],
    schemes: ["mongodb"],
    variable: /^(?:.*MONGO(?:DB)?_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)|ME_CONFIG_MONGODB_SERVER)$/,
    // The old shell is gone since 6 (docker-library/docs mongo/content.md).
    readyTest: (service) =>
      commandTest(
        majorVersion(service) < 5 ? "mongo" : "mongosh",
        "--quiet",
        "--eval",
        "db.adminCommand('ping')",
      ),
  },
  {
    title: "RabbitMQ",
    isDatabase: false,
    port: 5672,
    dataPath: "/var/lib/rabbitmq",
    image: /^rabbitmq$/,
    official: ["rabbitmq"],
    schemes: ["amqp", "amqps"],
    variable: /^.*(?:RABBITMQ|RABBIT|AMQP)_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS)$/,
    // `ping` tells of the runtime only; this one asks whether the listeners answer (rabbitmq.com, Monitoring).
    readyTest: () => commandTest("rabbitmq-diagnostics", "-q", "check_port_connectivity"),
  },
];

/** The server that a service runs, told by its image; for a service that is built it is not known. */
export const serverOf = notedOnService(({ image, build }): KnownServer | undefined => {
  if (build || !image) return undefined;
  const name = image.value.name.split("/").at(-1) ?? "";
  return knownServers.find((it) => it.image.test(name));
});

/** Whether the image is one whose programs are known. */
export function isOfficial(server: KnownServer, { image }: Service): boolean {
  return image !== undefined && server.official.includes(image.value.name);
}

/** Number that the tag of a service's image starts with; a moving tag such as `latest` is newer than any of them. */
export function majorVersion({ image }: Pick<Service, "image">): number {
  return Number(/^\d+/.exec(image?.value.tag ?? "")?.[0] ?? Number.POSITIVE_INFINITY);
}

/** A variable's value where it is written out, `fallback` where it is certainly not set, else the variable for the shell in the container. */
function settingOf({ environment, environmentComplete }: Settings, name: string, fallback: string): string {
  const entry = environment.find((it) => it.name.value === name);
  if (!entry && environmentComplete) return fallback;
  const value = entry?.value?.known ? entry.value.value : "";
  return /^[\w.-]+$/.test(value) ? value : `$\${${name}:-${fallback}}`;
}

function shellTest(command: string): string {
  return `["CMD-SHELL", ${JSON.stringify(command)}]`;
}

function commandTest(...words: readonly string[]): string {
  return `[${["CMD", ...words].map((it) => JSON.stringify(it)).join(", ")}]`;
}

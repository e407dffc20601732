import type { ImageFamily } from "./families.ts";
import { ALPINE, DEBIAN, missing, type SharedFacts, there } from "./operating-systems.ts";

/** Programs that ask a server whether it is there, by the server that they come with. */
const CLIENTS = {
  postgres: "pg_isready psql",
  mysql: "mysql mysqladmin mysqlsh",
  mariadb: "mariadb mariadb-admin",
  mongo: "mongo mongosh",
  redis: "redis-cli",
  rabbitmq: "rabbitmq-diagnostics rabbitmqctl",
};

/** An image of one server has the clients of no other one: a health check that was copied from elsewhere fails. */
function clientsBut(...own: readonly (keyof typeof CLIENTS)[]): Record<string, boolean> {
  const others = Object.entries(CLIENTS).filter(([name]) => !own.some((it) => it === name));
  return missing(others.map(([, names]) => names).join(" "));
}

function server(port: string, tools: Record<string, boolean>, base: SharedFacts = {}): SharedFacts {
  return {
    ...base,
    users: undefined,
    tools: { ...base.tools, ...tools },
    ...(port !== "" && { exposedPorts: port.split(" ").map((it) => `${it}/tcp`) }),
    entrypoint: ["docker-entrypoint.sh"],
  };
}

const ALPINE_TAG = /(^|-)alpine/;
const POSTGRES = { ...there(CLIENTS.postgres), ...clientsBut("postgres") };
const REDIS = { ...there(CLIENTS.redis), ...clientsBut("redis") };
const MARIADB = { ...missing("mongo mongosh redis-cli pg_isready psql rabbitmq-diagnostics mysqlsh") };

/** Of databases, brokers and servers that are run as they are; read 2026-11 from what is named as the source. */
export const SERVER_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^postgres$/,
    tag: ALPINE_TAG,
    facts: server("5432", { ...POSTGRES, ...missing("git gcc make") }, ALPINE),
    source: "docker-library/postgres, alpine Dockerfiles",
  },
  {
    image: /^postgres$/,
    tag: /^/,
    facts: server("5432", POSTGRES, DEBIAN),
    source: "docker-library/postgres, Debian Dockerfiles",
  },
  {
    image: /^(pgvector\/pgvector|postgis\/postgis|timescale\/timescaledb)$/,
    tag: /^/,
    facts: server("5432", POSTGRES),
    source: "Dockerfiles of pgvector, postgis and timescaledb, which are built on postgres",
  },
  {
    image: /^redis$/,
    tag: ALPINE_TAG,
    facts: server("6379", { ...REDIS, ...missing("git gcc make") }, ALPINE),
    source: "redis/docker-library-redis, alpine Dockerfiles",
  },
  {
    image: /^redis$/,
    tag: /^(?!.*windows)/,
    facts: server("6379", REDIS, DEBIAN),
    source: "redis/docker-library-redis, Debian Dockerfiles",
  },
  {
    image: /^mysql$/,
    tag: /^/,
    facts: server("3306 33060", { mysqladmin: true, "healthcheck.sh": false, ...clientsBut("mysql") }),
    source: "docker-library/mysql, Dockerfiles of 5.7 to 9",
  },
  {
    // The release notes of 11.0.1 say that the image has no programs with mysql in their names any more.
    image: /^mariadb$/,
    tag: /^(?:1[1-9](?:[.-]|$)|latest$|lts)/,
    facts: server("3306", {
      ...MARIADB,
      ...missing("mysql mysqladmin mysqldump"),
      ...there("mariadb mariadb-admin healthcheck.sh"),
    }),
    source: "MariaDB/mariadb-docker, Dockerfiles of 11 and 12, and its #512",
  },
  {
    image: /^mariadb$/,
    tag: /^/,
    facts: server("3306", MARIADB),
    source: "MariaDB/mariadb-docker, Dockerfiles",
  },
  {
    image: /^mongo$/,
    tag: /^(?:[6-9](?:[.-]|$)|latest$|noble|jammy)/,
    facts: server("27017", { ...clientsBut("mongo"), mongo: false, mongosh: true }),
    source: "docker-library/mongo, Dockerfiles of 6 to 8",
  },
  {
    image: /^mongo$/,
    tag: /^(?!.*windows|.*nanoserver)/,
    facts: server("27017", clientsBut("mongo")),
    source: "docker-library/mongo, Dockerfiles",
  },
  {
    image: /^rabbitmq$/,
    tag: ALPINE_TAG,
    facts: server(
      "",
      { ...clientsBut("rabbitmq"), ...there(CLIENTS.rabbitmq), ...missing("git gcc make") },
      ALPINE,
    ),
    source: "docker-library/rabbitmq, alpine Dockerfiles",
  },
  {
    image: /^rabbitmq$/,
    tag: /^/,
    facts: server("", { ...clientsBut("rabbitmq"), ...there(CLIENTS.rabbitmq) }),
    source: "docker-library/rabbitmq, Ubuntu Dockerfiles",
  },
  {
    image: /^quay\.io\/keycloak\/keycloak$/,
    tag: /^(?:2[1-9](?:[.-]|$)|latest$|nightly)/,
    facts: { shell: "/bin/sh", tools: { bash: true, sh: true, ...missing("curl wget nc") } },
    source: "keycloak/keycloak, quarkus/container/Dockerfile on ubi-micro since 21, and its #17438",
  },
  {
    image: /^portainer\/portainer-(?:ce|ee)$/,
    tag: /^(?!.*alpine|.*windows)/,
    facts: { shell: "none", tools: missing("sh bash curl wget nc") },
    source: "portainer/portainer, build/linux/Dockerfile",
  },
  {
    image:
      /^(?:ghcr\.io\/open-telemetry\/opentelemetry-collector-releases|otel)\/opentelemetry-collector(?:-contrib|-k8s)?$/,
    tag: /^(?!.*windows)/,
    facts: { shell: "none", tools: missing("sh bash curl wget nc") },
    source: "open-telemetry/opentelemetry-collector-releases, Dockerfiles on scratch",
  },
];

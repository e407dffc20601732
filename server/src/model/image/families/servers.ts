import { ALPINE, DEBIAN, missing, type SharedFacts, there } from "../operating-systems.ts";
import { ALPINE_TAG, type ImageFamily } from "./family.ts";

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
    // Their entrypoint gives root up, whoever the container is started as.
    role: "database",
    users: undefined,
    tools: { ...base.tools, ...tools },
    ...(port !== "" && { exposedPorts: port.split(" ").map((it) => `${it}/tcp`) }),
    entrypoint: ["docker-entrypoint.sh"],
  };
}

/** Of images with a USER, whose entrypoint changes nothing about it. */
const HAS_OWN_USER = { role: undefined };
/** Since 1.4; later ones write its number. */
const MEMCACHED_USER = { ...HAS_OWN_USER, defaultUser: "memcache" };

/** For no tag of Windows or of Alpine, which stands before. */
const LINUX_TAG = /^(?!.*(?:windows|nanoserver|servercore))/;
/**
 * What Docker's official servers on Alpine, Debian and Ubuntu install only while they are built: curl nowhere; wget, nc and ps are
 * BusyBox's on Alpine, and not there on the others.
 */
const NO_CURL_ON_ALPINE = missing("curl git gcc make");
const NO_CURL_ON_DEBIAN = missing("curl wget nc git gcc make");
const NO_PROCPS = missing("ps pgrep");
/** The images of a server on Alpine and on Debian, of which `own` says what they bring for themselves. */
function onBoth(
  image: RegExp,
  port: string,
  own: Record<string, boolean>,
  { source, bash, ...more }: SharedFacts & { readonly source: string; readonly bash: boolean },
): ImageFamily[] {
  return [
    {
      image,
      tag: ALPINE_TAG,
      facts: { ...server(port, { ...own, ...NO_CURL_ON_ALPINE, bash }, ALPINE), ...more },
      source: `${source}, alpine Dockerfiles`,
    },
    {
      image,
      tag: LINUX_TAG,
      facts: { ...server(port, { ...own, ...NO_CURL_ON_DEBIAN, ...NO_PROCPS }, DEBIAN), ...more },
      source: `${source}, Debian Dockerfiles`,
    },
  ];
}

/** Since 3.8. */
const RABBITMQ_PORTS = "4369 5671 5672 15691 15692 25672";

/** The management's pages are in tags of their own. */
function rabbitmq(tag: RegExp, ports: string): ImageFamily[] {
  const own = { ...clientsBut("rabbitmq"), ...there(CLIENTS.rabbitmq) };
  return [
    {
      image: /^rabbitmq$/,
      tag: new RegExp(`^(?=.*alpine)(?=.*${tag.source})`),
      facts: server(ports, { ...own, ...NO_CURL_ON_ALPINE, bash: true }, ALPINE),
      source: "docker-library/rabbitmq, alpine Dockerfiles",
    },
    {
      image: /^rabbitmq$/,
      tag,
      facts: server(ports, { ...own, ...missing("curl wget git gcc make") }),
      source: "docker-library/rabbitmq, Ubuntu Dockerfiles of 3.8 to 4.3, those with management too",
    },
  ];
}

const POSTGRES = { ...there(CLIENTS.postgres), ...clientsBut("postgres") };
const REDIS = { ...there(CLIENTS.redis), ...clientsBut("redis") };
const VALKEY = { "valkey-cli": true, ...clientsBut("redis") };
const MARIADB = { ...missing("mongo mongosh redis-cli pg_isready psql rabbitmq-diagnostics mysqlsh") };

/** Of databases, brokers and servers that are run as they are; read 2026-11 from what is named as the source. */
export const SERVER_FAMILIES: readonly ImageFamily[] = [
  ...onBoth(/^postgres$/, "5432", POSTGRES, { source: "docker-library/postgres", bash: true }),
  {
    image: /^(pgvector\/pgvector|postgis\/postgis|timescale\/timescaledb)$/,
    tag: /^/,
    facts: server("5432", POSTGRES),
    source: "Dockerfiles of pgvector, postgis and timescaledb, which are built on postgres",
  },
  ...onBoth(/^redis$/, "6379", REDIS, { source: "redis/docker-library-redis", bash: false }),
  ...onBoth(/^valkey\/valkey$/, "6379", VALKEY, { source: "valkey-io/valkey-container", bash: false }),
  ...onBoth(/^memcached$/, "11211", clientsBut(), {
    source: "docker-library/memcached",
    bash: false,
    ...MEMCACHED_USER,
  }),
  // From 2.4 on it runs as its user (Dockerfile.template, USER haproxy).
  ...onBoth(/^haproxy$/, "", clientsBut(), {
    source: "docker-library/haproxy",
    bash: false,
    ...HAS_OWN_USER,
    defaultUser: "haproxy",
  }).map((it) => ({
    ...it,
    tag: new RegExp(`^(?!1(?:[.-]|$)|2\\.[0-3](?:[.-]|$))(?=.*(?:${it.tag.source}))`),
  })),
  ...onBoth(/^haproxy$/, "", clientsBut(), {
    source: "docker-library/haproxy",
    bash: false,
    ...HAS_OWN_USER,
  }),
  {
    image: /^httpd$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      users: undefined,
      tools: { ...ALPINE.tools, ...NO_CURL_ON_ALPINE, bash: false },
      exposedPorts: ["80/tcp"],
    },
    source: "docker-library/httpd, alpine Dockerfiles of 2.4",
  },
  {
    image: /^httpd$/,
    tag: LINUX_TAG,
    facts: {
      ...DEBIAN,
      users: undefined,
      tools: { ...DEBIAN.tools, ...NO_CURL_ON_DEBIAN, ...NO_PROCPS },
      exposedPorts: ["80/tcp"],
    },
    source: "docker-library/httpd, Debian Dockerfiles of 2.4",
  },
  {
    image: /^nats$/,
    tag: /^(?!.*(?:alpine|windows|nanoserver|servercore))/,
    facts: { shell: "none", tools: missing("sh bash curl wget nc") },
    source: "nats-io/nats-docker, scratch Dockerfiles, which tags without a system's name are",
  },
  {
    image:
      /^(?:quay\.io\/prometheus|prom)\/(?:prometheus|alertmanager|pushgateway|node-exporter|blackbox-exporter)$/,
    tag: /^(?!.*(?:distroless|windows))/,
    facts: { shell: "/bin/sh", tools: { ...there("sh wget"), ...missing("bash curl") } },
    source: "Dockerfiles of Prometheus and its exporters on quay.io/prometheus/busybox",
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
      ...missing("curl wget"),
    }),
    source: "MariaDB/mariadb-docker, Dockerfiles of 11 and 12, and its #512",
  },
  {
    image: /^mariadb$/,
    tag: /^/,
    facts: server("3306", { ...MARIADB, ...missing("curl wget") }),
    source: "MariaDB/mariadb-docker, Dockerfiles",
  },
  {
    image: /^mongo$/,
    tag: /^(?:[6-9](?:[.-]|$)|latest$|noble|jammy)/,
    facts: server("27017", { ...clientsBut("mongo"), mongo: false, mongosh: true, ...missing("curl wget") }),
    source: "docker-library/mongo, Dockerfiles of 6 to 8",
  },
  {
    image: /^mongo$/,
    tag: /^(?!.*windows|.*nanoserver)/,
    facts: server("27017", { ...clientsBut("mongo"), ...missing("curl wget") }),
    source: "docker-library/mongo, Dockerfiles",
  },
  ...rabbitmq(/^(?:3\.[0-7](?:[.-]|$)|[12](?:[.-]|$))/, ""),
  ...rabbitmq(/management/, `${RABBITMQ_PORTS} 15671 15672`),
  ...rabbitmq(/^/, RABBITMQ_PORTS),
  {
    image: /^quay\.io\/keycloak\/keycloak$/,
    tag: /^(?:2[1-9](?:[.-]|$)|latest$|nightly)/,
    facts: {
      shell: "/bin/sh",
      defaultUser: "1000",
      tools: { bash: true, sh: true, ...missing("curl wget nc") },
    },
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

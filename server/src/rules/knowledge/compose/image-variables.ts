import {
  type ComposeProject,
  type EnvironmentEntry,
  notedOnService,
  type Service,
} from "../../../model/compose/project.ts";
import { POSTGRES_IMAGE } from "../../../model/image/postgres-images.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { literally } from "../../../text/literally.ts";
import { nearestName } from "../../../text/nearest-name.ts";
import { valueIn } from "../../../text/value-in.ts";

/** The variables of a well-known image that people set, and what they write in their place. */
export interface ImageVariables {
  /** As its makers write it. */
  readonly title: string;
  readonly image: RegExp;
  /** Of tags that this is true of; all when not given. */
  readonly tag?: RegExp;
  /** What its entrypoint or server reads, without `_FILE`. Only slips that are near to one of these are seen by themselves. */
  readonly reads: readonly string[];
  /** Names that are often taken for one of them. */
  readonly taken: Readonly<Record<string, string>>;
  /** Names that look as if it read them, and what is so without. */
  readonly nothing?: Readonly<Record<string, string>>;
  /** It reads the values of `reads` from files too, by variables that end like this. */
  readonly fileEnding?: "_FILE" | "__FILE";
  /** Of `reads`, those that it takes from no file all the same. */
  readonly unfiled?: readonly string[];
  /** Its entrypoint ends where a variable is set in both ways. */
  readonly isExclusive?: true;
}

const MYSQL_READS = [
  "MYSQL_ROOT_PASSWORD",
  "MYSQL_ROOT_HOST",
  "MYSQL_DATABASE",
  "MYSQL_USER",
  "MYSQL_PASSWORD",
  "MYSQL_ALLOW_EMPTY_PASSWORD",
  "MYSQL_RANDOM_ROOT_PASSWORD",
  "MYSQL_ONETIME_PASSWORD",
  "MYSQL_INITDB_SKIP_TZINFO",
];

const MYSQL_UNFILED = MYSQL_READS.filter((it) => /ALLOW|RANDOM|ONETIME|INITDB/.test(it));

const MYSQL_TAKEN = {
  MYSQL_DB: "MYSQL_DATABASE",
  MYSQL_DBNAME: "MYSQL_DATABASE",
  MYSQL_DB_NAME: "MYSQL_DATABASE",
  MYSQL_DATABASE_NAME: "MYSQL_DATABASE",
  MYSQL_USERNAME: "MYSQL_USER",
  MYSQL_USER_NAME: "MYSQL_USER",
  MYSQL_PASS: "MYSQL_PASSWORD",
  MYSQL_PASSWD: "MYSQL_PASSWORD",
  MYSQL_USER_PASSWORD: "MYSQL_PASSWORD",
  MYSQL_ROOT_PASS: "MYSQL_ROOT_PASSWORD",
  MYSQL_ROOT_PASSWD: "MYSQL_ROOT_PASSWORD",
  MYSQL_ROOT_PWD: "MYSQL_ROOT_PASSWORD",
  MYSQL_ROOTPASSWORD: "MYSQL_ROOT_PASSWORD",
};

const asMariadb = (name: string) => name.replace("MYSQL_", "MARIADB_");

/** As Keycloak had them until it left WildFly with 17. */
const KEYCLOAK_DATABASE = {
  DB_VENDOR: "KC_DB",
  DB_ADDR: "KC_DB_URL_HOST",
  DB_DATABASE: "KC_DB_URL_DATABASE",
  DB_USER: "KC_DB_USERNAME",
  DB_PASSWORD: "KC_DB_PASSWORD",
};

/**
 * What the entrypoints read (docker-entrypoint.sh of docker-library postgres, mysql, mongo, rabbitmq and wordpress, of
 * MariaDB/mariadb-docker and MinIO's manual; pkg/docker/entrypoint.sh of pgadmin-org/pgadmin4; docker/server/entrypoint.sh of
 * ClickHouse/ClickHouse; influxdb/2.7/entrypoint.sh of influxdata/influxdata-docker; Grafana's and Keycloak's manuals on
 * configuration; of these PostgreSQL's, MySQL's, MongoDB's, RabbitMQ's, WordPress', Neo4j's, pgAdmin's, ClickHouse's and InfluxDB's were read
 * 2026-11-27, the others are as generally known). Names of `taken` are read by none of them; those of Redis have no variables at all.
 */
const images: readonly ImageVariables[] = [
  {
    title: "PostgreSQL",
    image: POSTGRES_IMAGE,
    reads: [
      "POSTGRES_PASSWORD",
      "POSTGRES_USER",
      "POSTGRES_DB",
      "POSTGRES_INITDB_ARGS",
      "POSTGRES_INITDB_WALDIR",
      "POSTGRES_HOST_AUTH_METHOD",
    ],
    taken: {
      POSTGRES_DATABASE: "POSTGRES_DB",
      POSTGRES_DBNAME: "POSTGRES_DB",
      POSTGRES_DB_NAME: "POSTGRES_DB",
      POSTGRES_DATABASE_NAME: "POSTGRES_DB",
      POSTGRESQL_DATABASE: "POSTGRES_DB",
      POSTGRESQL_DB: "POSTGRES_DB",
      POSTGRES_USERNAME: "POSTGRES_USER",
      POSTGRES_USER_NAME: "POSTGRES_USER",
      POSTGRESQL_USER: "POSTGRES_USER",
      POSTGRESQL_USERNAME: "POSTGRES_USER",
      POSTGRES_PASS: "POSTGRES_PASSWORD",
      POSTGRES_PASSWD: "POSTGRES_PASSWORD",
      POSTGRES_PWD: "POSTGRES_PASSWORD",
      POSTGRES_ROOT_PASSWORD: "POSTGRES_PASSWORD",
      POSTGRES_USER_PASSWORD: "POSTGRES_PASSWORD",
      POSTGRESQL_PASSWORD: "POSTGRES_PASSWORD",
    },
    fileEnding: "_FILE",
    unfiled: ["POSTGRES_INITDB_WALDIR", "POSTGRES_HOST_AUTH_METHOD"],
    isExclusive: true,
  },
  {
    title: "MySQL",
    image: /^mysql$/,
    reads: MYSQL_READS,
    taken: MYSQL_TAKEN,
    fileEnding: "_FILE",
    unfiled: MYSQL_UNFILED,
    isExclusive: true,
  },
  {
    title: "MariaDB",
    image: /^mariadb$/,
    reads: [...MYSQL_READS, ...MYSQL_READS.map(asMariadb)],
    taken: {
      ...MYSQL_TAKEN,
      ...Object.fromEntries(
        Object.entries(MYSQL_TAKEN).map(([wrong, right]) => [asMariadb(wrong), asMariadb(right)]),
      ),
    },
    fileEnding: "_FILE",
    unfiled: [...MYSQL_UNFILED, ...MYSQL_UNFILED.map(asMariadb)],
    isExclusive: true,
  },
  {
    title: "MongoDB",
    image: /^mongo$/,
    reads: ["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_DATABASE"],
    taken: {
      MONGO_INITDB_USERNAME: "MONGO_INITDB_ROOT_USERNAME",
      MONGO_INITDB_USER: "MONGO_INITDB_ROOT_USERNAME",
      MONGO_INITDB_ROOT_USER: "MONGO_INITDB_ROOT_USERNAME",
      MONGO_ROOT_USERNAME: "MONGO_INITDB_ROOT_USERNAME",
      MONGO_ROOT_USER: "MONGO_INITDB_ROOT_USERNAME",
      MONGODB_ROOT_USERNAME: "MONGO_INITDB_ROOT_USERNAME",
      MONGODB_ROOT_USER: "MONGO_INITDB_ROOT_USERNAME",
      MONGODB_INITDB_ROOT_USERNAME: "MONGO_INITDB_ROOT_USERNAME",
      MONGO_INITDB_PASSWORD: "MONGO_INITDB_ROOT_PASSWORD",
      MONGO_INITDB_PASS: "MONGO_INITDB_ROOT_PASSWORD",
      MONGO_INITDB_ROOT_PASS: "MONGO_INITDB_ROOT_PASSWORD",
      MONGO_INITDB_PWD: "MONGO_INITDB_ROOT_PASSWORD",
      MONGO_ROOT_PASSWORD: "MONGO_INITDB_ROOT_PASSWORD",
      MONGODB_ROOT_PASSWORD: "MONGO_INITDB_ROOT_PASSWORD",
      MONGODB_INITDB_ROOT_PASSWORD: "MONGO_INITDB_ROOT_PASSWORD",
      MONGO_INITDB_DB: "MONGO_INITDB_DATABASE",
    },
    fileEnding: "_FILE",
    unfiled: ["MONGO_INITDB_DATABASE"],
    isExclusive: true,
  },
  {
    title: "RabbitMQ",
    image: /^rabbitmq$/,
    reads: ["RABBITMQ_DEFAULT_USER", "RABBITMQ_DEFAULT_PASS", "RABBITMQ_DEFAULT_VHOST"],
    taken: {
      RABBITMQ_USER: "RABBITMQ_DEFAULT_USER",
      RABBITMQ_USERNAME: "RABBITMQ_DEFAULT_USER",
      RABBITMQ_DEFAULT_USERNAME: "RABBITMQ_DEFAULT_USER",
      RABBITMQ_PASS: "RABBITMQ_DEFAULT_PASS",
      RABBITMQ_PASSWORD: "RABBITMQ_DEFAULT_PASS",
      RABBITMQ_DEFAULT_PASSWORD: "RABBITMQ_DEFAULT_PASS",
      RABBITMQ_VHOST: "RABBITMQ_DEFAULT_VHOST",
    },
  },
  {
    title: "Redis",
    image: /^redis$/,
    reads: [],
    taken: {},
    nothing: Object.fromEntries(
      ["REDIS_PASSWORD", "REDIS_PASS", "REDIS_REQUIREPASS", "REDIS_REQUIRE_PASS", "REQUIREPASS"].map((it) => [
        it,
        "without --requirepass in command it asks for no password",
      ]),
    ),
  },
  {
    title: "Kafka",
    image: /^(?:confluentinc\/cp-kafka|apache\/kafka)$/,
    reads: [],
    taken: {
      KAFKA_ADVERTISED_LISTENER: "KAFKA_ADVERTISED_LISTENERS",
      KAFKA_LISTENER: "KAFKA_LISTENERS",
      KAFKA_ZOOKEEPER: "KAFKA_ZOOKEEPER_CONNECT",
      KAFKA_OFFSET_TOPIC_REPLICATION_FACTOR: "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR",
      KAFKA_AUTO_CREATE_TOPIC_ENABLE: "KAFKA_AUTO_CREATE_TOPICS_ENABLE",
    },
    nothing: { KAFKA_CREATE_TOPICS: "only the image wurstmeister/kafka makes topics by it" },
  },
  {
    title: "ZooKeeper",
    image: /^confluentinc\/cp-zookeeper$/,
    reads: [],
    taken: { ZOOKEEPER_PORT: "ZOOKEEPER_CLIENT_PORT" },
  },
  {
    title: "SQL Server",
    image: /^mcr\.microsoft\.com\/(?:mssql\/server|azure-sql-edge)$/,
    reads: ["MSSQL_SA_PASSWORD"],
    taken: {
      SA_PASS: "MSSQL_SA_PASSWORD",
      SA_PASSWD: "MSSQL_SA_PASSWORD",
      MSSQL_PASSWORD: "MSSQL_SA_PASSWORD",
      MSSQL_SA_PASS: "MSSQL_SA_PASSWORD",
    },
  },
  {
    title: "MongoDB",
    image: /^bitnami(?:legacy|secure)?\/mongodb$/,
    reads: [],
    taken: {
      MONGO_INITDB_ROOT_USERNAME: "MONGODB_ROOT_USER",
      MONGO_INITDB_ROOT_PASSWORD: "MONGODB_ROOT_PASSWORD",
    },
  },
  {
    title: "Neo4j",
    image: /^neo4j$/,
    // From 5 on: `5.26`, `2025.10`, and tags without a version.
    tag: /^(?:[5-9]|20\d\d|latest$|community|enterprise)/,
    reads: [],
    taken: {},
  },
  {
    title: "MinIO",
    image: /^(?:quay\.io\/)?minio\/minio$/,
    reads: ["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"],
    taken: {
      MINIO_USER: "MINIO_ROOT_USER",
      MINIO_USERNAME: "MINIO_ROOT_USER",
      MINIO_ROOT_USERNAME: "MINIO_ROOT_USER",
      MINIO_PASSWORD: "MINIO_ROOT_PASSWORD",
      MINIO_PASS: "MINIO_ROOT_PASSWORD",
      MINIO_ROOT_PASS: "MINIO_ROOT_PASSWORD",
    },
    fileEnding: "_FILE",
  },
  {
    title: "WordPress",
    image: /^wordpress$/,
    tag: /^(?!cli)/,
    reads: ["WORDPRESS_DB_HOST", "WORDPRESS_DB_USER", "WORDPRESS_DB_PASSWORD", "WORDPRESS_DB_NAME"],
    taken: {
      WORDPRESS_DB_USERNAME: "WORDPRESS_DB_USER",
      WORDPRESS_DATABASE_USER: "WORDPRESS_DB_USER",
      WORDPRESS_DB_PASS: "WORDPRESS_DB_PASSWORD",
      WORDPRESS_DB_PASSWD: "WORDPRESS_DB_PASSWORD",
      WORDPRESS_DATABASE_PASSWORD: "WORDPRESS_DB_PASSWORD",
      WORDPRESS_DB_DATABASE: "WORDPRESS_DB_NAME",
      WORDPRESS_DB: "WORDPRESS_DB_NAME",
      WORDPRESS_DATABASE: "WORDPRESS_DB_NAME",
      WORDPRESS_DATABASE_NAME: "WORDPRESS_DB_NAME",
      WORDPRESS_DATABASE_HOST: "WORDPRESS_DB_HOST",
      WORDPRESS_DB_HOSTNAME: "WORDPRESS_DB_HOST",
    },
    fileEnding: "_FILE",
  },
  {
    title: "pgAdmin",
    image: /^dpage\/pgadmin4$/,
    reads: ["PGADMIN_DEFAULT_EMAIL", "PGADMIN_DEFAULT_PASSWORD"],
    taken: {
      PGADMIN_EMAIL: "PGADMIN_DEFAULT_EMAIL",
      PGADMIN_DEFAULT_USER: "PGADMIN_DEFAULT_EMAIL",
      PGADMIN_DEFAULT_USERNAME: "PGADMIN_DEFAULT_EMAIL",
      PGADMIN_PASSWORD: "PGADMIN_DEFAULT_PASSWORD",
      PGADMIN_DEFAULT_PASS: "PGADMIN_DEFAULT_PASSWORD",
    },
  },
  {
    title: "Grafana",
    image: /^grafana\/grafana(?:-oss|-enterprise)?$/,
    reads: ["GF_SECURITY_ADMIN_USER", "GF_SECURITY_ADMIN_PASSWORD"],
    taken: {
      GF_ADMIN_USER: "GF_SECURITY_ADMIN_USER",
      GF_SECURITY_ADMIN_USERNAME: "GF_SECURITY_ADMIN_USER",
      GF_SECURITY_USER: "GF_SECURITY_ADMIN_USER",
      GRAFANA_ADMIN_USER: "GF_SECURITY_ADMIN_USER",
      GRAFANA_USER: "GF_SECURITY_ADMIN_USER",
      GF_ADMIN_PASSWORD: "GF_SECURITY_ADMIN_PASSWORD",
      GF_SECURITY_ADMIN_PASS: "GF_SECURITY_ADMIN_PASSWORD",
      GF_SECURITY_PASSWORD: "GF_SECURITY_ADMIN_PASSWORD",
      GRAFANA_ADMIN_PASSWORD: "GF_SECURITY_ADMIN_PASSWORD",
      GRAFANA_PASSWORD: "GF_SECURITY_ADMIN_PASSWORD",
    },
    fileEnding: "__FILE",
  },
  {
    title: "ClickHouse",
    image: /^clickhouse(?:\/clickhouse-server)?$/,
    reads: [
      "CLICKHOUSE_DB",
      "CLICKHOUSE_USER",
      "CLICKHOUSE_PASSWORD",
      "CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT",
    ],
    taken: {
      CLICKHOUSE_DATABASE: "CLICKHOUSE_DB",
      CLICKHOUSE_DB_NAME: "CLICKHOUSE_DB",
      CLICKHOUSE_USERNAME: "CLICKHOUSE_USER",
      CLICKHOUSE_PASS: "CLICKHOUSE_PASSWORD",
      CLICKHOUSE_PASSWD: "CLICKHOUSE_PASSWORD",
    },
  },
  {
    title: "InfluxDB 2",
    image: /^influxdb$/,
    tag: /^2(?:\.|-|$)/,
    reads: [],
    taken: Object.fromEntries([
      ...["MODE", "USERNAME", "PASSWORD", "ORG", "BUCKET", "RETENTION", "ADMIN_TOKEN"].map((it) => [
        `INFLUXDB_INIT_${it}`,
        `DOCKER_INFLUXDB_INIT_${it}`,
      ]),
      ["DOCKER_INFLUXDB_INIT_TOKEN", "DOCKER_INFLUXDB_INIT_ADMIN_TOKEN"],
      ["DOCKER_INFLUXDB_INIT_USER", "DOCKER_INFLUXDB_INIT_USERNAME"],
      ["DOCKER_INFLUXDB_INIT_ORGANIZATION", "DOCKER_INFLUXDB_INIT_ORG"],
    ]),
  },
  {
    title: "Elasticsearch",
    image: /^(?:docker\.elastic\.co\/elasticsearch\/)?elasticsearch$/,
    reads: [
      "discovery.type",
      "xpack.security.enabled",
      "cluster.initial_master_nodes",
      "discovery.seed_hosts",
    ],
    taken: {},
  },
  {
    // docs.sonarsource.com, Environment variables of 9.9 to today (read 2026-11-27); up to 7 they began otherwise (run.sh of 7.9).
    title: "SonarQube",
    image: /^sonarqube$/,
    tag: /^(?:9|1\d|2[5-9])\b/,
    reads: ["SONAR_JDBC_URL", "SONAR_JDBC_USERNAME", "SONAR_JDBC_PASSWORD"],
    taken: {
      SONARQUBE_JDBC_URL: "SONAR_JDBC_URL",
      SONARQUBE_JDBC_USERNAME: "SONAR_JDBC_USERNAME",
      SONARQUBE_JDBC_PASSWORD: "SONAR_JDBC_PASSWORD",
      SONAR_JDBC_USER: "SONAR_JDBC_USERNAME",
    },
  },
  {
    // kibana-docker of elastic/kibana: only settings that Kibana knows are handed on (as generally known).
    title: "Kibana",
    image: /^(?:docker\.elastic\.co\/kibana\/)?kibana$/,
    tag: /^[789]\./,
    reads: ["ELASTICSEARCH_HOSTS", "ELASTICSEARCH_USERNAME", "ELASTICSEARCH_PASSWORD"],
    taken: {
      ELASTICSEARCH_URL: "ELASTICSEARCH_HOSTS",
      ELASTICSEARCH_HOST: "ELASTICSEARCH_HOSTS",
      ELASTICSEARCH_USER: "ELASTICSEARCH_USERNAME",
    },
  },
  {
    title: "Keycloak",
    image: /^(?:quay\.io\/)?keycloak\/keycloak$/,
    tag: /^(?:1[7-9]|2[0-5])(?:\.\d+)*$/,
    reads: [],
    taken: {
      KEYCLOAK_USER: "KEYCLOAK_ADMIN",
      KEYCLOAK_PASSWORD: "KEYCLOAK_ADMIN_PASSWORD",
      KEYCLOAK_ADMIN_USER: "KEYCLOAK_ADMIN",
      KC_BOOTSTRAP_ADMIN_USERNAME: "KEYCLOAK_ADMIN",
      KC_BOOTSTRAP_ADMIN_PASSWORD: "KEYCLOAK_ADMIN_PASSWORD",
      ...KEYCLOAK_DATABASE,
    },
  },
  {
    title: "Keycloak",
    image: /^(?:quay\.io\/)?keycloak\/keycloak$/,
    tag: /^(?:2[6-9](?:\.|$)|latest$)/,
    reads: [],
    taken: {
      KEYCLOAK_USER: "KC_BOOTSTRAP_ADMIN_USERNAME",
      KEYCLOAK_PASSWORD: "KC_BOOTSTRAP_ADMIN_PASSWORD",
      KEYCLOAK_ADMIN_USER: "KC_BOOTSTRAP_ADMIN_USERNAME",
      KC_ADMIN_USER: "KC_BOOTSTRAP_ADMIN_USERNAME",
      KC_ADMIN_PASSWORD: "KC_BOOTSTRAP_ADMIN_PASSWORD",
      KC_BOOTSTRAP_ADMIN_USER: "KC_BOOTSTRAP_ADMIN_USERNAME",
      ...KEYCLOAK_DATABASE,
    },
  },
];

/** Names that do the same: older ones that are still read. */
const SAME: Readonly<Record<string, string>> = {
  KC_BOOTSTRAP_ADMIN_USERNAME: "KEYCLOAK_ADMIN",
  KC_BOOTSTRAP_ADMIN_PASSWORD: "KEYCLOAK_ADMIN_PASSWORD",
  MSSQL_SA_PASSWORD: "SA_PASSWORD",
  MINIO_ROOT_USER: "MINIO_ACCESS_KEY",
  MINIO_ROOT_PASSWORD: "MINIO_SECRET_KEY",
};

/** The variables of the image that a service runs as it is, where nothing but the image's own programs can read them. */
export const imageVariablesOf = notedOnService((service): ImageVariables | undefined => {
  const image = service.image?.value;
  if (!image || service.build || service.imageBuild || !service.complete) return undefined;
  const found = images.find(
    (it) => it.image.test(image.name) && (!it.tag || it.tag.test(image.tag ?? "latest")),
  );
  return found && startsItself(service) ? found : undefined;
});

/** The image's own entrypoint, and no shell or script behind it. */
function startsItself({ entrypoint, command }: Service): boolean {
  if (entrypoint) return false;
  if (!command) return true;
  return (
    command.words !== undefined && !/(?:^|\/)(?:ba|da|a|z)?sh$|\.(?:sh|py|js)$/.test(command.words[0] ?? "sh")
  );
}

/** A variable that the image does not read, and the one that was meant. */
export interface MisnamedVariable {
  readonly entry: EnvironmentEntry;
  readonly title: string;
  /** Undefined where there is none. */
  readonly right: string | undefined;
  /** What is so then, where there is none. */
  readonly because: string | undefined;
}

/**
 * What the service sets under a name that its image does not read, while it does not set what the image does read. Not where the
 * name is written a second time in the service (a health check or command may use it), where scripts or configuration are mounted
 * that may ask for it, and not what several services share, as one of them may read it.
 */
export function misnamedVariables(service: Service, { file }: ComposeProject): readonly MisnamedVariable[] {
  const known = imageVariablesOf(service);
  if (!known || !service.environmentComplete || mayBeReadByMounted(service)) return [];
  const set = new Set(service.environment.map((it) => it.name.value));
  return service.environment.flatMap((entry) => {
    const name = entry.name.value;
    if (entry.inFile || !entry.value || entry.value.shared) return [];
    const ending = name.endsWith("_FILE") ? "_FILE" : "";
    const right = meant(name.slice(0, name.length - ending.length), known);
    const because = valueIn(known.nothing ?? {}, name);
    if (right === undefined ? because === undefined : isSet(right, set)) return [];
    if (isNamedElsewhere(entry, service, file.text)) return [];
    return [{ entry, title: known.title, right: right === undefined ? undefined : right + ending, because }];
  });
}

function meant(name: string, { reads, taken }: ImageVariables): string | undefined {
  if (reads.includes(name)) return undefined;
  const right = valueIn(taken, name);
  if (right !== undefined || name.length < 8) return right;
  const near = nearestName(name, reads, 2);
  // One letter makes another word of a short name: POSTGRES_DSN is no slip of POSTGRES_DB.
  return near !== undefined && (near.length > 14 || nearestName(name, [near], 1) !== undefined)
    ? near
    : undefined;
}

function isSet(right: string, set: ReadonlySet<string>): boolean {
  const twin = right.startsWith("MARIADB_")
    ? right.replace("MARIADB_", "MYSQL_")
    : right.replace("MYSQL_", "MARIADB_");
  return [right, twin, valueIn(SAME, right) ?? right].some((it) =>
    ["", "_FILE", "__FILE"].some((ending) => set.has(it + ending)),
  );
}

/** Data and SQL ask for no variable; all else that is mounted may. */
function mayBeReadByMounted({ mounts, configs }: Service): boolean {
  return (
    configs.length > 0 ||
    mounts.some(({ kind, target: { value } }) => {
      if (value.includes(HOLE)) return true;
      if (kind === "volume" || kind === "anonymous" || kind === "tmpfs") return /initdb|conf/.test(value);
      return !/\.sql(?:\.gz)?$|^\/(?:data|var\/lib|var\/www\/html\/wp-content)(?:\/|$)|^\/etc\/localtime$/.test(
        value,
      );
    })
  );
}

function isNamedElsewhere({ name }: EnvironmentEntry, { span }: Service, text: string): boolean {
  const lineStart = text.lastIndexOf("\n", name.span.start) + 1;
  const lineEnd = text.indexOf("\n", name.span.end);
  const others = `${text.slice(span.start, Math.max(lineStart, span.start))}\n${lineEnd < 0 ? "" : text.slice(lineEnd, span.end)}`;
  return new RegExp(`(?<!\\w)${literally(name.value)}(?!\\w)`).test(others);
}

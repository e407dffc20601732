import { POSTGRES_IMAGES } from "../../image/postgres-images.ts";
import type { KnownServer } from "./known-server.ts";
import {
  commandTest,
  hostVariable,
  majorVersion,
  noReadyTest,
  settingOf,
  shellTest,
  writtenSetting,
} from "./ready-tests.ts";

/**
 * Programs: tools column of the image facts (docker-library Dockerfiles, read 2026-09). Official images set no HEALTHCHECK as a
 * matter of policy (docker-library/faq#healthcheck). During its first start each of these images runs a server for its
 * initialisation that listens on the socket alone, so the tests ask over TCP where the program lets them.
 */
export const databases: readonly KnownServer[] = [
  {
    title: "PostgreSQL",
    isDatabase: true,
    port: 5432,
    dataPath: "/var/lib/postgresql",
    image: /^(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?|supabase-postgres|pgautoupgrade)$/,
    secretFiles: true,
    official: POSTGRES_IMAGES,
    schemes: ["postgres", "postgresql", "pgsql"],
    variable: hostVariable("POSTGRES|POSTGRESQL|PG|PGSQL", "PGHOST"),
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
    secretFiles: true,
    official: ["mysql"],
    schemes: ["mysql", "mysql2", "mysqlx"],
    variable: hostVariable("MYSQL"),
    // `ping` succeeds as soon as the server answers, also with "access denied" (MySQL manual, mysqladmin).
    readyTest: () => commandTest("mysqladmin", "ping", "-h", "127.0.0.1", "--silent"),
  },
  {
    title: "MariaDB",
    isDatabase: true,
    port: 3306,
    dataPath: "/var/lib/mysql",
    image: /^mariadb$/,
    secretFiles: true,
    official: ["mariadb"],
    schemes: ["mariadb", "mysql"],
    variable: hostVariable("MARIADB|MYSQL"),
    // In the image since 10.3 (MariaDB knowledge base, "Using healthcheck.sh").
    readyTest: (service) =>
      majorVersion(service) < 10
        ? undefined
        : commandTest("healthcheck.sh", "--connect", "--innodb_initialized"),
  },
  {
    title: "MongoDB",
    isDatabase: true,
    port: 27017,
    dataPath: "/data/db",
    image: /^(?:mongo|mongodb|mongodb-community-server)$/,
    secretFiles: true,
    official: ["mongo"],
    schemes: ["mongodb"],
    variable: hostVariable("MONGO|MONGODB", "ME_CONFIG_MONGODB_SERVER"),
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
    title: "SQL Server",
    isDatabase: true,
    port: 1433,
    dataPath: "/var/opt/mssql",
    image: /^azure-sql-edge$/,
    official: ["mcr.microsoft.com/mssql/server"],
    schemes: ["sqlserver", "mssql"],
    variable: hostVariable("MSSQL|SQLSERVER|SQL_SERVER"),
    // The folder has a number since the images of 2024, and `-C` trusts the certificate that the server makes itself.
    readyTest: (service) => {
      const name = writtenSetting(service, "SA_PASSWORD") === undefined ? "MSSQL_SA_PASSWORD" : "SA_PASSWORD";
      return shellTest(`/opt/mssql-tools*/bin/sqlcmd -C -S 127.0.0.1 -U sa -P "$$${name}" -Q "SELECT 1"`);
    },
  },
  {
    title: "Elasticsearch",
    isDatabase: true,
    isNamedAlone: true,
    port: 9200,
    dataPath: "/usr/share/elasticsearch/data",
    image: /^elasticsearch(?:-oss)?$/,
    official: ["elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch"],
    schemes: [],
    variable: hostVariable("ELASTICSEARCH|ELASTIC|ES"),
    // Any answer will do, that nobody has logged in too. Since 8 it speaks TLS unless security is switched off.
    readyTest: (service) => {
      const isOpen =
        writtenSetting(service, "xpack.security.enabled") === "false" || majorVersion(service) < 8;
      return commandTest(
        ...(isOpen
          ? ["curl", "-s", "-o", "/dev/null", "http://127.0.0.1:9200"]
          : ["curl", "-sk", "-o", "/dev/null", "https://127.0.0.1:9200"]),
      );
    },
  },
  {
    title: "OpenSearch",
    isDatabase: true,
    isNamedAlone: true,
    port: 9200,
    dataPath: "/usr/share/opensearch/data",
    image: /^opensearch$/,
    official: ["opensearchproject/opensearch"],
    schemes: [],
    variable: hostVariable("OPENSEARCH|ELASTICSEARCH"),
    readyTest: noReadyTest,
  },
  {
    title: "ClickHouse",
    isDatabase: true,
    isNamedAlone: true,
    port: 9000,
    dataPath: "/var/lib/clickhouse",
    image: /^clickhouse(?:-server)?$/,
    official: ["clickhouse/clickhouse-server", "clickhouse"],
    schemes: ["clickhouse"],
    variable: hostVariable("CLICKHOUSE"),
    readyTest: () => commandTest("wget", "-q", "--spider", "http://127.0.0.1:8123/ping"),
  },
  {
    title: "Cassandra",
    isDatabase: true,
    isNamedAlone: true,
    port: 9042,
    dataPath: "/var/lib/cassandra",
    image: /^cassandra$/,
    official: ["cassandra"],
    schemes: ["cassandra"],
    variable: hostVariable("CASSANDRA", ".*CASSANDRA_CONTACT_POINTS?"),
    readyTest: () => commandTest("cqlsh", "-e", "DESCRIBE KEYSPACES"),
  },
  {
    title: "Neo4j",
    isDatabase: true,
    isNamedAlone: true,
    port: 7687,
    dataPath: "/data",
    image: /^neo4j$/,
    official: ["neo4j"],
    schemes: ["bolt", "neo4j"],
    variable: hostVariable("NEO4J"),
    readyTest: noReadyTest,
  },
];

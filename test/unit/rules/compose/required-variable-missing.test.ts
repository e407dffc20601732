import { expect, test } from "vitest";
import { requiredVariableMissing as rule } from "../../../../server/src/rules/compose/required-variable-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in each of the databases", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: mysql:8.4
               ^^^^^^^^^ required-variable-missing: MySQL makes no new database without MYSQL_ROOT_PASSWORD.
        environment: [MYSQL_DATABASE=app, MYSQL_ROOT_PASSWORD=]
      b:
        image: mysql:8.4
        environment: {MYSQL_ROOT_PASSWORD: x, MYSQL_USER: root}
                                              ^^^^^^^^^^ required-variable-missing: MySQL makes no user root by MYSQL_USER: it is there, with MYSQL_ROOT_PASSWORD.
      c:
        image: mariadb
               ^^^^^^^ required-variable-missing: MariaDB makes no new database without MARIADB_ROOT_PASSWORD.
        command: --character-set-server=utf8mb4
      d:
        image: mongo:8.0
        environment: {MONGO_INITDB_ROOT_USERNAME: root}
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ required-variable-missing: MongoDB does not start with MONGO_INITDB_ROOT_USERNAME alone: it needs MONGO_INITDB_ROOT_PASSWORD too.
      e:
        image: postgis/postgis:18-3.6
               ^^^^^^^^^^^^^^^^^^^^^^ required-variable-missing
        command: [postgres, -c, fsync=off]
        volumes: ["data:/var/lib/postgresql"]
    volumes: {data: {}}
  `;
});

test("of an image that a Dockerfile adds files to, unless it makes a database itself", () => {
  const dockerfiles = {
    "db/Dockerfile": "FROM postgres:17\nRUN apt-get update\nCOPY init.sql /docker-entrypoint-initdb.d/\n",
    "old/Dockerfile": "FROM postgres:9.6.1\nCOPY init.sql /docker-entrypoint-initdb.d/\n",
    "made/Dockerfile": "FROM mysql:8.4\nRUN mysqld --initialize-insecure\n",
    "own/Dockerfile": "FROM mysql:8.4\nCOPY docker-entrypoint.sh /usr/local/bin/\n",
    "set/Dockerfile": "FROM postgres:17\nENV POSTGRES_PASSWORD=x\n",
    "sql/Dockerfile": "FROM mcr.microsoft.com/mssql/server:2022-latest\nCOPY a.sql /a.sql\n",
  };
  reportsInCompose(rule, { dockerfiles })`
    services:
      db: {build: db}
                  ^^ required-variable-missing: PostgreSQL makes no new database without POSTGRES_PASSWORD.
      old: {build: old}
      made: {build: made}
      own: {build: own}
      set: {build: set}
      sql: {build: {context: sql}, environment: [MSSQL_SA_PASSWORD=Secret-1234]}
                   ^^^^^^^^^^^^^^ required-variable-missing: SQL Server does not start without ACCEPT_EULA.
  `;
});

test("PostgreSQL since the images of February 2020", () => {
  const told = (tag: string) => foundInCompose(rule, `services:\n  db: {image: "${tag}"}\n`, {}).length > 0;
  for (const it of [
    "postgres:9",
    "postgres:9.4",
    "postgres:9.6-alpine",
    "postgres:12",
    "postgres:11.7",
    "postgres:12.2-alpine",
  ])
    expect(told(it), it).toBe(true);
  for (const it of [
    "pgvector/pgvector:0.8.1-pg17",
    "postgis/postgis:9.6-2.5",
    "timescale/timescaledb:latest-pg16",
  ])
    expect(told(it), it).toBe(true);
  for (const it of [
    "postgres:9.3",
    "postgres:9.4.25",
    "postgres:9.6.2",
    "postgres:10.4",
    "postgres:11.5-alpine",
    "postgres:12.1",
  ])
    expect(told(it), it).toBe(false);
  expect(told("timescale/timescaledb:1.7.4-pg11")).toBe(false);
});

test("not where it may be given, or is not needed", () => {
  expectComposeProblems(rule, "services:\n  db: {image: postgres}\n", { alone: false });
  reportsInCompose(rule, { files: { "db.env": "POSTGRES_PASSWORD=x\n" } })`
    services:
      a: {image: postgres, environment: {POSTGRES_HOST_AUTH_METHOD: trust}}
      b: {image: postgres, environment: {POSTGRES_PASSWORD_FILE: /run/secrets/x}}
      c: {image: postgres, environment: [POSTGRES_PASSWORD]}
      d: {image: postgres, environment: ["POSTGRES_PASSWORD=\${PASSWORD}"]}
      e: {image: postgres, env_file: db.env}
      f: {image: postgres, env_file: other.env}
      g: {image: postgres, command: pg_dump app}
      h: {image: postgres, entrypoint: sleep infinity}
      i: {image: postgres, volumes: ["old:/var/lib/postgresql"]}
      j: {image: "postgres:9.3"}
      k: {image: mysql, environment: {MYSQL_ALLOW_EMPTY_PASSWORD: "yes"}}
      l: {image: mariadb, environment: {MYSQL_ROOT_PASSWORD: x}}
      m: {image: mongo}
      n: {image: bitnami/postgresql}
      o: {image: "postgres@sha256:0000000000000000000000000000000000000000000000000000000000000000"}
    volumes: {old: {external: true}}
  `;
});

test("the variable is asked for in each form", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        environment:
          - POSTGRES_USER=app # ours
    ->
    services:
      db:
        image: postgres:18
        environment:
          - POSTGRES_USER=app # ours
          - "POSTGRES_PASSWORD=\${POSTGRES_PASSWORD}"
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      db: {image: "postgres:18"}
    ->
    services:
      db: {image: "postgres:18", environment: {POSTGRES_PASSWORD: "\${POSTGRES_PASSWORD}"}}
  `;
});

test("SQL Server starts with its licence accepted only", () => {
  fixesInCompose(rule, "unsafe", "Accept")`
    services:
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment:
          - MSSQL_SA_PASSWORD=Str0ng-Passw0rd
    ->
    services:
      db:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment:
          - MSSQL_SA_PASSWORD=Str0ng-Passw0rd
          - "ACCEPT_EULA=Y"
  `;
  reportsInCompose(rule)`
    services:
      a:
        image: mcr.microsoft.com/mssql/server:2022-latest
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ required-variable-missing: SQL Server does not start without ACCEPT_EULA.
        environment: {MSSQL_SA_PASSWORD: Str0ng-Passw0rd}
      b:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {MSSQL_SA_PASSWORD: Str0ng-Passw0rd, ACCEPT_EULA: }
      c:
        image: mcr.microsoft.com/mssql/server:2022-latest
        environment: {MSSQL_SA_PASSWORD: Str0ng-Passw0rd, ACCEPT_EULA: "Y"}
  `;
});

test("says which variable was meant for it", () => {
  fixesInCompose(rule, "unsafe", "Replace")`
    services:
      db:
        image: postgres:17
        environment:
          POSTGRES_PASSWD: x
    ->
    services:
      db:
        image: postgres:17
        environment:
          POSTGRES_PASSWORD: x
  `;
});

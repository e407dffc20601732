import { test } from "vitest";
import { databaseNotPersisted as rule } from "../../../../server/src/rules/compose/database-not-persisted.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("other mounts keep nothing", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: postgres:17
               ^^^^^^^^^^^ database-not-persisted: The data of PostgreSQL in /var/lib/postgresql/data are lost with the container: nothing is mounted there.
        volumes: ["./init:/docker-entrypoint-initdb.d"]
      b:
        image: mongo:8.0
               ^^^^^^^^^ database-not-persisted
        volumes: ["./config:/data/configdb"]
  `;
});

test("not where the data are kept, or are to be lost", () => {
  expectComposeProblems(rule, "services:\n  db: {image: mysql}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:17", volumes: ["data:/var/lib/postgresql"]}
      b: {image: "postgres:18", volumes: ["./data:/var/lib/postgresql/18/docker"]}
      c: {image: mysql, tmpfs: /var/lib/mysql}
      d: {image: mysql, volumes: ["data:\${PATH_OF_DATA}"]}
      e: {image: postgres, volumes: ["data:/var/lib/postgresql/18"]}
      f: {image: postgres, environment: {PGDATA: /x}, volumes: ["data:/x"]}
      g: {image: mysql, command: --datadir=/x, volumes: ["data:/x"]}
      h: {image: mysql, profiles: [test]}
      i: {image: mysql, command: mysqldump app}
      j: {image: redis}
      k: {image: bitnami/mysql}
      l: {image: mysql, volumes: [{type: tmpfs, target: /var/lib/mysql}]}
    volumes: {data: {}}
  `;
});

test("of Redis only where it is told to keep them", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "redis:8", command: redis-server --appendonly yes}
                  ^^^^^^^ database-not-persisted: The data of Redis in /data are lost with the container: nothing is mounted there.
      b: {image: "redis:8", command: [redis-server, --save, "60 1"]}
                  ^^^^^^^ database-not-persisted
      c: {image: "redis:8", command: redis-server --appendonly no --save ""}
      d: {image: "redis:8", command: redis-server --appendonly yes, volumes: ["kept:/data"]}
      e: {image: "redis:8", command: redis-server --appendonly yes, tmpfs: /data}
    volumes: {kept: }
  `;
});

test("a volume is mounted and declared", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
    ->
    services:
      db:
        image: postgres:18
        volumes: ["db:/var/lib/postgresql"]

    volumes:
      db:
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:17 # old
        volumes:
          - ./init:/docker-entrypoint-initdb.d
      web: {image: web, volumes: ["db:/x"]}
    volumes:
      db:
    ->
    services:
      db:
        image: postgres:17 # old
        volumes:
          - ./init:/docker-entrypoint-initdb.d
          - "db-data:/var/lib/postgresql/data"
      web: {image: web, volumes: ["db:/x"]}
    volumes:
      db:
      db-data:
  `;
});

test("other databases, and one that is built", () => {
  reportsInCompose(rule, {
    dockerfiles: { "db/Dockerfile": "FROM postgres:17\nCOPY a.sql /docker-entrypoint-initdb.d/\n" },
  })`
    services:
      mssql: {image: mcr.microsoft.com/mssql/server:2022-latest}
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ database-not-persisted
      es: {image: elasticsearch:8.15.0}
                  ^^^^^^^^^^^^^^^^^^^^ database-not-persisted: The data of Elasticsearch in /usr/share/elasticsearch/data are lost with the container: nothing is mounted there.
      graph: {image: "neo4j:5", volumes: ["graph:/data"]}
      own: {build: ./db}
                   ^^^^ database-not-persisted: The data of PostgreSQL in /var/lib/postgresql/data are lost with the container: nothing is mounted there.
  `;
});

test("a volume where this database keeps nothing", () => {
  reportsInCompose(rule)`
    services:
      pg:
        image: postgres:16
        volumes: [pg:/var/lib/postgres]
                     ^^^^^^^^^^^^^^^^^ database-not-persisted: PostgreSQL keeps its data in /var/lib/postgresql/data, so this volume stays empty, and the data are lost with the container.
      mongo:
        image: mongo:8
        volumes:
          - type: volume
            source: mongo
            target: /var/lib/mongodb
                    ^^^^^^^^^^^^^^^^ database-not-persisted
      other:
        image: mongo:8
               ^^^^^^^ database-not-persisted: The data of MongoDB in /data/db are lost with the container: nothing is mounted there.
        volumes: [backups:/data/backups, "./data:/import"]
    volumes: {pg: , mongo: , backups: }
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      mongo:
        image: mongo:8
        volumes: ["mongo:/var/lib/mongodb"]
    volumes: {mongo: }
    ->
    services:
      mongo:
        image: mongo:8
        volumes: ["mongo:/data/db"]
    volumes: {mongo: }
  `;
});

test("PostgreSQL's version stands behind pg in the tags of extensions", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: pgvector/pgvector:pg16
               ^^^^^^^^^^^^^^^^^^^^^^ database-not-persisted: The data of PostgreSQL in /var/lib/postgresql/data are lost with the container: nothing is mounted there.
      b:
        image: pgvector/pgvector:0.8.1-pg18
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ database-not-persisted: The data of PostgreSQL in /var/lib/postgresql are lost with the container: nothing is mounted there.
      c:
        image: timescale/timescaledb:2.14.2-pg15
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ database-not-persisted: The data of PostgreSQL in /var/lib/postgresql/data are lost with the container: nothing is mounted there.
  `;
});

test("volumes above and below the place of the data", () => {
  reportsInCompose(rule)`
    services:
      m: {image: "mysql:8.4", volumes: ["data:/var/lib/mysql/data"]}
                                              ^^^^^^^^^^^^^^^^^^^ database-not-persisted: MySQL keeps its data in /var/lib/mysql, so this volume stays empty, and the data are lost with the container.
      n: {image: "mariadb:11", volumes: ["./db:/var/lib/mysql-data"]}
                                               ^^^^^^^^^^^^^^^^^^^ database-not-persisted: MariaDB keeps its data in /var/lib/mysql, so this folder stays empty, and the data are lost with the container.
      o: {image: "mongo:8", volumes: ["data:/data"]}
                                            ^^^^^ database-not-persisted: MongoDB keeps its data in /data/db, so this volume stays empty, and the data are lost with the container.
      p: {image: "mongo:8", volumes: ["data:/data/configdb"]}
                                            ^^^^^^^^^^^^^^ database-not-persisted
      q: {image: "postgres:17", volumes: ["data:/var/lib/postgresql/data/pgdata"]}
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ database-not-persisted
      r: {image: "redis:8", volumes: ["data:/var/lib/redis"]}
                                            ^^^^^^^^^^^^^^ database-not-persisted: Redis keeps its data in /data, so this volume stays empty, and the data are lost with the container.
      s: {image: "rabbitmq:4", volumes: ["data:/var/lib/rabbit"]}
                                               ^^^^^^^^^^^^^^^ database-not-persisted
    volumes: {data: {}}
  `;
  reportsInCompose(rule)`
    services:
      m: {image: "mysql:8.4", volumes: ["data:/var/lib/mysql", "data:/var/lib/mysql/data"]}
      n: {image: "mysql:8.4", volumes: ["data:/var/lib/mysql/app", "files:/var/lib/mysql-files"]}
      o: {image: "elasticsearch:8.15.0", volumes: ["data:/usr/share/elasticsearch"]}
      p: {image: "redis:8", command: redis-server --dir /redis, volumes: ["data:/redis"]}
      q: {image: "redis:8", volumes: ["conf:/usr/local/etc/redis", "./redis:/redis"]}
      r: {image: "redis:8", command: redis-server /etc/redis.conf, volumes: ["data:/var/lib/redis"]}
      s: {image: "rabbitmq:4", environment: {RABBITMQ_MNESIA_BASE: /var/lib/mq}, volumes: ["data:/var/lib/mq"]}
      t: {image: "postgres:17", environment: {PGDATA: /var/lib/postgresql/data/pgdata}, volumes: ["data:/var/lib/postgresql/data/pgdata"]}
    volumes: {data: {}, files: {}, conf: {}}
  `;
});

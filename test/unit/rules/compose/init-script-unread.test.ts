import { test } from "vitest";
import { initScriptUnread as rule } from "../../../../server/src/rules/compose/init-script-unread.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("names that are only like that of the folder", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: mysql:8.4
        volumes:
          - ./a.sql:/docker-entrypoint-initdb/a.sql
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: MySQL runs what is in /docker-entrypoint-initdb.d, and nothing that is mounted here.
      b:
        image: mongo:8
        volumes:
          - type: bind
            source: ./seed.js
            target: /docker-entrypoint.d/seed.js
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread
      c:
        image: mariadb:11.8
        volumes: ["./init:/etc/docker-entrypoint-initdb.d/:ro"]
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread
      d:
        image: pgvector/pgvector:pg17
        volumes: ["./init:/initdb.d"]
                          ^^^^^^^^^ init-script-unread
  `;
});

test("the name is mended, with what stands behind it", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        volumes:
          - ./a.sql:/docker-entrypoint-init.d/a.sql:ro
    ->
    services:
      db:
        image: postgres:18
        volumes:
          - ./a.sql:/docker-entrypoint-initdb.d/a.sql:ro
  `;
});

test("images that run no scripts at all", () => {
  reportsInCompose(rule)`
    services:
      broker:
        image: rabbitmq:4-management
        volumes:
          - ./users.sh:/docker-entrypoint-init.d/users.sh
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: The image of RabbitMQ runs no scripts of /docker-entrypoint-init.d.
  `;
});

test("not where something else may read them", () => {
  reportsInCompose(rule)`
    services:
      right:
        image: postgres:18
        volumes:
          - ./run.sh:/docker-entrypoint-initdb.d/run.sh
          - ./sql:/docker-entrypoint-initdb
      command:
        image: mysql:8.4
        command: --init-file=/docker-entrypoint-init/a.sql
        volumes: ["./a.sql:/docker-entrypoint-init/a.sql"]
      variable:
        image: postgres:18
        environment: {SCRIPTS: /docker-entrypoint-init.d}
        volumes: ["./a:/docker-entrypoint-init.d"]
      entrypoint:
        image: postgres:18
        entrypoint: ["/start.sh"]
        volumes: ["./a:/docker-entrypoint-init.d"]
      script:
        image: postgres:18
        volumes: ["./entry.sh:/docker-entrypoint.sh", "./x:/usr/local/bin/docker-entrypoint.sh"]
      volume:
        image: postgres:18
        volumes: ["scripts:/docker-entrypoint-init.d", "./a:/\${FOLDER}"]
      bitnami:
        image: bitnamilegacy/postgresql:17
        volumes: ["./a:/docker-entrypoint-preinitdb.d"]
      seeded:
        image: mcr.microsoft.com/mssql/server:2022-latest
        command: bash -c "/opt/mssql/bin/sqlservr & sqlcmd -i /docker-entrypoint-initdb.d/a.sql"
        volumes: ["./a.sql:/docker-entrypoint-initdb.d/a.sql"]
      other:
        build: db
        volumes: ["./a:/docker-entrypoint-init.d"]
  `;
});

const files = {
  "init.sql": "select 1;\n",
  "seed.js": "db.a.insertOne({})\n",
  "seed.json": "[]\n",
  "sql/1.sql": "select 1;\n",
  "migrations/1/migration.sql": "select 1;\n",
  "empty.txt": "",
};

test("what the database takes no notice of", () => {
  reportsInCompose(rule, { files })`
    services:
      below:
        image: mysql:8.4
        volumes:
          - ./sql:/docker-entrypoint-initdb.d/sql
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: MySQL runs the files of /docker-entrypoint-initdb.d itself, and goes into no folder there.
      folders:
        image: postgres:18
        volumes:
          - ./migrations:/docker-entrypoint-initdb.d
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: Nothing in ./migrations is a script that PostgreSQL runs: it takes .sql and .sh.
      ending:
        image: mongo:8
        volumes:
          - ./seed.json:/docker-entrypoint-initdb.d/seed.json
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: MongoDB runs no such file: it takes .js and .sh.
  `;
});

test("not where one of them is run, and may read the others", () => {
  reportsInCompose(rule, { files })`
    services:
      a:
        image: mongo:8
        volumes: ["./seed.js:/docker-entrypoint-initdb.d/seed.js", "./seed.json:/docker-entrypoint-initdb.d/seed.json"]
      b:
        image: mysql:8.4
        volumes: ["./sql:/docker-entrypoint-initdb.d/sql", "./unknown.sh:/docker-entrypoint-initdb.d/1.sh"]
      c:
        image: postgres:18
        volumes: ["./sql:/docker-entrypoint-initdb.d", "./unknown:/docker-entrypoint-initdb.d/x"]
      d:
        image: postgres:18
        volumes: ["./migrations:/docker-entrypoint-initdb.d", "scripts:/docker-entrypoint-initdb.d/a"]
  `;
});

test("LocalStack's folder until 2.0", () => {
  reportsInCompose(rule)`
    services:
      new:
        image: localstack/localstack:3.8
        volumes:
          - ./aws:/docker-entrypoint-initaws.d
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread: LocalStack 2 and later run what is in /etc/localstack/init/ready.d, and nothing that is mounted here.
      latest:
        image: localstack/localstack
        volumes:
          - ./init.sh:/docker-entrypoint-initaws.d/init.sh
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ init-script-unread
      old:
        image: localstack/localstack:1.4
        volumes: ["./aws:/docker-entrypoint-initaws.d"]
      older:
        image: localstack/localstack:0.14.2
        volumes: ["./aws:/docker-entrypoint-initaws.d"]
      right:
        image: localstack/localstack:3
        volumes: ["./init.sh:/etc/localstack/init/ready.d/init.sh"]
  `;
});

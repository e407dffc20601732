import { test } from "vitest";
import { dataVolumeShared as rule } from "../../../../server/src/rules/compose/data-volume-shared.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("servers of one kind, of other versions, in either form", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:16", volumes: ["data:/var/lib/postgresql/data"]}
      b: {image: "postgres:17-alpine", volumes: [{type: volume, source: data, target: /var/lib/postgresql/data/}]}
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ data-volume-shared: The PostgreSQL of b and the PostgreSQL of a keep their data in one volume, data.
      c: {image: "mysql:8.4", command: --max-connections=9, volumes: ["my:/var/lib/mysql"]}
      d: {image: "mariadb:11", volumes: ["my:/var/lib/mysql"]}
                                          ^^^^^^^^^^^^^^^^^ data-volume-shared: The MariaDB of d and the MySQL of c keep their data in one volume, my.
      e: {image: "postgres:18", profiles: [x], volumes: ["new:/var/lib/postgresql"]}
      f: {image: "postgres:18.1", profiles: [x, y], volumes: ["new:/var/lib/postgresql"]}
                                                               ^^^^^^^^^^^^^^^^^^^^^^^ data-volume-shared
      g: {image: mongo, volumes: ["mo:/data/db"]}
      h: {image: mongo, volumes: ["mo:/data/db"]}
                                   ^^^^^^^^^^^ data-volume-shared
    volumes: {data: , my: , new: , mo: }
  `;
});

test("not where they do not meet in one folder", () => {
  for (const other of [
    '{image: "postgres:16", volumes: ["other:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", volumes: ["data:/backup"]}',
    '{image: "postgres:16", command: pg_dump -h a, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", entrypoint: [sh, -c, "ls"], volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", environment: {PGDATA: /var/lib/postgresql/data/b}, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", env_file: x.env, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", profiles: [old], volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", scale: 0, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", deploy: {replicas: 0}, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:16", volumes: ["data:/var/lib/postgresql/data:ro"]}',
    '{image: "postgres:16", depends_on: {a: {condition: service_completed_successfully}}, volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "postgres:18", volumes: ["data:/var/lib/postgresql"]}',
    '{image: "postgres", volumes: ["data:/var/lib/postgresql/data"]}',
    '{image: "mysql:8", command: --datadir=/x, volumes: ["data:/var/lib/mysql"]}',
    '{image: "mysql:8", volumes: [{type: volume, source: data, target: /var/lib/mysql, volume: {subpath: my}}]}',
    '{image: "mysql:8", volumes: ["${VOLUME}:/var/lib/mysql"]}',
    '{image: "example/backup", volumes: ["data:/var/lib/postgresql/data"]}',
  ])
    expectComposeProblems(
      rule,
      `services:\n  a: {image: "postgres:16", volumes: ["data:/var/lib/postgresql/data"]}\n  b: ${other}\nvolumes: {data: , other: }\n`,
    );
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:18", volumes: ["data:/var/lib/postgresql"]}
      b: {image: "postgres:19", volumes: ["data:/var/lib/postgresql"]}
    volumes: {data: }
  `;
});

import { expect, test } from "vitest";
import { publishedDatabase as rule } from "../../../../server/src/rules/compose/published-database.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("also unquoted, in the long form and on the address of all", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: redis:8
        ports:
          - 6379:6379
            ^^^^^^^^^ published-database: Redis is open to every network of the host at port 6379.
          - "0.0.0.0:6380:6379"
            ^^^^^^^^^^^^^^^^^^^ published-database
          - {target: 6379, published: 6381}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ published-database
  `;
});

test("not where it is not, or may not be", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: postgres:18
        ports: ["127.0.0.1:5432:5432", "\${ADDRESS}:5432:5432", "8080:8080", {target: 5432, published: 1, host_ip: "::1"}]
      b: {image: "mongo-express", ports: ["27017:27017"]}
      c: {image: "rabbitmq:4-management", ports: ["15672:15672"]}
      d: {build: ., ports: ["5432:5432"]}
      e: {image: "postgres:18", expose: [5432]}
  `;
});

test("binds to the loopback address in each form", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        ports:
          - 5432:5432 # for psql
    ->
    services:
      db:
        image: postgres:18
        ports:
          - 127.0.0.1:5432:5432 # for psql
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        ports:
          - target: 5432
            published: 5432
    ->
    services:
      db:
        image: postgres:18
        ports:
          - target: 5432
            published: 5432
            host_ip: 127.0.0.1
  `;
});

test("a port that is the default of a variable, and servers that are no database", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: postgres:18
        ports: ["\${DB_PORT:-5432}:5432"]
    ->
    services:
      db:
        image: postgres:18
        ports: ["127.0.0.1:\${DB_PORT:-5432}:5432"]
  `;
  reportsInCompose(rule)`
    services:
      db: {image: "postgres:18", ports: ["\${DB_PORT:-127.0.0.1:5432}:5432", "\${DB_PORT}:5432"]}
      search: {image: "elasticsearch:8.15.0", ports: ["9200:9200"]}
                                                      ^^^^^^^^^^^ published-database: Elasticsearch is open to every network of the host at port 9200.
      mssql: {image: "mcr.microsoft.com/mssql/server:2022-latest", ports: ["1433:1433"]}
                                                                           ^^^^^^^^^^^ published-database
      store: {image: "minio/minio:RELEASE.2024-09-13T20-26-02Z", ports: ["9000:9000"]}
  `;
});

test("a warning where nobody is asked for a password", () => {
  const severities = problemsInCompose(rule)`
    services:
      a: {image: postgres:18, environment: {POSTGRES_HOST_AUTH_METHOD: trust}, ports: ["5432:5432"]}
      b: {image: postgres:18, environment: {POSTGRES_HOST_AUTH_METHOD: scram-sha-256}, ports: ["5433:5432"]}
      c: {image: postgres:18, environment: {POSTGRES_HOST_AUTH_METHOD: trust}, ports: ["127.0.0.1:5434:5432"]}
  `.map((it) => [it.severity, it.message]);
  expect(severities).toEqual([
    [
      "warning",
      "PostgreSQL is open to every network of the host at port 5432, and POSTGRES_HOST_AUTH_METHOD lets everybody in without a password.",
    ],
    ["info", "PostgreSQL is open to every network of the host at port 5433."],
  ]);
});

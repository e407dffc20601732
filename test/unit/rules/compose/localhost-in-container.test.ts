import { expect, test } from "vitest";
import { localhostInContainer as rule } from "../../../../server/src/rules/compose/localhost-in-container.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in variables, data source names and lists", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment:
          - REDIS_HOST=127.0.0.1
                       ^^^^^^^^^ localhost-in-container: 127.0.0.1 is the container of api itself; Redis runs in cache.
          - DSN=app:pw@tcp(localhost:3306)/app
                           ^^^^^^^^^ localhost-in-container
          - DB_HOST=localhost
                    ^^^^^^^^^ localhost-in-container
      cache: {image: "redis:8"}
      db: {image: "mysql:8.4"}
  `;
});

test("not where localhost may be right", () => {
  reportsInCompose(rule)`
    services:
      browser:
        image: example/web
        environment:
          VITE_API_URL: http://localhost:8000
          PUBLIC_DATABASE_URL: postgres://localhost/app
          BIND_ADDR: localhost
          QUEUE_URL: amqp://localhost
          API_URL: http://localhost:8080
      hosted:
        image: example/web
        network_mode: host
        environment: {DATABASE_URL: "postgres://localhost/app"}
      db:
        image: postgres:18
        environment: {PGHOST: localhost}
  `;
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment: {DATABASE_URL: "postgres://localhost/app"}
      proxy:
        image: example/sql-proxy
        network_mode: service:api
      db:
        image: postgres:18
  `;
});

test("the port of the host goes with the name", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: a
        environment:
          DATABASE_URL: "postgres://app@localhost:5433/app"
      db:
        image: postgres:18
        ports: ["5433:5432"]
    ->
    services:
      api:
        image: a
        environment:
          DATABASE_URL: "postgres://app@db:5432/app"
      db:
        image: postgres:18
        ports: ["5433:5432"]
  `;
});

test("each service that runs such a server is offered", () => {
  const titles = offeredInCompose(rule)`
    services:
      api: {image: a, environment: {DB_HOST: localhost}}
      one: {image: "postgres:18"}
      two: {image: "postgres:17"}
  `;
  expect(titles).toEqual([["Replace localhost with one", "Replace localhost with two"]]);
});

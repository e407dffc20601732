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

const dockerfiles = {
  "a/Dockerfile": "FROM scratch\nEXPOSE 8080\n",
  "b/Dockerfile": "FROM scratch\nEXPOSE 8181\n",
};

test("the port of another service that nobody publishes", () => {
  fixesInCompose(rule, "unsafe", "", { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181/x"}}
      b: {build: b}
    ->
    services:
      a: {build: a, environment: {B_URL: "http://b:8181/x"}}
      b: {build: b}
  `;
});

test("not where a browser may be meant, the port is its own, or several have it", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181", A_URL: "http://localhost:8080"}}
      b: {build: b, ports: ["8181:8181"]}
  `;
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: a, environment: {B_URL: "http://localhost:8181", C: "http://localhost:1"}}
      b: {build: b}
      c: {build: b}
  `;
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {image: a, environment: {B_URL: "http://localhost:8181"}}
      b: {build: b}
  `;
});

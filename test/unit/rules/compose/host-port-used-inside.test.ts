import { test } from "vitest";
import { hostPortUsedInside as rule } from "../../../../server/src/rules/compose/host-port-used-inside.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in ranges, long forms and variables beside the host", () => {
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        environment:
          - DB_HOST=db
          - DB_PORT=13306
                    ^^^^^ host-port-used-inside: 13306 is db's port on the host; between containers it is 3306.
          - WEB_URL=http://web:9001/x
                               ^^^^ host-port-used-inside: 9001 is web's port on the host; between containers it is 8001.
      db:
        image: mysql:8.4
        ports: [{target: 3306, published: "13306"}]
      web:
        image: example/web
        ports: ["9000-9002:8000-8002"]
  `;
});

test("not where the service may listen there too", () => {
  reportsInCompose(rule, { dockerfiles: { Dockerfile: "FROM alpine:3.24\nEXPOSE 8080 9090\n" } })`
    services:
      api:
        image: example/api
        environment:
          A_URL: http://a:8080
          B_URL: http://b:8080
          C_URL: http://c:9090
          D_URL: http://d:8080
          E_URL: http://e:8080
          F_URL: http://elsewhere:8080
      a:
        image: example/a
        ports: ["8080:80", "8081:8080"]
      b:
        image: example/b
        command: serve --port=8080
        ports: ["8080:80"]
      c:
        build: .
        ports: ["9090:8080"]
      d:
        image: example/d
        environment: {PORT: 8080}
        ports: ["8080:80"]
      e:
        image: example/e
        ports: ["8080:\${PORT}"]
  `;
});

test("the container's port is plainly meant", () => {
  fixesInCompose(rule, "safe")`
    services:
      api:
        image: a
        environment: ["REDIS_URL=redis://cache:6380/0"] # cache
      cache:
        image: redis:8
        ports: ["6380:6379"]
    ->
    services:
      api:
        image: a
        environment: ["REDIS_URL=redis://cache:6379/0"] # cache
      cache:
        image: redis:8
        ports: ["6380:6379"]
  `;
});

test("in connection strings and env files", () => {
  reportsInCompose(rule, { files: { "a.env": "DATABASE_URL=postgres://app@db:5433/app\n" } })`
    services:
      api:
        image: example/api
        env_file: a.env
                  ^^^^^ host-port-used-inside: DATABASE_URL in a.env: 5433 is db's port on the host; between containers it is 5432.
        environment:
          - ConnectionStrings__Db=Host=db;Port=5433;Database=app;Username=app
                                               ^^^^ host-port-used-inside
          - DSN=host=db port=5433 dbname=app
                             ^^^^ host-port-used-inside
      db: {image: "postgres:18", ports: ["127.0.0.1:5433:5432"]}
  `;
});

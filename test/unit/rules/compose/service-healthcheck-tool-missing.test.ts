import { expect, test } from "vitest";
import { serviceHealthcheckToolMissing as rule } from "../../../../server/src/rules/compose/service-healthcheck-tool-missing.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

const dockerfiles = {
  "go/Dockerfile": 'FROM scratch\nCOPY api /api\nCMD ["/api"]\n',
  "alpine/Dockerfile": 'FROM alpine:3.24\nCMD ["sleep", "9"]\n',
  "curl/Dockerfile": "FROM alpine:3.24\nRUN apk add --no-cache curl\n",
};

test("by the stage or image that runs", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a:
        build: go
        healthcheck: {test: ["CMD", "wget", "-q", "http://127.0.0.1"]}
                                     ^^^^ service-healthcheck-tool-missing: wget is not in the image of a.
      b:
        build: go
        healthcheck: {test: "/api -health"}
                             ^^^^^^^^^^^^ service-healthcheck-tool-missing: The test needs a shell, and the image of b has none.
      c:
        build: alpine
        healthcheck:
          test: ["CMD-SHELL", "curl -fsS http://localhost:8080/health || exit 1"]
                               ^^^^ service-healthcheck-tool-missing
  `;
});

test("not where it is there, or may be", () => {
  reportsInCompose(rule, { dockerfiles })`
    services:
      a: {build: curl, healthcheck: {test: curl -f http://x}}
      b: {build: alpine, healthcheck: {test: "curl -f http://x || wget -q http://x"}}
      c: {build: alpine, volumes: ["./probe:/usr/local/bin/probe"], healthcheck: {test: ["CMD", "probe"]}}
      d: {build: alpine, healthcheck: {disable: true, test: curl x}}
      e: {image: example/e, healthcheck: {test: curl x}}
      f: {image: "postgres:18", healthcheck: {test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER"]}}
      g: {build: alpine, healthcheck: {test: "if true; then curl x; fi"}}
      h: {build: alpine, healthcheck: {test: "\${TEST}"}}
      i: {build: go, healthcheck: {test: ["CMD", "/api", "-health"]}}
  `;
});

test("what it reports of a Dockerfile is said to be there", () => {
  const text =
    "services:\n  a: {build: alpine, image: app}\n  b: {image: app, healthcheck: {test: [CMD, curl, x]}}\n";
  const [problem] = foundInCompose(rule, text, { dockerfiles });
  expect(problem?.related.map((it) => it.file?.endsWith("/alpine/Dockerfile"))).toEqual([true]);
});

test("a tool that is there, and the server's own", () => {
  fixesInCompose(rule, "unsafe", "", { dockerfiles })`
    services:
      a:
        build: alpine
        healthcheck:
          test: ["CMD", "curl", "-f", "http://localhost:8080/health"] # live
    ->
    services:
      a:
        build: alpine
        healthcheck:
          test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"] # live
  `;
  expect(offeredInCompose(rule)`
    services:
      cache: {image: "redis:8-alpine", healthcheck: {test: [CMD, curl, x]}}
  `).toEqual([["Ask with the image's own program", "Ask with wget, which is there"]]);
});

test("without a shell, or as the Dockerfile asks", () => {
  const own = { "own/Dockerfile": 'FROM scratch\nHEALTHCHECK CMD ["/a", "-health"]\n' };
  expect(offeredInCompose(rule, { dockerfiles: own })`
    services:
      a:
        build: own
        healthcheck:
          test: /a -health
      b:
        build: own
        healthcheck:
          test: /a | /b
          interval: 5s
      c: {build: own, healthcheck: {test: ["CMD", "curl", "x"]}}
  `).toEqual([
    ["Run it without a shell", "Take the health check of the Dockerfile"],
    ["Take the health check of the Dockerfile"],
    [],
  ]);
  fixesInCompose(rule, "unsafe", "Dockerfile", { dockerfiles: own })`
    services:
      b:
        build: own
        healthcheck:
          test: /a | /b
          interval: 5s
    ->
    services:
      b:
        build: own
        healthcheck:
          interval: 5s
  `;
});

test("a server's image has no programs of other servers, nor those that it has no more", () => {
  reportsInCompose(rule)`
    services:
      a: {image: mariadb:11.4, healthcheck: {test: [CMD, mysqladmin, ping]}}
                                                         ^^^^^^^^^^ service-healthcheck-tool-missing: mysqladmin is not in the image of a.
      b: {image: mariadb:10.11, healthcheck: {test: [CMD, mysqladmin, ping]}}
      c: {image: "postgres:14-alpine", healthcheck: {test: mysqladmin ping}}
                                                           ^^^^^^^^^^ service-healthcheck-tool-missing
      d: {image: "pgvector/pgvector:pg17", healthcheck: {test: [CMD, mysqladmin, ping]}}
                                                                     ^^^^^^^^^^ service-healthcheck-tool-missing
      e: {image: "mongo:7", healthcheck: {test: ["CMD", "mongo", "--eval", "1"]}}
                                                         ^^^^^ service-healthcheck-tool-missing
      f: {image: "mongo:5", healthcheck: {test: ["CMD", "mongo", "--eval", "1"]}}
      g: {image: "mysql:8.0", healthcheck: {test: [CMD, mysqladmin, ping]}}
      h: {image: "valkey/valkey:8", healthcheck: {test: [CMD, redis-cli, ping]}}
      i: {image: "quay.io/keycloak/keycloak:26.1", healthcheck: {test: curl -f http://localhost:9000/health}}
                                                                       ^^^^ service-healthcheck-tool-missing
      j: {image: "timescale/timescaledb:2.17-pg16", healthcheck: {test: [CMD-SHELL, pg_isready -U x]}}
  `;
});

test("the last program of a pipe", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: mongo:7
        healthcheck:
          test: echo 'db.runCommand("ping").ok' | mongo localhost:27017/test --quiet
                                                  ^^^^^ service-healthcheck-tool-missing: mongo is not in the image of a.
      b:
        image: mongo:7
        healthcheck:
          test: echo ping | mongosh --quiet
      c:
        image: mongo:7
        healthcheck:
          test: echo ping || mongo
      d:
        image: mongo:7
        healthcheck:
          test: echo ping | mongo | cat
  `;
});

test("inside of a shell's script, and behind what has to succeed first", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: postgres:18
        healthcheck:
          test: ["CMD", "sh", "-c", "curl -f http://localhost:5432"]
                                     ^^^^ service-healthcheck-tool-missing: curl is not in the image of a.
      b:
        image: postgres:18
        healthcheck:
          test: pg_isready -U "$$POSTGRES_USER" && curl -fs http://localhost:9187/metrics | grep -q pg_up
                                                   ^^^^ service-healthcheck-tool-missing: curl is not in the image of b.
      c:
        image: redis:8-alpine
        healthcheck:
          test: ["CMD", "bash", "-c", "redis-cli ping"]
                         ^^^^ service-healthcheck-tool-missing: bash is not in the image of c.
      d:
        image: mariadb:11.4
        healthcheck:
          test: mysqladmin ping -p"$$MARIADB_ROOT_PASSWORD" > /tmp/ping 2>&1 || exit 1
                ^^^^^^^^^^ service-healthcheck-tool-missing: mysqladmin is not in the image of d.
  `;
});

test("not where something else may answer, or bring it", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:18", healthcheck: {test: "curl -f http://x || pg_isready"}}
      b: {image: "postgres:18", healthcheck: {test: "probe-setup && curl -f http://x"}}
      c: {image: "postgres:18", healthcheck: {test: "PATH=/opt/bin curl -f http://x"}}
      d: {image: "postgres:18", healthcheck: {test: "! curl -f http://x"}}
      e: {image: "postgres:18", healthcheck: {test: "curl -s http://x | cat"}}
      f: {image: "postgres:18", healthcheck: {test: "curl -s http://x; true"}}
      g: {image: "postgres:18", healthcheck: {test: "export PATH=/opt/bin && curl -f http://x"}}
  `;
});

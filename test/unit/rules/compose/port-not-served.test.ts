import { expect, test } from "vitest";
import { portNotServed as rule } from "../../../../server/src/rules/compose/port-not-served.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

const around = {
  dockerfiles: {
    "api/Dockerfile":
      'FROM python:3.14-slim\nWORKDIR /app\nCOPY main.py .\nCMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]\n',
    "exposed/Dockerfile": "FROM scratch\nEXPOSE 8080\n",
  },
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("by a command line, EXPOSE and a variable beside the host", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        image: example/web:1
        environment:
          API_URL: http://api:3000/v1
                              ^^^^ port-not-served: api listens on 8000, and not 3000.
          OTHER_URL: http://exposed:3000
                                    ^^^^ port-not-served: exposed exposes 8080, and not 3000.
          DB_HOST: db
          DB_PORT: 3306
                   ^^^^ port-not-served: db exposes 5432, and not 3306.
          CACHE_URL: redis://cache:6379
                                   ^^^^ port-not-served: cache listens on 6380, and not 6379.
      api: {build: api}
      exposed: {build: exposed}
      db: {image: "postgres:18"}
      cache: {image: "redis:8", command: --port 6380}
  `;
});

test("not where something speaks of the port, or settings may", () => {
  reportsInCompose(rule, around)`
    services:
      web:
        image: example/web:1
        environment:
          A: http://api:8000
          B: http://exposed:9090
          C: redis://cache:6380
          D: postgres://u:p@db:5433/app
          E: http://unknown:3000
          DB_HOST: db
          DB_PORT: 5433
      api: {build: api}
      exposed: {build: exposed, environment: {METRICS_PORT: 9090}}
      cache: {image: "redis:8", volumes: ["./redis.conf:/etc/redis.conf"], command: redis-server /etc/redis.conf}
      db: {image: "postgres:18", ports: ["5433:5432"]}
      unknown: {image: example/unknown:1}
  `;
});

test("the port is replaced", () => {
  fixesInCompose(rule, "unsafe", "8000", around)`
    services:
      web: {image: example/web:1, environment: {API_URL: "http://api:3000/v1"}}
      api: {build: api}
    ->
    services:
      web: {image: example/web:1, environment: {API_URL: "http://api:8000/v1"}}
      api: {build: api}
  `;
});

test("an image from elsewhere need not expose all its ports", () => {
  const found = problemsInCompose(rule)`
    services:
      runner: {image: example/r:1, environment: {BROKER: "http://grafana:3001", DATABASE_URL: "mysql://db:3307/a"}}
      grafana: {image: "grafana/grafana:12.3"}
      db: {image: "mysql:8.4"}
  `;
  expect(found.map((it) => [it.message, it.severity])).toEqual([
    ["grafana exposes 3000, and not 3001.", "info"],
    ["db exposes 3306, 33060, and not 3307.", "warning"],
  ]);
});

test("by what images of tools expose, where all of their releases do", () => {
  reportsInCompose(rule)`
    services:
      web:
        image: example/web:1
        environment:
          SEARCH_URL: http://search:7800
                                    ^^^^ port-not-served: search exposes 7700, and not 7800.
          LLM_URL: http://llm:11435/v1
                              ^^^^^ port-not-served: llm exposes 11434, and not 11435.
          OLD_METRICS: http://metrics2:8181
                                       ^^^^ port-not-served: metrics2 exposes 8086, and not 8181.
          METRICS: http://metrics3:8181
          MOVING: http://metrics:8181
          VECTORS: http://vectors:6334
          PDF: http://pdf:8080
      search: {image: "getmeili/meilisearch:v1.20"}
      llm: {image: "ollama/ollama:0.12"}
      metrics2: {image: "influxdb:2.7-alpine"}
      metrics3: {image: "influxdb:3-core"}
      metrics: {image: influxdb}
      vectors: {image: "qdrant/qdrant:v1.15"}
      pdf: {image: "gotenberg/gotenberg:8-cloudrun"}
  `;
});

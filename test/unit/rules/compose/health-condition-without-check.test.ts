import { expect, test } from "vitest";
import { healthConditionWithoutCheck as rule } from "../../../../server/src/rules/compose/health-condition-without-check.ts";
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

test("the image and the Dockerfile count, and a check that is switched off", () => {
  reportsInCompose(rule, {
    dockerfiles: {
      "a/Dockerfile": "FROM alpine:3.24\n",
      "b/Dockerfile": "FROM alpine:3.24\nHEALTHCHECK CMD true\n",
    },
  })`
    services:
      api:
        image: example/api
        depends_on:
          a: {condition: service_healthy}
                         ^^^^^^^^^^^^^^^ health-condition-without-check
          b: {condition: service_healthy}
          off: {condition: service_healthy}
                           ^^^^^^^^^^^^^^^ health-condition-without-check
          old: {condition: service_healthy}
                           ^^^^^^^^^^^^^^^ health-condition-without-check
      a: {build: a}
      b: {build: b}
      off: {build: b, healthcheck: {disable: true}}
      old: {image: "postgres:13.4-bullseye"}
  `;
});

test("not where a check may be elsewhere, or nothing fails", () => {
  const text =
    "services:\n  a:\n    image: a\n    depends_on:\n      db: {condition: service_healthy}\n  db:\n    image: postgres:18\n";
  expectComposeProblems(rule, text, { alone: false });
  reportsInCompose(rule)`
    services:
      api:
        image: example/api
        depends_on:
          own: {condition: service_healthy}
          far: {condition: service_healthy}
          maybe: {condition: service_healthy, required: false}
          open: {condition: service_healthy}
          started: {condition: service_started}
      own: {image: example/own:1}
      far: {build: "https://github.com/example/far.git"}
      maybe: {image: "postgres:18"}
      open: {image: "postgres:18", healthcheck: {disable: "\${NO_CHECK}"}}
      started: {image: "postgres:18"}
  `;
});

test("the check of the server is added, or the condition taken back", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: a
        depends_on:
          cache:
            condition: service_healthy # first
      cache:
        image: redis:8-alpine
    ->
    services:
      api:
        image: a
        depends_on:
          cache:
            condition: service_healthy # first
      cache:
        image: redis:8-alpine
        healthcheck:
          test: ["CMD", "redis-cli", "ping"]
          interval: 5s
          timeout: 5s
          retries: 10
  `;
  expect(offeredInCompose(rule)`
    services:
      api: {image: a, depends_on: {cache: {condition: service_healthy}}}
      cache: {image: "redis:8-alpine", healthcheck: {disable: true}}
  `).toEqual([["Wait only until cache is started"]]);
});

import { test } from "vitest";
import { serviceWithoutHealthcheck as rule } from "../../../../server/src/rules/compose/service-without-healthcheck.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("only where there is certainly none", () => {
  expectComposeProblems(rule, "services:\n  a: {image: postgres}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: "example/unknown:1"}
      b: {image: "postgres:18", healthcheck: {test: ["CMD", "pg_isready"]}}
      c: {image: "postgres:18", healthcheck: {disable: true}}
      ^ service-without-healthcheck: Nothing tells whether c works.
      d: {image: "nginx:1.30"}
      ^ service-without-healthcheck
  `;
});

test("one that works in the image is added", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        image: redis:8
    ->
    services:
      db:
        image: redis:8
        healthcheck:
          test: ["CMD", "redis-cli", "ping"]
          interval: 5s
          timeout: 5s
          retries: 10
  `;
});

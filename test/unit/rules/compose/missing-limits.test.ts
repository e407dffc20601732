import { expect, test } from "vitest";
import { missingLimits as rule } from "../../../../server/src/rules/compose/missing-limits.ts";
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

test("not where a limit is, or may be", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, mem_limit: "\${MEMORY}"}
      b: {image: b, deploy: {resources: {limits: {memory: 1g}}}}
      c: {image: c, deploy: {resources: {limits: {cpus: "1"}}}}
      ^ missing-limits: Nothing limits the memory of c.
  `;
});

test("a limit is added", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
    ->
    services:
      a:
        image: a
        mem_limit: 512m
  `;
});

test("behind a key with a question mark", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        ? tty
        : true
    ->
    services:
      a:
        image: a
        ? tty
        : true
        mem_limit: 512m
  `;
});

test("a limit is added to those that stand under deploy", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        deploy:
          resources:
            limits:
              cpus: "0.5"
    ->
    services:
      a:
        image: a
        deploy:
          resources:
            limits:
              cpus: "0.5"
              memory: 512m
  `;
});

test("none is written where a service that extends it has limits of its own, which it would contradict", () => {
  expect(
    offeredInCompose(rule)`
      services:
        web:
          image: web
        worker:
          extends: web
          deploy: {resources: {limits: {cpus: "1"}}}
    `,
  ).toEqual([[]]);
});

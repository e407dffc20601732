import { expect, test } from "vitest";
import { unsortedDependencies as rule } from "../../../../server/src/rules/compose/unsorted-dependencies.ts";
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

test("in each form", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        depends_on: [c, "b", a-1]
    ->
    services:
      a:
        image: a
        depends_on: [a-1, "b", c]
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        depends_on:
          # first
          - c
          # why
          - b # behind
    ->
    services:
      a:
        image: a
        depends_on:
          # first
          # why
          - b # behind
          - c
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        depends_on:
          c:
            condition: service_started
          b:
            condition: service_healthy
    ->
    services:
      a:
        image: a
        depends_on:
          b:
            condition: service_healthy
          c:
            condition: service_started
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, depends_on: {c: {condition: service_started}, b: {condition: service_started}}}
  `).toEqual([[]]);
  reportsInCompose(rule)`
    x-deps: &deps {z: {condition: service_started}}
    services:
      a: {image: a, depends_on: [b, c]}
      d: {image: d, depends_on: {<<: *deps, b: {condition: service_started}}}
  `;
});

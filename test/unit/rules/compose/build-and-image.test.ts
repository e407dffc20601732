import { expect, test } from "vitest";
import { buildAndImage as rule } from "../../../../server/src/rules/compose/build-and-image.ts";
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

test("not where it is said which of them counts, or another file may say so", () => {
  reportsInCompose(rule)`
    services:
      a: {build: ., image: a, pull_policy: never}
      b: {build: .}
      c: {image: c}
      d: {extends: {file: d.yaml, service: d}, build: ., image: d}
  `;
});

test("built always", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        build: .
    ->
    services:
      a:
        image: a
        build: .
        pull_policy: build
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, build: .}
  `).toEqual([["Always build it"]]);
});

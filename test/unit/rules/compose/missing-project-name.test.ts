import { expect, test } from "vitest";
import { missingProjectName as rule } from "../../../../server/src/rules/compose/missing-project-name.ts";
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

test("only of a project by itself", () => {
  reportsInCompose(rule, { alone: false })`
    services:
      a: {image: a}
  `;
  reportsInCompose(rule)`
    include: [a.yaml]
    services:
      a: {image: a}
  `;
});

test("named as it is now", () => {
  fixesInCompose(rule, "unsafe")`
    # The shop.
    services:
      a:
        image: a
    ->
    # The shop.
    name: project
    services:
      a:
        image: a
  `;
  expect(offeredInCompose(rule)`
    {services: {a: {image: a}}}
  `).toEqual([[]]);
});

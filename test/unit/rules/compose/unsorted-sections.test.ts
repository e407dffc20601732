import { expect, test } from "vitest";
import { unsortedSections as rule } from "../../../../server/src/rules/compose/unsorted-sections.ts";
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

test("each goes with its comments", () => {
  fixesInCompose(rule, "safe")`
    # What is kept.
    volumes:
      data:

    # What runs.
    services:
      a:
        image: a
    x-b: 1
    x-a: 2
    ->
    # What is kept.
    x-a: 2

    x-b: 1
    # What runs.
    services:
      a:
        image: a
    volumes:
      data:
  `;
  expect(offeredInCompose(rule)`
    services:
      a: &a {image: a}
    name: shop
  `).toEqual([[]]);
  reportsInCompose(rule)`
    name: a
    services:
      a: {image: a}
    models: {}
  `;
});

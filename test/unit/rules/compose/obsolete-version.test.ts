import { expect, test } from "vitest";
import { obsoleteVersion as rule } from "../../../../server/src/rules/compose/obsolete-version.ts";
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

test("only at the top", () => {
  reportsInCompose(rule)`
    name: x
    services:
      version: {image: a, environment: {version: 3}}
  `;
});

test("the line goes, with the empty one behind it", () => {
  fixesInCompose(rule, "safe")`
    version: '3'

    services:
      a: {image: a}
    ->
    services:
      a: {image: a}
  `;
  fixesInCompose(rule, "safe")`
    # Ours
    version: '3'
    services:
      a: {image: a}
    ->
    # Ours
    services:
      a: {image: a}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a: {image: a}
    version: "2.4"
    ->
    services:
      a: {image: a}
  `;
});

test("not with a comment, in braces or on its own", () => {
  expect(offeredInCompose(rule)`
    version: "3" # for the swarm
    services: {}
  `).toEqual([[]]);
  expect(offeredInCompose(rule)`
    {version: "3", services: {}}
  `).toEqual([[]]);
  expect(offeredInCompose(rule)`
    version: "3"
  `).toEqual([[]]);
});

import { expect, test } from "vitest";
import { unknownConfig as rule } from "../../../../server/src/rules/compose/unknown-config.ts";
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

test("not when parts of the project are elsewhere, or the name is not known", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a, configs: [x]}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, configs: ["\${NAME}", {source: known, target: x}]}
    configs: {known: {external: true}}
  `;
});

test("in the long form, with a declaration to choose", () => {
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, configs: [{source: token}]}
  `).toEqual([["Declare token under configs"]]);
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        configs:
          - source: tokn # ours
    configs:
      token: {file: ./token}
    ->
    services:
      a:
        image: a
        configs:
          - source: token # ours
    configs:
      token: {file: ./token}
  `;
});

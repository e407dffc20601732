import { expect, test } from "vitest";
import { unknownSecret as rule } from "../../../../server/src/rules/compose/unknown-secret.ts";
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
  expectComposeProblems(rule, "services:\n  a: {image: a, secrets: [x]}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, secrets: ["\${NAME}", {source: known, target: x}]}
    secrets: {known: {external: true}}
  `;
});

test("in the long form, with a declaration to choose", () => {
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, secrets: [{source: token}]}
  `).toEqual([["Declare token under secrets"]]);
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        secrets:
          - source: tokn # ours
    secrets:
      token: {file: ./token}
    ->
    services:
      a:
        image: a
        secrets:
          - source: token # ours
    secrets:
      token: {file: ./token}
  `;
});

test("of a build too", () => {
  reportsInCompose(rule)`
    services:
      a:
        build:
          context: .
          secrets: [npm]
                    ^^^ unknown-secret: No secret npm is declared.
  `;
});

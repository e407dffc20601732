import { expect, test } from "vitest";
import { unsortedServiceKeys as rule } from "../../../../server/src/rules/compose/unsorted-service-keys.ts";
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

test("others by the alphabet behind them", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        tty: true
        init: true
        ports: [80]
        image: a
    ->
    services:
      a:
        image: a
        ports: [80]
        init: true
        tty: true
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {ports: [80], image: a}
  `).toEqual([[]]);
  reportsInCompose(rule)`
    x-a: &a {restart: always}
    services:
      a:
        <<: *a
        image: a
  `;
});

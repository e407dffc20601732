import { expect, test } from "vitest";
import { fixedContainerName as rule } from "../../../../server/src/rules/compose/fixed-container-name.ts";
import { expectComposeProblems, fixesInCompose, offeredInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("the name goes, unless something else may call the container so", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      db:
        container_name: shop_db
        image: a
    ->
    services:
      db:
        image: a
  `;
  expect(offeredInCompose(rule)`
    services:
      db:
        container_name: shop_db
        image: a
      api:
        image: b
        environment: [DB_HOST=shop_db]
  `).toEqual([[]]);
});

import { expect, test } from "vitest";
import { unsortedServices as rule } from "../../../../server/src/rules/compose/unsorted-services.ts";
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

test("each goes with its comments, and empty lines stay", () => {
  fixesInCompose(rule, "safe")`
    # All of them.
    services:
      web: # in front
        image: web

      # Keeps what is sold.
      db:
        image: db
      api: {image: api}

    volumes: {}
    ->
    # All of them.
    services:
      api: {image: api}

      # Keeps what is sold.
      db:
        image: db
      web: # in front
        image: web

    volumes: {}
  `;
});

test("not taken apart where an anchor or a comment of nobody would move", () => {
  expect(offeredInCompose(rule)`
    services:
      web: &web
        image: web
      api:
        <<: *web
  `).toEqual([[]]);
  expect(offeredInCompose(rule)`
    services:
      web:
        image: web
        # of nobody

      api:
        image: api
  `).toEqual([[]]);
  reportsInCompose(rule)`
    services:
      a: {image: a}
      b: {image: b}
      b-2: {image: b}
  `;
});

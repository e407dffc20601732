import { expect, test } from "vitest";
import { fixAll } from "../../../../server/src/features/fix-all.ts";
import { obsoleteLinks as rule } from "../../../../server/src/rules/compose/obsolete-links.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  foundInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where a link does more", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, links: ["db:database", db, "db:db", gone, "\${X}"]}
                                           ^^ obsolete-links
                                               ^^^^^^^ obsolete-links
      b: {image: b, network_mode: bridge, links: [db]}
      c: {image: c, networks: [other], links: [db]}
      db: {image: db}
    networks: {other: {}}
  `;
});

test("the other service is still started first", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        links:
          - db
          - cache:store
      db: {image: db}
      cache: {image: cache}
    ->
    services:
      a:
        image: a
        links:
          - cache:store
        depends_on: [db]
      db: {image: db}
      cache: {image: cache}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        links: [db]
        depends_on:
          db:
            condition: service_healthy
      db: {image: db}
    ->
    services:
      a:
        image: a
        depends_on:
          db:
            condition: service_healthy
      db: {image: db}
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        depends_on:
          cache:
            condition: service_started
        links: [db, "cache:store"]
      db: {image: db}
      cache: {image: cache}
    ->
    services:
      a:
        image: a
        depends_on:
          cache:
            condition: service_started
          db:
            condition: service_started
        links: ["cache:store"]
      db: {image: db}
      cache: {image: cache}
  `;
  expect(offeredInCompose(rule)`
    services:
      a:
        image: a
        links:
          - db # the one of before
          - cache:store
      db: {image: db}
      cache: {image: cache}
  `).toEqual([[]]);
});

test("the key goes with the last of several links", () => {
  const text = [
    "services:",
    "  a:",
    "    image: a",
    "    links:",
    "      - db",
    "      - cache:cache",
    "    depends_on:",
    "      - db",
    "  db: {image: db}",
    "  cache: {image: cache}",
    "",
  ].join("\n");
  expect(fixAll(text, (it) => foundInCompose(rule, it, {}), "safe").text).toBe(
    text.replace(/ {4}links:\n.*\n.*\n/, "").replace("      - db\n", "      - db\n      - cache\n"),
  );
});

test("as the last key of a service", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: x
        links: [b]
      b:
        image: y
    ->
    services:
      a:
        image: x
        depends_on: [b]
      b:
        image: y
  `;
  fixesInCompose(rule, "safe")`
    services:
      b:
        image: y
      a:
        image: x
        links:
          - b
    ->
    services:
      b:
        image: y
      a:
        image: x
        depends_on: [b]
  `;
});

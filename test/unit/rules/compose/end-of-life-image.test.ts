import { expect, test } from "vitest";
import { endOfLifeImage as rule } from "../../../../server/src/rules/compose/end-of-life-image.ts";
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

test("versions, what they are built on, and images that were given up", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "docker.io/library/postgres:9.4"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ end-of-life-image: PostgreSQL 9.4 has had no security fixes since before 2021-02-11.
      b: {image: mysql:5}
                 ^^^^^^^ end-of-life-image: MySQL 5.7 has had no security fixes since 2023-10-31.
      c: {image: "node:24-alpine3.18"}
                  ^^^^^^^^^^^^^^^^^^ end-of-life-image: Alpine 3.18, which this image is built on, has had no security fixes since 2025-05-09.
      d: {image: jboss/keycloak}
                 ^^^^^^^^^^^^^^ end-of-life-image: The image was given up in 2022-10: take quay.io/keycloak/keycloak.
      e: {image: "grafana/promtail:2.9.0"}
                  ^^^^^^^^^^^^^^^^^^^^^^ end-of-life-image
  `;
});

test("not what is maintained, floats, is built here, never pulled, or open", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "postgres:15"}
      b: {image: mysql:8}
      c: {image: mongo}
      d: {image: "registry.example.com/node:14"}
      e: {image: "node:14", build: .}
      f: {image: "node:14", pull_policy: never}
      g: {image: "postgres:\${POSTGRES_VERSION:-12}"}
      h: {image: "postgres:12@sha256:0000000000000000000000000000000000000000000000000000000000000000"}
      i: {image: mongo:8}
      j: {image: "mariadb:10"}
  `;
});

test("the same variant of a version that is maintained, and nothing for a database, whose files are of its version", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      web:
        image: "node:18-alpine3.18" # front
    ->
    services:
      web:
        image: "node:24-alpine" # front
  `;
  const offered = offeredInCompose(rule)`
    services:
      db: {image: postgres:12}
      web: {image: php:7-apache}
  `;
  expect(offered).toEqual([[], [expect.stringMatching(/^Use php:8/)]]);
});

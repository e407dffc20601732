import { describe, expect, test } from "vitest";
import { missingKey } from "../../../../server/src/rules/compose/missing-key.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(missingKey);
const offered = offeredInCompose(missingKey);
const fixes = fixesInCompose(missingKey, "unsafe");

test("in entries of lists and in mappings", () => {
  reports`
    services:
      api:
        image: x
        volumes:
          - source: ./data
            ^^^^^^ missing-key: An entry of \`volumes\` needs \`type\`.
            target: /data
        ulimits:
          nofile:
          ^^^^^^ missing-key: \`nofile\` of \`ulimits\` needs \`hard\`.
            soft: 5
      web:
        image: x
        extends:
        ^^^^^^^ missing-key: \`extends\` needs \`service\`.
          file: other.yaml`;
});

test("silent where the service gets it from the one that it extends", () => {
  reports`
    services:
      db:
        image: x
      base:
        image: x
        depends_on: {db: {condition: service_started}}
      middle: {extends: base}
      api:
        extends: middle
        depends_on: {db: {restart: true}}
        post_start:
          - user: root
            ^^^^ missing-key: An entry of \`post_start\` needs \`command\`.
      far:
        extends: {file: other.yaml, service: base}
        depends_on: {db: {restart: true}}`;
});

test("silent where another file may bring it, and where it is written", () => {
  reportsInCompose(missingKey, { alone: false })`
    services:
      api:
        image: x
        depends_on:
          db: {restart: true}`;
  reports`
    services:
      api:
        image: x
        volumes: ["./data:/data", {type: tmpfs, target: /tmp}]
        depends_on: [db]
      db:
        image: y`;
});

describe("fix", () => {
  test("adds the kind of mount", () => {
    fixes`
      services:
        api:
          image: x
          volumes:
            - source: ./data
              target: /data
      ->
      services:
        api:
          image: x
          volumes:
            - source: ./data
              target: /data
              type: bind
    `;
  });

  test("only what can be told", () => {
    expect(offered`
      services:
        api:
          image: x
          depends_on: {db: {restart: true}}
          volumes: [{target: /data}]
        web:
          image: x
          extends: {file: a.yaml}
        db: {image: y}
    `).toEqual([["Add condition: service_started"], [], []]);
  });
});

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
        extends:
        ^^^^^^^ missing-key: \`extends\` needs \`service\`.
          file: other.yaml
        ulimits:
          nofile:
          ^^^^^^ missing-key: \`nofile\` of \`ulimits\` needs \`hard\`.
            soft: 5`;
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
          extends: {file: a.yaml}
        db: {image: y}
    `).toEqual([["Add condition: service_started"], [], []]);
  });
});

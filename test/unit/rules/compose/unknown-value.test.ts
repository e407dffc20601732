import { describe, expect, test } from "vitest";
import { unknownValue } from "../../../../server/src/rules/compose/unknown-value.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(unknownValue);
const fixes = fixesInCompose(unknownValue, "safe");
const offered = offeredInCompose(unknownValue);

test("the few that there are", () => {
  reports`
    services:
      api:
        image: x
        cgroup: hst
                ^^^ unknown-value: \`cgroup\` must be one of host, private; did you mean host?
        gpus: some
              ^^^^ unknown-value: \`gpus\` must be \`all\`.
        volumes:
          - type: folder
                  ^^^^^^ unknown-value: \`type\` must be one of bind, volume, tmpfs, cluster, npipe, image.
            target: /data`;
});

test("silent for others where there are no few, and for variables", () => {
  reports`
    services:
      api:
        image: x
        restart: sometimes
        network_mode: anything
        cgroup: \${CGROUP}`;
});

describe("fix", () => {
  test("takes what is near, inside of quotes", () => {
    fixes`
      services:
        api:
          image: x
          cgroup: "hots"
      ->
      services:
        api:
          image: x
          cgroup: "host"
    `;
  });

  test("none where nothing is near", () => {
    expect(offered`
      services:
        api:
          image: x
          gpus: some
    `).toEqual([[]]);
  });
});

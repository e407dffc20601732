import { describe, expect, test } from "vitest";
import { unknownRestartPolicy } from "../../../../server/src/rules/compose/unknown-restart-policy.ts";
import { fixesInCompose, offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(unknownRestartPolicy);
const fixes = fixesInCompose(unknownRestartPolicy, "safe");
const offered = offeredInCompose(unknownRestartPolicy);

test("what is no policy, and a number behind one that counts nothing", () => {
  reports`
    services:
      api:
        image: x
        restart: sometimes
                 ^^^^^^^^^ unknown-restart-policy: \`restart\` must be one of no, always, on-failure, unless-stopped.
      web:
        image: x
        restart: always:3
                 ^^^^^^^^ unknown-restart-policy: \`restart\` must be one of no, always, on-failure, unless-stopped; always is near.`;
});

test("silent for policies, for no text, and for variables", () => {
  reports`
    services:
      a: {image: x, restart: no}
      b: {image: x, restart: "no"}
      c: {image: x, restart: always}
      d: {image: x, restart: unless-stopped}
      e: {image: x, restart: on-failure}
      f: {image: x, restart: "on-failure:3"}
      g: {image: x, restart: ""}
      h: {image: x, restart: }
      i: {image: x, restart: "\${RESTART:-sometimes}"}
      j: {image: x, restart: false}`;
});

describe("fix", () => {
  test("takes what is near, inside of quotes", () => {
    fixes`
      services:
        api:
          image: x
          restart: "unless_stopped"
      ->
      services:
        api:
          image: x
          restart: "unless-stopped"
    `;
  });

  test("none where nothing is near", () => {
    expect(offered`
      services:
        api:
          image: x
          restart: sometimes
    `).toEqual([[]]);
  });
});

import { describe, expect, test } from "vitest";
import { invalidName } from "../../../../server/src/rules/compose/invalid-name.ts";
import { offeredInCompose, reportsInCompose } from "../../../support/compose.ts";

const reports = reportsInCompose(invalidName);

describe("names", () => {
  test("of services, dependencies, volumes, secrets and limits", () => {
    reports`
      services:
        "api/v1":
        ^^^^^^^^ invalid-name: The name \`api/v1\` may have letters, digits, \`.\`, \`_\` and \`-\` only.
          image: x
          ulimits: {n0file: 5}
                    ^^^^^^ invalid-name: The name \`n0file\` may have letters only.
      volumes:
        "my data":
        ^^^^^^^^^ invalid-name: The name \`my data\` may have letters, digits, \`.\`, \`_\` and \`-\` only.`;
  });

  test("silent for those of networks, variables and labels, and plain ones", () => {
    reports`
      services:
        api_v1.2-b:
          image: x
          labels: {"a b/c": d}
          environment: {"A B": c}
      networks:
        "a b":`;
  });

  test("there is no fix: others may use the name", () => {
    expect(offeredInCompose(invalidName)`
      services:
        a b: {image: x}
    `).toEqual([[]]);
  });
});

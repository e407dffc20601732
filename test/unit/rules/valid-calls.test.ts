import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { modelOf } from "../../support/model.ts";

const SLIPS = ["tool-option-unknown", "tool-command-unknown", "option-misplaced", "cleaning-refused"];

test("no command or option that a tool certainly has is taken for a slip", () => {
  const text = readFileSync(new URL("../../fixtures/valid-calls.Dockerfile", import.meta.url), "utf8");
  const slips = rules.filter((it) => SLIPS.includes(it.id));
  expect(slips.length).toBe(SLIPS.length);
  const found = checkDockerfile(modelOf(text), { rules: slips });
  expect(found.map((it) => it.message)).toEqual([]);
});

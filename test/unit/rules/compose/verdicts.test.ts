import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { composeVerdicts } from "../../../support/compose/compose-verdicts.ts";
import { composeOf } from "../../../support/compose.ts";

const errorsIn = (text: string) =>
  checkCompose(composeOf(text, {}, "open"), { allRules: true }).filter((it) => it.severity === "error");

test("what docker compose takes has no error", () => {
  const alarms = composeVerdicts()
    .filter((it) => it.takes)
    .flatMap(({ name, text }) => errorsIn(text).map((it) => `${name}: ${it.rule}: ${it.message}`));
  expect(alarms).toEqual([]);
});

test("what docker compose refuses has one", () => {
  const refused = composeVerdicts().filter((it) => !it.takes);
  expect(refused.length).toBeGreaterThan(200);
  expect(refused.filter((it) => errorsIn(it.text).length === 0).map((it) => it.name)).toEqual([]);
});

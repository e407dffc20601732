import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../../../server/src/rules/all.ts";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { composeOf } from "../../../support/compose.ts";

const folder = "test/fixtures/compose/sound";

/** Projects that Compose takes, written to look like mistakes. */
test.each(readdirSync(folder))("%s has nothing to report", (name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  const failures: unknown[] = [];
  const problems = checkCompose(composeOf(text), { rules, onFailure: (it) => failures.push(it) });
  expect(failures).toEqual([]);
  expect(
    problems.map((it) => `${it.rule}: ${it.message} (${text.slice(it.span.start, it.span.end)})`),
  ).toEqual([]);
});

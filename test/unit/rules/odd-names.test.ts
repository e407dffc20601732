import { expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkCompose, checkDockerfile } from "../../../server/src/rules/check.ts";
import { composeOf } from "../../support/compose.ts";
import { readMarkers } from "../../support/markers.ts";
import { modelOf } from "../../support/model.ts";
import { isAboutDockerfiles } from "../../support/rule-kinds.ts";

/** What every object of JavaScript has, whatever table it is. */
const NAME = "constructor";

/** The text with one of its words after the other replaced. */
function renamed(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z_][\w.-]*/g)].map(
    ({ 0: word, index }) => text.slice(0, index) + NAME + text.slice(index + word.length),
  );
}

test("no rule finds a name that every object has in its tables", { timeout: 60_000 }, () => {
  const failures: unknown[] = [];
  const onFailure = (it: unknown) => failures.push(it);
  for (const rule of rules.filter(isAboutDockerfiles)) {
    for (const text of renamed(readMarkers(rule.docs.bad).text))
      checkDockerfile(modelOf(text), { rules: [rule], allRules: true, onFailure });
  }
  for (const rule of rules.filter((it) => it.looksAt === "compose")) {
    for (const text of renamed(readMarkers(rule.docs.bad).text))
      checkCompose(composeOf(text), { rules: [rule], allRules: true, onFailure });
  }
  expect(failures).toEqual([]);
});

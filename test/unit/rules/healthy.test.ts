import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { fixedByAll } from "../../support/check.ts";
import { modelOf } from "../../support/model.ts";

const folder = "test/fixtures/healthy";

/** Dockerfiles in the manner of well-known projects: they build, run, and use everything that makes a linter stumble. */
describe.each(readdirSync(folder))("%s", (name) => {
  const text = readFileSync(`${folder}/${name}`, "utf8");

  test("holds nothing that is an error", () => {
    const failures: unknown[] = [];
    const problems = checkDockerfile(modelOf(text), { allRules: true, onFailure: (it) => failures.push(it) });
    expect(failures).toEqual([]);
    const errors = problems.filter((it) => it.severity === "error");
    expect(errors.map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
  });

  test("each fix leaves a file without new errors, and fix-all comes to an end", () => {
    for (const { fixes } of checkDockerfile(modelOf(text), { allRules: true })) {
      for (const fix of fixes) {
        const after = checkDockerfile(modelOf(applyEdits(text, fix.edits)), { allRules: true });
        expect(
          after.filter((it) => it.severity === "error"),
          fix.title,
        ).toEqual([]);
      }
    }
    const fixed = fixedByAll(text, rules);
    expect(fixedByAll(fixed, rules)).toBe(fixed);
    const left = checkDockerfile(modelOf(fixed)).flatMap((it) => it.fixes);
    expect(left.filter((it) => it.kind === "safe")).toEqual([]);
  });
});

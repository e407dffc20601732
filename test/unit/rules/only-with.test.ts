import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Stage } from "../../../server/src/model/stage/stage.ts";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import type { Problem, Rule } from "../../../server/src/rules/rule.ts";
import { readMarkers } from "../../support/markers.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { everywhere } from "../../support/only-with.ts";
import { isAboutDockerfiles } from "../../support/rule-kinds.ts";

const healthy = new URL("../../fixtures/healthy/", import.meta.url);

const texts = [
  ...rules
    .filter(isAboutDockerfiles)
    .flatMap(({ docs }) => [readMarkers(docs.bad).text, readMarkers(docs.good).text]),
  ...readdirSync(healthy).map((it) => readFileSync(new URL(it, healthy), "utf8")),
];

/** All files that the examples have around them. */
const { ".dockerignore": _, ...files } = Object.assign(
  {},
  ...rules.filter(isAboutDockerfiles).map((it) => it.docs.context ?? {}),
);

function found(text: string, of: readonly Rule[]): Problem[] {
  return checkDockerfile(modelOf(text, { context: contextOf(files, "given", []) }), {
    rules: of,
    allRules: true,
  });
}

test("what a rule declares to need hides none of its findings", () => {
  const declared = rules.filter((it) => "onlyWith" in it);
  expect(declared.length).toBeGreaterThan(0);
  const shownAll = declared.map(everywhere);
  for (const text of texts) expect(found(text, declared)).toEqual(found(text, shownAll));
});

test("a rule is shown what it declares to need, and nothing else", () => {
  const seen: string[] = [];
  const [rule] = rules.filter((it) => it.looksAt === "stage");
  if (rule?.looksAt !== "stage") throw new Error("There is no rule about stages.");
  const spy: Rule = {
    ...rule,
    onlyWith: { programs: ["make"], instructions: ["COPY"] },
    check: (stage: Stage) => void seen.push(stage.name ?? ""),
  };
  const text = `
    FROM alpine AS neither
    RUN cmake .
    FROM alpine AS one
    RUN /usr/bin/make
    FROM alpine AS other
    COPY . .
    FROM alpine AS both
    COPY . .
    RUN true && make
    FROM alpine AS trigger
    COPY . .
    ONBUILD RUN ["make", "all"]`;
  found(text, [spy]);
  expect(seen).toEqual(["both", "trigger"]);
});

import { describe, expect, test } from "vitest";
import { checkCompose, checkDockerfile } from "../../../server/src/rules/check.ts";
import { composeOf } from "../../support/compose.ts";
import { modelOf } from "../../support/model.ts";
import { expandSnippet, snippetsOf } from "../../support/snippets.ts";

const onFailure = ({ error }: { error: unknown }) => {
  throw error;
};

test("placeholders give way to their defaults, escapes to what they stand for", () => {
  expect(expandSnippet("A ${1:one} $0\\$B \\${C} \\\\")).toBe("A one $B ${C} \\");
});

describe.each(snippetsOf("dockerfile"))("$name", ({ prefix, description, body }) => {
  test("is clean as it is inserted", () => {
    expect(checkDockerfile(modelOf(expandSnippet(body)), { onFailure })).toEqual([]);
  });

  test("can be found and tells what it is for", () => {
    expect(prefix.length).toBeGreaterThan(0);
    expect(description).not.toBe("");
  });
});

describe.each(snippetsOf("compose"))("$name", ({ body }) => {
  test("is clean as it is inserted", () => {
    expect(checkCompose(composeOf(expandSnippet(body)), { onFailure })).toEqual([]);
  });
});

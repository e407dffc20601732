import { describe, expect, test } from "vitest";
import { needlessKinds } from "../../../server/src/rules/knowledge/files/needless-entries.ts";
import { parseIgnoreFile } from "../../../server/src/syntax/dockerignore/ignore-file.ts";
import { expandSnippet, snippetsOf } from "../../support/snippets.ts";
import { ecosystems, hiddenEverywhere } from "./projects.ts";

test("each ignore file is tried on a project of its language", () => {
  expect(snippetsOf("dockerignore").map((it) => it.prefix[0])).toEqual(Object.keys(ecosystems));
});

describe.each(snippetsOf("dockerignore"))("$name", ({ prefix, body }) => {
  const ignore = parseIgnoreFile(expandSnippet(body));
  const { needed = {}, left = [] } = ecosystems[prefix[0] ?? ""] ?? {};

  test("is one that Docker takes, each pattern once", () => {
    expect(ignore.problems).toEqual([]);
    const patterns = ignore.patterns.map((it) => it.text);
    expect([...new Set(patterns)]).toEqual(patterns);
  });

  test.each([...hiddenEverywhere, ...left])("keeps %s out", (path) => {
    expect(ignore.ignoredBy(path)?.text).toBeDefined();
  });

  test.each(Object.keys(needed))("leaves %s in", (path) => {
    expect(ignore.ignoredBy(path)?.text).toBeUndefined();
  });

  test("nothing comes back out of .git", () => {
    expect(ignore.mayReturnBelow(".git")).toBe(false);
  });
});

test("what a fix writes into an ignore file, the snippets write too", () => {
  const written = new Set(snippetsOf("dockerignore").flatMap((it) => expandSnippet(it.body).split("\n")));
  const others = needlessKinds.map((it) => it.pattern).filter((it) => !written.has(it));
  // Of a tool that no snippet is for.
  expect(others).toEqual(["**/.terraform"]);
});

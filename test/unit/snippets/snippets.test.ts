import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkCompose, checkDockerfile } from "../../../server/src/rules/check.ts";
import { composeOf } from "../../support/compose.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { expandSnippet, snippetFiles, snippetsOf } from "../../support/snippets.ts";
import { projectOf } from "./projects.ts";

const onFailure = ({ error }: { error: unknown }) => {
  throw error;
};

test("placeholders give way to their defaults, escapes to what they stand for", () => {
  expect(expandSnippet("A ${1:one} $0\\$B \\${C} \\\\")).toBe("A one $B ${C} \\");
});

test("the extension offers every file of snippets", () => {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
    contributes: { snippets: { path: string }[] };
  };
  const files = readdirSync("snippets").sort();
  expect(files).toEqual(snippetFiles.map((it) => `${it}.json`));
  expect(manifest.contributes.snippets.map((it) => it.path).sort()).toEqual(
    files.map((it) => `./snippets/${it}`),
  );
});

describe("all snippets", () => {
  const all = snippetFiles.flatMap((stem) => snippetsOf(stem));

  test("no prefix and no name stands for two", () => {
    for (const words of [all.flatMap((it) => it.prefix), all.map((it) => it.name)])
      expect(words.filter((it, index) => words.indexOf(it) !== index)).toEqual([]);
  });

  test.each(all)("$name can be found and tells what it is for", ({ prefix, description }) => {
    expect(prefix.length).toBeGreaterThan(0);
    for (const word of prefix) expect(word).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).toMatch(/^\S.{20,120}$/);
  });

  test.each(all)("$name asks for one thing by one number, from 1 on", ({ body }) => {
    const placeholders = [...body.matchAll(/(?<!\\)\$\{(\d+):([^}]*)\}/g)];
    const defaults = new Map(placeholders.map(([, number, value]) => [Number(number), value]));
    expect([...defaults.keys()].sort((a, b) => a - b)).toEqual([...defaults.keys()].map((_, at) => at + 1));
    for (const [, number, value] of placeholders) expect(value).toBe(defaults.get(Number(number)));
    expect(body.endsWith("\n$0")).toBe(true);
  });
});

describe.each(snippetsOf("dockerfile"))("$name", ({ prefix, body }) => {
  const text = expandSnippet(body);
  const problems = (model: ReturnType<typeof modelOf>) => checkDockerfile(model, { onFailure });

  test("is clean as it is inserted", () => {
    expect(problems(modelOf(text))).toEqual([]);
  });

  test("is clean in a project with the ignore file that goes with it", () => {
    const { files, executable } = projectOf(prefix[0] ?? "");
    expect(problems(modelOf(text, { context: contextOf(files, "given", executable) }))).toEqual([]);
  });

  test("has its frontend named first where it mounts", () => {
    expect(text.startsWith("# syntax=docker/dockerfile:1\n")).toBe(text.includes("--mount="));
  });

  test("runs in exec form, as a user with a number", () => {
    const model = modelOf(text);
    const final = model.stages.at(-1)?.instructions ?? [];
    const user = final.findLast((it) => it.name === "USER");
    expect(user && text.slice(user.span.start, user.span.end)).toMatch(/^USER [1-9]\d*(:[1-9]\d*)?$/);
    for (const it of final.filter(({ name }) => name === "CMD" || name === "ENTRYPOINT"))
      expect(text.slice(it.span.start, it.span.end)).toMatch(/^[A-Z]+ \[/);
  });
});

describe.each(snippetsOf("compose"))("$name", ({ body }) => {
  test("is clean as it is inserted", () => {
    expect(checkCompose(composeOf(expandSnippet(body)), { onFailure })).toEqual([]);
  });
});

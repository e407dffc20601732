import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../../../server/src/rules/all.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { expectProblems } from "../../support/check.ts";
import { expectComposeProblems } from "../../support/compose.ts";
import { readMarkers } from "../../support/markers.ts";
import { contextOf, modelOf } from "../../support/model.ts";
import { isAboutDockerfiles, isAboutSideFiles } from "../../support/rule-kinds.ts";
import { expectSideFileProblems } from "../../support/side-files.ts";

const folders = ["compose", "dockerfile", "environment", "ignore"];

test("every rule file is listed, under its own name and in order", () => {
  const files = folders
    .flatMap((it) => readdirSync(`server/src/rules/${it}`))
    .filter((it) => it.endsWith(".ts"));
  expect(rules.map((it) => `${it.id}.ts`)).toEqual(files.toSorted());
});

test("no two rules share an alias but those that agreed to", () => {
  const owners = new Map<string, string[]>();
  for (const rule of rules)
    for (const it of rule.aliases) owners.set(it, [...(owners.get(it) ?? []), rule.id]);
  const shared = [...owners].filter(([, ids]) => ids.length > 1);
  // Shell form where there is no shell is the worse mistake, and is reported once.
  expect(Object.fromEntries(shared)).toEqual({
    // A RUN of nothing but `cd` or `service` is the worse mistake, and is reported once.
    DL3001: ["run-state-lost", "senseless-command"],
    DL3003: ["cd-in-run", "run-state-lost"],
    // What looks like exec form and is none is shell form to others.
    DL3025: ["malformed-exec-form", "no-shell", "shell-form-swallows-signals"],
    JSONArgsRecommended: ["malformed-exec-form", "no-shell", "shell-form-swallows-signals"],
    // A blank in front of the sign makes the old form of it.
    LegacyKeyValueFormat: ["label-or-env-with-blank", "legacy-key-value-format"],
    // Of a variable that the ENV itself sets, BuildKit says that it is undefined.
    // What nothing else sets may be an argument for FROM, one of the platform, or another variable.
    UndefinedVar: [
      "argument-out-of-scope",
      "environment-refers-to-itself",
      "platform-argument-undeclared",
      "undefined-variable",
    ],
    // An argument that is declared nowhere leaves an image that is none.
    InvalidDefaultArgInFrom: ["invalid-default-argument-in-from", "undefined-argument-in-from"],
    // Hadolint takes each name that is no stage for one mistake: a slip is one, an image without a version another.
    DL3022: ["circular-stages", "unknown-stage", "unpinned-copy-source"],
    // What other linters say in one breath for all of the schema.
    "invalid-schema": [
      "invalid-name",
      "malformed-value",
      "missing-key",
      "repeated-entry",
      "unknown-key",
      "unknown-value",
      "wrong-type",
    ],
    // A secret by its own name, and one that comes along.
    S53: ["secret-file-copied", "secret-in-image"],
    // One mistake with several kinds of names.
    S96: ["unknown-config", "unknown-network", "unknown-secret", "unknown-volume", "unused-resource"],
  });
});

describe.each(rules)("$id", (rule) => {
  test("its id is kebab-case and no alias of another rule", () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rules.filter((it) => it.aliases.includes(rule.id))).toEqual([]);
  });

  test("says what it is in one line, and why in sentences", () => {
    expect(rule.title).toMatch(/^[A-Z][^\n]{9,70}[^.\n]$/);
    for (const text of [rule.docs.what, rule.docs.why]) expect(text.trim()).toMatch(/^[A-Z`][\s\S]{60,}\.$/);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(rule.tags.length).toBeGreaterThan(0);
  });

  test("its bad example is marked with a message, its good one is not", () => {
    const marked = readMarkers(rule.docs.bad).expected;
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.some((it) => it.label.startsWith(`${rule.id}: `))).toBe(true);
    expect(readMarkers(rule.docs.good).expected).toEqual([]);
  });
});

describe.each(rules.filter(isAboutSideFiles))("$id", (rule) => {
  test("its documented examples hold", () => {
    const { bad, good, context } = rule.docs;
    for (const it of [bad, good]) expectSideFileProblems(rule, it, context ? { files: context } : {});
  });
});

describe.each(rules.filter((it) => it.looksAt === "compose" && it.docs.context))("$id", (rule) => {
  test("its documented examples hold beside other files", () => {
    const { bad, good, context: files = {} } = rule.docs;
    const { Dockerfile } = files;
    const around = { files, ...(Dockerfile !== undefined && { dockerfiles: { Dockerfile } }) };
    for (const it of [bad, good]) expectComposeProblems(rule, it, around);
  });
});

describe.each(rules.filter(isAboutDockerfiles))("$id", (rule) => {
  test("its documented examples hold", () => {
    const { bad, good, policy, context: files } = rule.docs;
    const inputs = { ...(policy && { policy }), ...(files && { context: contextOf(files, "given") }) };
    expectProblems(rule, bad, inputs);
    expectProblems(rule, good, inputs);
  });

  test("nothing else in its examples ends the build", () => {
    const { bad, good, policy, context: files } = rule.docs;
    const inputs = files ? { context: contextOf(files, "given") } : {};
    const errors = [bad, good].flatMap((it) =>
      checkDockerfile(modelOf(readMarkers(it).text, inputs), { ...(policy && { policy }) }).filter(
        ({ rule: id, severity }) => severity === "error" && id !== rule.id,
      ),
    );
    expect(errors.map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
  });
});

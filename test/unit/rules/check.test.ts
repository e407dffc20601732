import { expect, test } from "vitest";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import { type StageRule, stageRule } from "../../../server/src/rules/rule.ts";
import { modelOf } from "../../support/model.ts";

/** Reports each instruction of a name, under an alias of its own. */
function finds(id: string, instruction: string, more: Partial<StageRule> = {}): StageRule {
  return stageRule({
    id,
    title: "",
    severity: "warning",
    tags: ["clarity"],
    aliases: [`DL-${id}`],
    since: "0.1.0",
    fix: "none",
    enabled: true,
    docs: { what: "", why: "", bad: "", good: "" },
    check(stage, report) {
      for (const it of stage.instructions) if (it.name === instruction) report(it.keyword, "");
    },
    ...more,
  });
}

const a = finds("a", "RUN");
const b = finds("b", "CMD");
const text = "FROM alpine:3.24\nCMD a\nRUN b\nNONSENSE\n";

test("all problems in order of place, those of the syntax among them", () => {
  const found = checkDockerfile(modelOf(text), { rules: [a, b] });
  expect(found.map((it) => it.rule)).toEqual(["b", "a", "unknown-instruction"]);
  expect(found.at(-1)).toMatchObject({ severity: "error", tags: ["build"] });
});

test("severities by id, by alias, and off; an id goes before an alias", () => {
  const severities = (options: Record<string, "error" | "hint" | "off">) =>
    checkDockerfile(modelOf(text), { rules: [a, b], severities: [options] }).map(
      (it) => `${it.rule} ${it.severity}`,
    );
  expect(severities({ a: "error" })).toEqual(["b warning", "a error", "unknown-instruction error"]);
  expect(severities({ "DL-a": "hint", b: "off" })).toEqual(["a hint", "unknown-instruction error"]);
  expect(severities({ "DL-a": "off", a: "hint" })).toContain("a hint");
  expect(severities({ "unknown-instruction": "off" })).toEqual(["b warning", "a warning"]);
});

test("a rule that is not enabled runs when it is asked for", () => {
  const quiet = finds("quiet", "RUN", { enabled: false });
  const found = (options: object) =>
    checkDockerfile(modelOf("FROM alpine:3.24\nRUN b\n"), { rules: [quiet], ...options }).length;
  expect(found({})).toBe(0);
  expect(found({ allRules: true })).toBe(1);
  expect(found({ severities: [{ quiet: "info" }] })).toBe(1);
  expect(found({ severities: [{ "DL-quiet": "info" }] })).toBe(1);
  expect(found({ allRules: true, severities: [{ quiet: "off" }] })).toBe(0);
});

test("a rule that throws costs its own answer, and is told of", () => {
  const broken = finds("broken", "RUN", {
    check() {
      throw new Error("oh");
    },
  });
  const failures: string[] = [];
  const found = checkDockerfile(modelOf(text), {
    rules: [broken, a],
    onFailure: ({ rule, error }) => failures.push(`${rule}: ${error instanceof Error ? error.message : ""}`),
  });
  expect(found.map((it) => it.rule)).toContain("a");
  expect(failures).toEqual(["broken: oh"]);
});

test("comments of the file silence", () => {
  const file = "FROM alpine:3.24\n# plimsoll ignore=a\nRUN b\n# hadolint ignore=DL-b\nCMD a\n";
  expect(checkDockerfile(modelOf(file), { rules: [a, b] })).toEqual([]);
});

test("a finding may stand for some of its rule's aliases", () => {
  const some = finds("some", "RUN", {
    aliases: ["X1", "X2"],
    check: (stage, report) => report(stage.from.keyword, "", { aliases: ["X2"] }),
  });
  const found = (comment: string) =>
    checkDockerfile(modelOf(`# hadolint global ignore=${comment}\nFROM alpine:3.24\n`), { rules: [some] })
      .length;
  expect([found("X1"), found("X2")]).toEqual([1, 0]);
});

test("a syntax problem goes by the names that other linters have for it", () => {
  const found = checkDockerfile(modelOf("FROM alpine:3.24\nUSER 1\nEXPOSE 80000\n"));
  expect(found.map((it) => [it.rule, it.aliases])).toEqual([["invalid-port", ["DL3011", "DS-0008"]]]);
  const silenced = "FROM alpine:3.24\nUSER 1\n# hadolint ignore=DL3011\nEXPOSE 80000\n";
  expect(checkDockerfile(modelOf(silenced))).toEqual([]);
});

test("severities by tag: behind ids and aliases, for rules alone, and for none that is off by default", () => {
  const c = finds("c", "RUN", { tags: ["size", "security"], aliases: [] });
  const quiet = finds("quiet", "RUN", { enabled: false, aliases: [] });
  const found = (...severities: Record<string, "error" | "hint" | "off">[]) =>
    checkDockerfile(modelOf(text), { rules: [a, b, c, quiet], severities }).map(
      (it) => `${it.rule} ${it.severity}`,
    );
  expect(found({ security: "error", clarity: "off" })).toEqual(["c error", "unknown-instruction error"]);
  expect(found({ clarity: "off", a: "hint" })).toContain("a hint");
  expect(found({ clarity: "hint" })).toEqual(["b hint", "a hint", "c warning", "unknown-instruction error"]);
  expect(found({ build: "off" })).toContain("unknown-instruction error");
  // The first tag says best what a rule is about.
  expect(found({ size: "hint", security: "error" })).toContain("c hint");
});

test("the nearer severities go before the farther, however they name the rule", () => {
  const quiet = finds("quiet", "RUN", { enabled: false, tags: ["size"] });
  const found = (...severities: Record<string, "error" | "hint" | "off">[]) =>
    checkDockerfile(modelOf("FROM alpine:3.24\nRUN b\n"), { rules: [a, quiet], severities }).map(
      (it) => `${it.rule} ${it.severity}`,
    );
  expect(found({ clarity: "error" }, { a: "off" })).toEqual(["a error"]);
  expect(found({ "DL-a": "hint" }, { a: "off" })).toEqual(["a hint"]);
  expect(found({ a: "off" }, { a: "error" })).toEqual([]);
  expect(found({ size: "error" }, { quiet: "hint" })).toEqual(["a warning", "quiet error"]);
  expect(found({ size: "error" }, { quiet: "off" })).toEqual(["a warning"]);
  expect(found({ size: "off" }, { quiet: "hint" })).toEqual(["a warning"]);
});

test("error=true makes BuildKit's checks errors, and experimental= runs the one that is off", () => {
  const check = finds("check", "RUN", { aliases: ["FromAsCasing"], severity: "info" });
  const experimental = finds("experimental", "RUN", {
    aliases: ["InvalidDefinitionDescription"],
    enabled: false,
  });
  const found = (directive: string, severity?: "hint" | "off") =>
    checkDockerfile(modelOf(`# check=${directive}\nFROM alpine:3.24\nRUN b\n`), {
      rules: [a, check, experimental],
      ...(severity && { severities: [{ check: severity }] }),
    }).map((it) => `${it.rule} ${it.severity}`);
  expect(found("error=true")).toEqual(["a warning", "check error"]);
  expect(found("error=0")).toEqual(["a warning", "check info"]);
  // The build fails all the same.
  expect(found("error=true", "hint")).toEqual(["a warning", "check error"]);
  expect(found("error=true", "off")).toEqual(["a warning"]);
  expect(found("skip=FromAsCasing;error=true")).toEqual(["a warning"]);
  expect(found("skip=all;experimental=all")).toEqual(["a warning", "experimental warning"]);
  expect(found("experimental=InvalidDefinitionDescription;error=true")).toContain("experimental error");
  expect(found("experimental=Other;skip=FromAsCasing")).toEqual(["a warning"]);
});

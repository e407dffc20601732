import { describe, expect, test } from "vitest";
import { quickFixes } from "../../../server/src/features/code-actions.ts";
import { difference, fixAll } from "../../../server/src/features/fix-all.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { checkDockerfile } from "../../../server/src/rules/check.ts";
import type { Problem } from "../../../server/src/rules/rule.ts";
import { applyEdits, replace } from "../../../server/src/text/edit.ts";
import { modelOf } from "../../support/model.ts";

function problemsOf(text: string): Problem[] {
  return checkDockerfile(modelOf(text, { images: shippedImages }));
}

/** Titles at the first place of `at`. */
function offered(text: string, at: string) {
  const { file } = modelOf(text, { images: shippedImages });
  const start = text.indexOf(at);
  return quickFixes(file, problemsOf(text), { start, end: start });
}

/** The text after the action with this title. */
function acted(text: string, at: string, title: string): string {
  const action = offered(text, at).find((it) => it.title === title);
  if (!action)
    throw new Error(
      `Not offered: ${title}; but ${offered(text, at)
        .map((it) => it.title)
        .join(", ")}`,
    );
  return applyEdits(text, action.edits);
}

describe("silencing", () => {
  const text = "FROM scratch AS builder\nFROM scratch\nCOPY --from=biulder /a /b\nUSER 1000\n";

  test("a comment above the instruction takes the problem away, and only there", () => {
    const fixed = acted(text, "biulder", "Ignore unknown-stage here");
    expect(fixed).toBe(
      "FROM scratch AS builder\nFROM scratch\n# plimsoll ignore=unknown-stage\nCOPY --from=biulder /a /b\nUSER 1000\n",
    );
    expect(problemsOf(text).map((it) => it.rule)).toContain("unknown-stage");
    expect(problemsOf(fixed).map((it) => it.rule)).not.toContain("unknown-stage");
  });

  test("joins a comment that is there", () => {
    const fixed = acted(
      text.replace("COPY", "# plimsoll ignore=no-shell\nCOPY"),
      "biulder",
      "Ignore unknown-stage here",
    );
    expect(fixed).toContain("# plimsoll ignore=no-shell,unknown-stage\nCOPY");
  });

  test("for the file, below the directives, which have to stay first", () => {
    const fixed = acted(
      `# syntax=docker/dockerfile:1\n${text}`,
      "biulder",
      "Ignore unknown-stage in this file",
    );
    expect(fixed).toMatch(/^# syntax=docker\/dockerfile:1\n# plimsoll global ignore=unknown-stage\nFROM/);
    expect(modelOf(fixed).file.directives).toHaveLength(1);
    expect(problemsOf(fixed).map((it) => it.rule)).not.toContain("unknown-stage");
  });

  test("keeps CRLF and the byte order mark", () => {
    const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    const fixed = acted(windows, "biulder", "Ignore unknown-stage in this file");
    expect(fixed).toMatch(/^\uFEFF# plimsoll global ignore=unknown-stage\r\nFROM/);
    expect(fixed).not.toMatch(/[^\r]\n/);
  });

  test("what stops a build cannot be silenced", () => {
    const broken = "FROM alpine\nRUNN true\n";
    expect(problemsOf(broken).length).toBeGreaterThan(0);
    expect(offered(broken, "RUNN").filter((it) => it.title.startsWith("Ignore unknown-instruction"))).toEqual(
      [],
    );
  });
});

describe("order", () => {
  test("safe fixes first and preferred, unsafe ones named so, silencing last", () => {
    const fixes = (kind: "safe" | "unsafe", title: string) => ({
      kind,
      title,
      edits: [replace({ start: 0, end: 1 }, "x")],
    });
    const problem: Problem = {
      rule: "runs-as-root",
      aliases: [],
      severity: "warning",
      tags: [],
      span: { start: 0, end: 4 },
      message: "",
      related: [],
      fixes: [fixes("unsafe", "Risk"), fixes("safe", "Do")],
    };
    const actions = quickFixes(modelOf("FROM alpine\n").file, [problem], { start: 0, end: 0 });
    expect(actions.map((it) => it.title)).toEqual([
      "Do",
      "Risk (may change the build)",
      "Ignore runs-as-root here",
      "Ignore runs-as-root in this file",
    ]);
    expect(actions.map((it) => it.preferred)).toEqual([true, false, false, false]);
  });
});

describe("fix all", () => {
  const problem = (start: number, newText: string, kind: "safe" | "unsafe" = "safe"): Problem => ({
    rule: "r",
    aliases: [],
    severity: "hint",
    tags: [],
    span: { start, end: start + 1 },
    message: "",
    related: [],
    fixes: [{ kind, title: "t", edits: [replace({ start, end: start + 1 }, newText)] }],
  });

  test("goes on until nothing is left", () => {
    const check = (text: string) =>
      [...text].flatMap((it, at) =>
        it > "a" ? [problem(at, String.fromCharCode(it.charCodeAt(0) - 1))] : [],
      );
    expect(fixAll("cab", check, "safe")).toEqual({ text: "aaa", left: [], made: 3 });
  });

  test("ends when fixes undo each other", () => {
    const check = (text: string) => [problem(0, text === "a" ? "b" : "a")];
    expect(fixAll("a", check, "safe").left).toHaveLength(1);
  });

  test("unsafe fixes only when asked for", () => {
    const check = (text: string) => (text === "a" ? [problem(0, "b", "unsafe")] : []);
    expect(fixAll("a", check, "safe").text).toBe("a");
    expect(fixAll("a", check, "unsafe").text).toBe("b");
  });

  test("the difference is one edit, as small as can be", () => {
    expect(difference("same", "same")).toEqual([]);
    for (const [before, now] of [
      ["abcd", "abXcd"],
      ["aa", "aaa"],
      ["", "x"],
      ["abc", "c"],
      ["aXa", "aa"],
    ] as const) {
      expect(applyEdits(before, difference(before, now))).toBe(now);
    }
    expect(difference("abcd", "abXd")).toEqual([{ span: { start: 2, end: 3 }, newText: "X" }]);
  });
});

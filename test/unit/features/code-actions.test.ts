import { describe, expect, test } from "vitest";
import { quickFixes } from "../../../server/src/features/code-actions.ts";
import { difference, fixAll } from "../../../server/src/features/fix-all.ts";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { checkCompose, checkDockerfile } from "../../../server/src/rules/check.ts";
import type { Problem } from "../../../server/src/rules/rule.ts";
import { applyEdits, replace } from "../../../server/src/text/edit.ts";
import { composeOf } from "../../support/compose.ts";
import { modelOf } from "../../support/model.ts";

function problemsOf(text: string): Problem[] {
  return checkDockerfile(modelOf(text, { images: shippedImages }));
}

/** Titles at the first place of `at`. */
function offered(text: string, at: string) {
  const { file } = modelOf(text, { images: shippedImages });
  const start = text.indexOf(at);
  return quickFixes({ file, comments: true }, problemsOf(text), { start, end: start });
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
    const actions = quickFixes({ file: modelOf("FROM alpine\n").file, comments: true }, [problem], {
      start: 0,
      end: 0,
    });
    expect(actions.map((it) => it.title)).toEqual([
      "Do",
      "Risk (may change the build)",
      "Ignore runs-as-root here",
      "Ignore runs-as-root in this file",
    ]);
    expect(actions.map((it) => it.preferred)).toEqual([true, false, false, false]);
  });
});

test("a fix that is not safe says what it may change: of a Compose file what runs", () => {
  const text = "services: { a: { image: alpine, networks: [front] } }\n";
  const project = composeOf(text);
  const problems = checkCompose(project).filter((it) => it.rule === "unknown-network");
  const target = { file: project.file, comments: true };
  const [first] = quickFixes(target, problems, { start: 0, end: text.length }, "what runs");
  expect(first?.title).toBe("Declare front under networks (may change what runs)");
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

  test("no fix that changes another file, as it has this text alone", () => {
    const others = [{ kind: "create", file: "/a", text: "" }] as const;
    const elsewhere = (it: Problem) => ({ ...it, fixes: it.fixes.map((fix) => ({ ...fix, others })) });
    const check = (text: string) => (text === "a" ? [elsewhere(problem(0, "b", "unsafe"))] : []);
    expect(fixAll("a", check, "unsafe")).toMatchObject({ text: "a", made: 0 });
    const target = { file: modelOf("FROM alpine\n").file, comments: true };
    expect(quickFixes(target, check("a"), { start: 0, end: 0 })[0]?.others).toEqual(others);
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

describe("silencing a check of BuildKit", () => {
  const body = "FROM alpine:3.24 as one\nUSER 1\n";
  const title = "Ignore FromAsCasing in this file, for BuildKit too";
  const after = (head: string) => acted(head + body, "as one", title);

  test.each([
    ["", "# check=skip=FromAsCasing\n"],
    ["# plain\n", "# check=skip=FromAsCasing\n# plain\n"],
    ["\n# syntax=x\n", "# check=skip=FromAsCasing\n\n# syntax=x\n"],
    ["# syntax=docker/dockerfile:1\n", "# syntax=docker/dockerfile:1\n# check=skip=FromAsCasing\n"],
    [
      "# syntax=docker/dockerfile:1\n# escape=`\n# Ours.\n",
      "# syntax=docker/dockerfile:1\n# escape=`\n# check=skip=FromAsCasing\n# Ours.\n",
    ],
    ["# check=skip=StageNameCasing\n", "# check=skip=StageNameCasing,FromAsCasing\n"],
    [
      "#check = skip=A,B;error=true\n# syntax=docker/dockerfile:1\n",
      "#check = skip=A,B,FromAsCasing;error=true\n# syntax=docker/dockerfile:1\n",
    ],
    ["# check=error=true\n", "# check=error=true;skip=FromAsCasing\n"],
    ["# check=error=true;skip=\n", "# check=error=true;skip=FromAsCasing\n"],
    [
      "# check=experimental=all;skip=A;error=true\n",
      "# check=experimental=all;skip=A,FromAsCasing;error=true\n",
    ],
    ["\uFEFF# Ours.\r\n", "\uFEFF# check=skip=FromAsCasing\r\n# Ours.\r\n"],
    ["# check=skip=A\r\n", "# check=skip=A,FromAsCasing\r\n"],
  ])("%j", (before, expected) => {
    const fixed = after(before);
    expect(fixed).toBe(expected + body);
    expect(modelOf(fixed).file.directives.map((it) => it.name)).toEqual(
      expect.arrayContaining([...modelOf(before + body).file.directives.map((it) => it.name), "check"]),
    );
    expect(problemsOf(fixed).map((it) => it.rule)).not.toContain("as-casing-differs");
    expect(problemsOf(fixed).flatMap((it) => it.aliases)).not.toContain("FromAsCasing");
  });

  test.each([
    // Another frontend, or one that knows no checks yet.
    "# syntax=example/frontend\n",
    "# syntax=docker/dockerfile:1.4\n",
    // Nothing may stand above these, and no directive behind them.
    "#!/usr/bin/env -S docker build -f\n",
    "// syntax=docker/dockerfile:1\n",
    // Not to be made worse.
    "# check=nonsense\n",
    // Read up to the first blank.
    "# check=skip = A, B ;error=true\n",
  ])("a comment of ours where there can be no directive: %j", (head) => {
    const titles = offered(head + body, "as one").map((it) => it.title);
    expect(titles).not.toContain(title);
    const ours = titles.find((it) => /^Ignore .* in this file$/.test(it)) ?? "";
    const fixed = acted(head + body, "as one", ours);
    expect(fixed).toContain("# plimsoll global ignore=");
    expect(fixed.split("\n")[0]).toBe(head.trimEnd());
    expect(problemsOf(fixed).flatMap((it) => it.aliases)).not.toContain("FromAsCasing");
  });
});

test("where comments silence nothing, only BuildKit's directive is offered", () => {
  const text = "FROM alpine:3.24 as one\nUSER nobody-there\n";
  const { file } = modelOf(text, { images: shippedImages });
  const titles = quickFixes({ file, comments: false }, problemsOf(text), { start: 0, end: text.length })
    .map((it) => it.title)
    .filter((it) => it.startsWith("Ignore"));
  expect(titles).toEqual(["Ignore FromAsCasing in this file, for BuildKit too"]);
});

describe("silencing an instruction", () => {
  const text = "FROM scratch AS builder\nFROM scratch\nCOPY --from=biulder /a /b\nUSER 1000\n";
  const above = (comments: string) =>
    acted(text.replace("COPY", `${comments}COPY`), "biulder", "Ignore unknown-stage here").slice(
      text.indexOf("COPY"),
    );

  test("comments of other tools stay next to it", () => {
    expect(above("# hadolint ignore=DL3000\n")).toMatch(
      /^# plimsoll ignore=unknown-stage\n# hadolint ignore=DL3000\nCOPY/,
    );
    expect(above("# Why.\n# check=skip=A\n")).toMatch(
      /^# Why.\n# plimsoll ignore=unknown-stage\n# check=skip=A\nCOPY/,
    );
    expect(above("# plimsoll ignore=no-shell\n# hadolint ignore=DL3000\n")).toMatch(
      /^# plimsoll ignore=no-shell,unknown-stage\n# hadolint ignore=DL3000\nCOPY/,
    );
    expect(above("# plimsoll ignore=a \r\n")).toMatch(/^# plimsoll ignore=a ,unknown-stage\r\nCOPY/);
    expect(above("# Why.\n")).toMatch(/^# Why.\n# plimsoll ignore=unknown-stage\nCOPY/);
  });
});

describe("silencing in a Compose file", () => {
  function actions(text: string, at: string) {
    const project = composeOf(text);
    const problems = checkCompose(project);
    const start = text.indexOf(at);
    return quickFixes({ file: project.file, comments: true }, problems, { start, end: start });
  }
  function compose(text: string, at: string, title: string): string {
    const action = actions(text, at).find((it) => it.title === title);
    if (!action) throw new Error(`Not offered: ${actions(text, at).map((it) => it.title)}`);
    const fixed = applyEdits(text, action.edits);
    expect(checkCompose(composeOf(fixed)).map((it) => it.rule)).not.toContain("unknown-service");
    return fixed;
  }
  const head = "services:\n  a:\n    image: example/a:1\n";
  const here = "Ignore unknown-service here";

  test("above its line, as far in as the line", () => {
    expect(compose(`${head}    depends_on: [nosuch]\n`, "nosuch", here)).toBe(
      `${head}    # plimsoll ignore=unknown-service\n    depends_on: [nosuch]\n`,
    );
    expect(compose(`${head}    depends_on:\n      - nosuch\n`, "nosuch", here)).toBe(
      `${head}    depends_on:\n      # plimsoll ignore=unknown-service\n      - nosuch\n`,
    );
  });

  test("joins a comment above, or at the end of the line", () => {
    expect(compose(`${head}    depends_on: [nosuch] # plimsoll ignore=x\n`, "nosuch", here)).toBe(
      `${head}    depends_on: [nosuch] # plimsoll ignore=x,unknown-service\n`,
    );
    expect(
      compose(`${head}    # plimsoll ignore=x\n    # Why.\n    depends_on: [nosuch]\n`, "nosuch", here),
    ).toBe(`${head}    # plimsoll ignore=x,unknown-service\n    # Why.\n    depends_on: [nosuch]\n`);
  });

  test("for the file, with CRLF and a byte order mark", () => {
    const text = `\uFEFF${head}    depends_on: [nosuch]\n`.replaceAll("\n", "\r\n");
    expect(compose(text, "nosuch", "Ignore unknown-service in this file")).toMatch(
      /^\uFEFF# plimsoll global ignore=unknown-service\r\nservices:\r\n/,
    );
    const twice = compose(
      `# plimsoll global ignore=x\n${head}    depends_on: [nosuch]\n`,
      "nosuch",
      "Ignore unknown-service in this file",
    );
    expect(twice).toMatch(/^# plimsoll global ignore=x,unknown-service\nservices:/);
  });

  test("never inside of a text of several lines, where a comment is text", () => {
    const text = `${head}    command: >\n      server\n      --db http://nosuch:1\n    environment:\n      X: y\n`;
    const project = composeOf(text);
    const problem: Problem = {
      rule: "host-unknown",
      aliases: [],
      severity: "warning",
      tags: [],
      span: { start: text.indexOf("nosuch"), end: text.indexOf("nosuch") + 6 },
      message: "",
      related: [],
      fixes: [],
    };
    const titles = quickFixes({ file: project.file, comments: true }, [problem], problem.span).map(
      (it) => it.title,
    );
    expect(titles).toEqual(["Ignore host-unknown in this file"]);
  });
});

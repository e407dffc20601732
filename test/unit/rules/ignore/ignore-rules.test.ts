import { describe, expect, test } from "vitest";
import { backslashInPattern } from "../../../../server/src/rules/ignore/backslash-in-pattern.ts";
import { commentInPattern } from "../../../../server/src/rules/ignore/comment-in-pattern.ts";
import { exceptionWithoutEffect } from "../../../../server/src/rules/ignore/exception-without-effect.ts";
import { ignoreFileUnused } from "../../../../server/src/rules/ignore/ignore-file-unused.ts";
import { matchesOnlyAtRoot } from "../../../../server/src/rules/ignore/matches-only-at-root.ts";
import { patternWithoutMatch } from "../../../../server/src/rules/ignore/pattern-without-match.ts";
import { repeatedPattern } from "../../../../server/src/rules/ignore/repeated-pattern.ts";
import { fixedSideFile, problemsOfSideFile, reportsInSideFile } from "../../../support/side-files.ts";

test("what Docker refuses is an error in its place", () => {
  const [found, ...more] = problemsOfSideFile("dist\n[a-\n", "ignore file");
  expect(more).toEqual([]);
  expect(found).toMatchObject({ rule: "ignore-pattern", severity: "error", span: { start: 5, end: 8 } });
});

describe("repeated-pattern", () => {
  test("in any way of writing, unless something between takes it back", () =>
    reportsInSideFile(repeatedPattern)`
      dist
      /dist/
      ^^^^^^ repeated-pattern: The same as the pattern in line 1.
      !dist/a
      dist
      *.log
      ./*.log
      ^^^^^^^ repeated-pattern
    `);
  test("goes with its line, the last one too", () => {
    expect(fixedSideFile("a\r\nb\r\na", repeatedPattern)).toBe("a\r\nb");
    expect(fixedSideFile("a\na\nb\n", repeatedPattern)).toBe("a\nb\n");
  });
});

describe("comment-in-pattern", () => {
  test("behind a pattern, and behind blanks", () => {
    expect(fixedSideFile("a # why\n", commentInPattern)).toBe("# why\na\n");
    expect(fixedSideFile("b\n  # why\n", commentInPattern)).toBe("b\n# why\n");
    expect(fixedSideFile("\uFEFFa # why\r\n", commentInPattern)).toBe("\uFEFF# why\r\na\r\n");
  });
  test("a name with the sign in it", () => {
    expect(problemsOfSideFile("a#b\n#x\n", commentInPattern)).toEqual([]);
    expect(problemsOfSideFile("a #1\n", commentInPattern, { files: { "a #1": "" } })).toEqual([]);
  });
});

test("backslash-in-pattern: between folders, not as an escape", () => {
  expect(fixedSideFile("src\\bin\\x\n", backslashInPattern)).toBe("src/bin/x\n");
  expect(problemsOfSideFile("a\\*\n\\#x\na\\ b\n*\\.log\n", backslashInPattern)).toEqual([]);
});

describe("exception-without-effect", () => {
  const files = { "dist/app.js": "", "dist/app.map": "", "src/a.ts": "", "README.md": "" };
  const reports = reportsInSideFile(exceptionWithoutEffect, { files });
  test("nothing above, or kept out again below", () => reports`
    !src
    ^^^^ exception-without-effect: Nothing above keeps src out, so there is nothing to make an exception of.
    !dist/app.js
    ^^^^^^^^^^^^ exception-without-effect: The pattern in line 3 keeps dist/app.js out again: the last one that matches counts.
    dist
    *.md
    !README.md
  `);
  test("it does something to what is there", () => reports`
    dist
    !dist/*.js
    *
    !src`);
  test("wildcards that match nothing here are for another day", () => reports`
    *.log
    !keep*.log`);
});

describe("matches-only-at-root", () => {
  const files = { "node_modules/a.js": "", "web/node_modules/b.js": "", "web/x.pyc": "", "web/dist/x": "" };
  const reports = reportsInSideFile(matchesOnlyAtRoot, { files });
  test("where others of the name stay in", () => reports`
    node_modules/
    ^^^^^^^^^^^^^ matches-only-at-root: This matches at the root of the build context alone: web/node_modules stays in.
    *.pyc
    ^^^^^ matches-only-at-root
    /x.pyc
    dist
  `);
  test("not where another pattern takes them", () => reports`
    node_modules
    web
    *.pyc`);
  test("its fix", () =>
    expect(fixedSideFile("node_modules/\n", matchesOnlyAtRoot, { files })).toBe("**/node_modules/\n"));
});

describe("pattern-without-match", () => {
  const files = { "secrets/key": "", "app.js": "", ".env": "" };
  const reports = reportsInSideFile(patternWithoutMatch, { files });
  test("only where something of nearly that name stays in", () => reports`
    secret
    ^^^^^^ pattern-without-match: The build context has no secret, but secrets.
    coverage
    *.lgo
    .env
  `);
  test("not where the near one is kept out as well", () => reports`
    secret
    secrets`);
});

describe("ignore-file-unused", () => {
  const own = { Dockerfile: "FROM scratch\nCOPY app /\n", "Dockerfile.dockerignore": "x\n", app: "" };
  const found = (files: Readonly<Record<string, string>>, name = ".dockerignore") =>
    problemsOfSideFile("x\n", ignoreFileUnused, { files, name }).map((it) => it.message);
  test("each Dockerfile has its own", () => {
    expect(found(own)).toEqual([
      "No build reads this file: Dockerfile has its own, Dockerfile.dockerignore.",
    ]);
    expect(found({ ...own, "Dockerfile.dev": "FROM scratch\n" })).toEqual([]);
    expect(found({})).toEqual([]);
  });
  test("there is no such Dockerfile", () => {
    expect(found(own, "Dockerfile.dockerignore")).toEqual([]);
    expect(found(own, "Dockerfile.prod.dockerignore")).toEqual([
      "No build reads this file: there is no Dockerfile Dockerfile.prod beside it.",
    ]);
  });
});

test("comments silence", () => {
  const text = "# plimsoll ignore=repeated-pattern\n";
  expect(problemsOfSideFile("a\na\n", repeatedPattern)).toHaveLength(1);
  expect(problemsOfSideFile(`a\n${text}a\n`, repeatedPattern)).toEqual([]);
});

test("matches-only-at-root: not names that folders have by chance", () => {
  const files = {
    "apps/web/scripts/a.sh": "",
    "apps/web/Makefile": "",
    "apps/web/config/a.json": "",
    "apps/web/.env": "",
  };
  reportsInSideFile(matchesOnlyAtRoot, { files })`
    scripts
    Makefile
    config
    .env
    ^^^^ matches-only-at-root
  `;
});

import { expect, test } from "vitest";
import { ignoreFileUnreadable as rule } from "../../../../server/src/rules/dockerfile/ignore-file-unreadable.ts";
import { problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("once, where the context is first copied from", () => {
  reports(rule, { context: contextOf({ ".dockerignore": "a\n!\n" }) })`
    FROM alpine:3.24 AS one
    COPY --from=nginx:1.29 /a /a
    FROM alpine:3.24
    COPY a /a/
    ^^^^ ignore-file-unreadable: Docker refuses the ignore file: line 2: \`!\` stands alone.
    COPY b /a/
  `;
});

test("what cannot be read at all weighs less", () => {
  const unreadable = { kind: "unreadable", file: "/c/.dockerignore", own: false, span: undefined } as const;
  const context = {
    ...contextOf({}),
    ignoreFile: { ...unreadable, problem: "it cannot be read" },
  };
  const found = problemsOf(rule, { context })`
    FROM alpine:3.24
    COPY a /a/
  `;
  expect(found.map((it) => it.severity)).toEqual(["warning"]);
});

test("not one that Docker reads", () => {
  reports(rule, { context: contextOf({ ".dockerignore": "a\n# [\n!a/b\n[a-c]\n" }) })`
    FROM alpine:3.24
    COPY a /a/
  `;
});

import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../../setup/places.ts";
import { outcomeOf } from "../../setup/suites.ts";

interface File {
  readonly status: "passed" | "failed";
  readonly message?: string;
  readonly failed?: readonly { readonly fullName: string; readonly failureMessages: readonly string[] }[];
}

function report(passed: number, file?: File): string {
  return JSON.stringify({
    numPassedTests: passed,
    testResults: file
      ? [
          {
            name: path.join(root, "test/unit/a.test.ts"),
            status: file.status,
            message: file.message ?? "",
            assertionResults: (file.failed ?? []).map((it) => ({ ...it, status: "failed" })),
          },
        ]
      : [],
  });
}

test("tests are counted, not files", () => {
  expect(outcomeOf(report(12, { status: "passed" }), 0)).toEqual({ passed: 12, failures: [] });
});

test("each failed test is told with what it says, without the stack", () => {
  const failed = [
    {
      fullName: "a build is told",
      failureMessages: ["AssertionError: expected 1 to be 2\n\n    at a.ts:1:2\n    at b.ts:3:4", "again"],
    },
    { fullName: "a build is cancelled", failureMessages: [] },
  ];
  expect(outcomeOf(report(3, { status: "failed", failed }), 1)).toEqual({
    passed: 3,
    failures: [
      { test: "test/unit/a.test.ts: a build is told", why: "AssertionError: expected 1 to be 2" },
      { test: "test/unit/a.test.ts: a build is cancelled", why: undefined },
    ],
  });
});

test("a file that could not be loaded is a failure", () => {
  expect(outcomeOf(report(3, { status: "failed", message: "Cannot find module x" }), 1)).toEqual({
    passed: 3,
    failures: [{ test: "test/unit/a.test.ts", why: "Cannot find module x" }],
  });
});

test("a status that no test explains is a failure", () => {
  expect(outcomeOf(report(3), 1).failures).toHaveLength(1);
});

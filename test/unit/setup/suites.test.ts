import { expect, test } from "vitest";
import { count } from "../../setup/suites.ts";

function report(
  passed: number,
  failed: number,
  files: readonly { status: string; tests: readonly string[] }[] = [],
): string {
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map((it) => ({
      status: it.status,
      assertionResults: it.tests.map((status) => ({ status })),
    })),
  });
}

test("tests are counted, not files", () => {
  expect(count(report(12, 0, [{ status: "passed", tests: ["passed"] }]), 0)).toEqual({
    passed: 12,
    failed: 0,
  });
});

test("a file with a failed test counts once per test", () => {
  expect(count(report(3, 2, [{ status: "failed", tests: ["failed", "failed"] }]), 1)).toEqual({
    passed: 3,
    failed: 2,
  });
});

test("a file that could not be loaded is a failure", () => {
  expect(count(report(3, 0, [{ status: "failed", tests: [] }]), 1)).toEqual({ passed: 3, failed: 1 });
});

test("a status that no test explains is a failure", () => {
  expect(count(report(3, 0), 1)).toEqual({ passed: 3, failed: 1 });
});

import { expect, test } from "vitest";
import type { BudgetInfo } from "../../../client/src/shared/server-messages.ts";
import { fits, judge, repositoryOf } from "../../../client/src/sizes/budget.ts";

function budget(of: BudgetInfo["of"], bytes: number, image: string | null = null): BudgetInfo {
  return { of, bytes, image, severity: "warning", from: { kind: "configuration", path: null, pattern: "x" } };
}

test("of each measure the first that is about the image counts", () => {
  const budgets = [
    budget("disk", 10, "web"),
    budget("transfer", 7),
    budget("disk", 100, "api"),
    budget("disk", 50),
    budget("transfer", 1),
  ];
  expect(judge(budgets, ["api:1"], { disk: 112, transfer: 7 })).toEqual([
    { budget: budgets[2], size: 112, over: 12 },
    { budget: budgets[1], size: 7, over: 0 },
  ]);
  expect(judge(budgets, [], { disk: 40, transfer: undefined })).toEqual([
    { budget: budgets[3], size: 40, over: 0 },
    { budget: budgets[1], size: undefined, over: 0 },
  ]);
  expect(judge([], ["api"], { disk: 1, transfer: 1 })).toEqual([]);
});

test.each([
  ["api:1.2", "api"],
  ["api@sha256:0123", "api"],
  ["ghcr.io/acme/team/api:1", "ghcr.io/acme/*"],
  ["localhost:5000/api:1", "localhost:5000/api"],
  ["api:1.2", "api:1.*"],
  ["alpine:3.24", "docker.io/library/alpine"],
  ["docker.io/acme/api:1", "acme/*"],
  ["anything:1", "*"],
  ["api:1", "ap?"],
])("%s is meant by %s", (reference, pattern) => {
  expect(fits(reference, pattern)).toBe(true);
});

test.each([
  ["api:1.2", "api:1"],
  ["web-api:1", "api"],
  ["ghcr.io/acme/api:1", "api"],
  ["api:1", "a.i"],
])("%s is not meant by %s", (reference, pattern) => {
  expect(fits(reference, pattern)).toBe(false);
});

test("the repository of a reference", () => {
  expect(["a", "a:1", "h:5000/a", "h:5000/a:1@sha256:2"].map(repositoryOf)).toEqual([
    "a",
    "a",
    "h:5000/a",
    "h:5000/a",
  ]);
});

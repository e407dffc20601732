import { expect, test } from "vitest";
import type { PatternBudget } from "../../../../server/src/rules/size-budget.ts";
import { budgetsFor } from "../../../../server/src/workspace/configuration/size-budgets.ts";

/** `pattern file` for what is about all that is built from the file, `pattern image` for what is about images of that name. */
function patternsFor(
  path: string | undefined,
  sources: Readonly<Record<string, readonly string[]>>,
): string[] {
  const found = budgetsFor(
    path,
    Object.entries(sources).map(([folder, patterns]) => {
      const sizeBudgets = patterns.map((pattern): PatternBudget => ({ pattern, of: "disk", bytes: 1 }));
      return { folder, path: `${folder}/.plimsoll.yaml`, configuration: { sizeBudgets } };
    }),
  );
  return found.map((it) => `${it.pattern} ${it.byReference ? "image" : "file"}`);
}

test("folders and files from where the configuration is, the most exact first", () => {
  expect(
    patternsFor("/p/services/api/Dockerfile", {
      "/p": ["*", "services/*", "services/api", "services/api/Dockerfile", "services/web", "./"],
    }),
  ).toEqual([
    "services/api/Dockerfile file",
    "services/api file",
    "services/web image",
    "./ file",
    "services/* file",
    "* file",
  ]);
});

test("what is written like a path is no image", () => {
  expect(patternsFor("/p/api/Dockerfile", { "/p": ["./web", "web/", "../x", "web"] })).toEqual(["web image"]);
});

test("the nearer source first, whatever is more exact", () => {
  expect(
    patternsFor("/p/a/Dockerfile", { "/p/a": ["*"], "/p": ["a/Dockerfile"], "/q": ["Dockerfile"] }),
  ).toEqual(["* file", "a/Dockerfile file", "Dockerfile image"]);
});

test("without a file there are images alone", () => {
  expect(patternsFor(undefined, { "/p": ["*", "ghcr.io/acme/*", "./"] })).toEqual([
    "ghcr.io/acme/* image",
    "* image",
  ]);
});

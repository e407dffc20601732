import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pagesFolder, rulePages } from "../../setup/docs.ts";

test("the pages of the rules are fresh: npm run docs", () => {
  const written = readdirSync(pagesFolder).map((name): [string, string] => [
    name,
    readFileSync(`${pagesFolder}/${name}`, "utf8"),
  ]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(rulePages()));
});

import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type Configuration,
  layered,
  noConfiguration,
} from "../../../../server/src/rules/configuration/configuration.ts";
import { syntaxCodes } from "../../../../server/src/rules/knowledge/names/syntax-codes.ts";

const of = (more: Partial<Configuration>): Configuration => ({ ...noConfiguration, ...more });

test("the nearest that says something counts, and names are put together", () => {
  const near = of({
    severities: { a: "off" },
    labels: { version: "semver" },
    buildArguments: { A: "near" },
    trustedRegistries: [],
    ignoreComments: false,
  });
  const far = of({
    severities: { a: "error" },
    allRules: true,
    labels: { version: "text", vendor: "text" },
    buildArguments: { A: "far", B: "far" },
    trustedRegistries: ["docker.io"],
    failOn: "hint",
    strictLabels: true,
  });
  expect(layered([near, far])).toEqual({
    severities: [{ a: "off" }, { a: "error" }],
    allRules: true,
    policy: {
      trustedRegistries: undefined,
      labels: { version: "semver", vendor: "text" },
      strictLabels: true,
    },
    buildArguments: { A: "near", B: "far" },
    failOn: "hint",
    ignoreComments: false,
  });
  expect(layered([of({}), far]).policy.trustedRegistries).toEqual(["docker.io"]);
});

test("every code of a syntax problem is known to have a severity", () => {
  const sources = globSync("server/src/syntax/{dockerfile,compose,dotenv}/**/*.ts").map((it) =>
    readFileSync(it, "utf8"),
  );
  const calls = /(?:code: |(?:report|refuse|error|warning|later|fail)\??\.?\(\s*)"([a-z]+(?:-[a-z]+)+)"/g;
  const codes = sources.flatMap((it) => [...it.matchAll(calls)].map(([, code = ""]) => code));
  // Only a rule reports a pattern that cannot be, and how deep words may be nested is a limit of ours.
  const others = ["bad-pattern", "too-deep"];
  expect([...new Set(codes)].filter((it) => !others.includes(it) && !syntaxCodes.includes(it))).toEqual([]);
  expect(codes.length).toBeGreaterThan(50);
});

import { expect, test } from "vitest";
import { globMatcher } from "../../../server/src/text/glob.ts";

test.each([
  ["vendor", "vendor/api/Dockerfile", true],
  ["vendor", "api/vendor/Dockerfile", true],
  ["vendor/", "vendor/Dockerfile", true],
  ["vendor", "vendored/Dockerfile", false],
  ["/vendor", "api/vendor/Dockerfile", false],
  ["./api", "api/Dockerfile", true],
  ["Dockerfile.*", "a/b/Dockerfile.dev", true],
  ["Dockerfile.*", "a/b/Dockerfile", false],
  ["a/*/Dockerfile", "a/b/Dockerfile", true],
  ["a/*/Dockerfile", "a/b/c/Dockerfile", false],
  ["a/**/Dockerfile", "a/b/c/Dockerfile", true],
  ["a/**/Dockerfile", "a/Dockerfile", true],
  ["**/test/**", "a/test/Dockerfile", true],
  ["**", "a/Dockerfile", true],
  ["*.{yml,yaml}", "deploy/compose.yaml", true],
  ["*.{yml,yaml}", "deploy/compose.json", false],
  ["compose.[a-c].yml", "compose.b.yml", true],
  ["compose.[!a-c].yml", "compose.b.yml", false],
  ["compose?.yml", "compose1.yml", true],
  ["a.b", "aXb", false],
  ["(", "(/Dockerfile", true],
  ["[", "[", true],
  ["{a", "{a", true],
  ["{a,{b,c}}", "c", true],
  ["", "Dockerfile", false],
  [".", "Dockerfile", true],
])("%s and %s: %s", (glob, path, matches) => {
  expect(globMatcher(glob)(path)).toBe(matches);
});

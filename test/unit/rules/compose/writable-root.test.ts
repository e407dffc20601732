import { test } from "vitest";
import { writableRoot as rule } from "../../../../server/src/rules/compose/writable-root.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where something is said of it, or may be", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, read_only: true}
      b: {image: b, read_only: false}
      c: {image: c, privileged: true}
      d: {image: d}
      ^ writable-root
  `;
});

test("it is made read-only", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
    ->
    services:
      a:
        image: a
        read_only: true
  `;
});

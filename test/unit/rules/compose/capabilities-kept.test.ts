import { test } from "vitest";
import { capabilitiesKept as rule } from "../../../../server/src/rules/compose/capabilities-kept.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where something is dropped, or may be", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, cap_drop: [NET_RAW]}
      b: {image: b, privileged: true}
      c: {image: c}
      ^ capabilities-kept
  `;
});

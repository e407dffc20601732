import { test } from "vitest";
import { foreignCgroup as rule } from "../../../../server/src/rules/compose/foreign-cgroup.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where nothing is said", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, cgroup_parent: }
      b: {image: b, cgroup: private}
      c: {image: c, cgroup_parent: !reset m}
  `;
});

import { test } from "vitest";
import { invalidContainerName as rule } from "../../../../server/src/rules/compose/invalid-container-name.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not what is fine, not known, or no name for Compose either", () => {
  reportsInCompose(rule, { env: { SET: "ab c" } })`
    services:
      a: {image: a, container_name: "\${NAME}-x"}
      b: {image: b, container_name: "*"}
      c: {image: c, container_name: a-1.2_c}
      d: {image: d, container_name: _abc}
                                    ^^^^ invalid-container-name
      e: {image: e, container_name: "\${SET}"}
                                    ^^^^^^^^ invalid-container-name
      f: {image: f, container_name: 12}
  `;
});

import { test } from "vitest";
import { duplicateContainerName as rule } from "../../../../server/src/rules/compose/duplicate-container-name.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not of services that need not run together, nor what a variable decides", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, container_name: x, profiles: [one]}
      b: {image: b, container_name: x, profiles: [two]}
      c: {image: c, container_name: x, profiles: [two, three]}
                                    ^ duplicate-container-name: The container of b is called x already.
      d: {image: d, container_name: "\${NAME:-y}"}
      e: {image: e, container_name: "\${NAME2:-y}"}
      f: {image: f, container_name: z, scale: 0}
      g: {image: g, container_name: z}
      h: {image: h, extends: a}
  `;
});

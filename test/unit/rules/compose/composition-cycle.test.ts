import { expect, test } from "vitest";
import { compositionCycle as rule } from "../../../../server/src/rules/compose/composition-cycle.ts";
import { reportsInCompose } from "../../../support/compose.ts";

test("a service that extends itself, at once or after others", () => {
  reportsInCompose(rule)`
    services:
      a: {extends: b}
      b: {extends: {service: c}}
      c: {extends: a, image: c}
          ^^^^^^^^^^ composition-cycle: Services extend one another in a circle: a, b, c, a.
      self: {extends: self}
             ^^^^^^^^^^^^^ composition-cycle: self extends itself.
      fine: {extends: a}
  `;
});

test("silent where a chain ends, and where nothing is known of other files", () => {
  reportsInCompose(rule)`
    include: [other.yaml]
    services:
      a: {extends: b}
      b: {image: b}
      c: {extends: {file: other.yaml, service: c}}
      d: {extends: none}
  `;
});

test("is an error of the build", () => {
  expect(rule.severity).toBe("error");
});

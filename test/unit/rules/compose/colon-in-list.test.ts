import { test } from "vitest";
import { colonInList as rule } from "../../../../server/src/rules/compose/colon-in-list.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("of build arguments too, and mended", () => {
  reportsInCompose(rule)`
    services:
      a:
        build: {context: ., args: ["VERSION:1.2"]}
                                    ^^^^^^^^^^^ colon-in-list: Without = all of it is a name, so VERSION is not set.
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        environment:
          - "MODE:x y" # mode
    ->
    services:
      a:
        image: a
        environment:
          - "MODE=x y" # mode
  `;
});

test("not other entries", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        environment: [NAME, "NAME=a:b", "Logging:Level=Debug", "\${X}:y", "NAME:", "A::b"]
        labels: ["a:b"]
      b: {image: b, environment: {"A:b": c}}
  `;
});

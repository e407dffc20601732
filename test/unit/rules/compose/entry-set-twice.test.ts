import { test } from "vitest";
import { entrySetTwice as rule } from "../../../../server/src/rules/compose/entry-set-twice.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in all lists that Compose reads as mappings, and only with another value", () => {
  reportsInCompose(rule)`
    services:
      api:
        build:
          context: .
          args:
            - A=1
              ^ entry-set-twice: A is set again in line 7, and the last one counts.
            - A
        environment:
          - B=1
          - B_2=1
          - C=\${X}
          - "\${Y}=1"
          - "\${Y}=2"
        extra_hosts: ["a:1.1.1.1", "a:1.1.1.2"]
        deploy:
          labels: [a=1, a=2]
                   ^ entry-set-twice: a is set again in line 16, and the last one counts.
      map:
        image: example/map:1
        environment: {A: 1, B: 2}
  `;
});

test("removes the one that does not count", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      api:
        image: example/api:1
        environment:
          - A=1
          - B=1
          - A=2
    ->
    services:
      api:
        image: example/api:1
        environment:
          - B=1
          - A=2
  `;
});

import { test } from "vitest";
import { contextServiceNotBuilt as rule } from "../../../../server/src/rules/compose/context-service-not-built.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("as a list too", () => {
  reportsInCompose(rule)`
    services:
      a: {build: {context: ., additional_contexts: ["b=service:b", "c=service:c"]}}
                                                               ^ context-service-not-built
      b: {image: b}
      c: {image: c, build: .}
  `;
});

test("silent for what is built, elsewhere, or not there", () => {
  reportsInCompose(rule)`
    services:
      a:
        build:
          context: .
          additional_contexts: {a: service:a, c: service:c, d: "service:d", gone: "service:gone", e: "service:\${E:-e}"}
      c: {build: c}
      d: {extends: c}
      e: {image: e}
  `;
  const text =
    "services:\n  a: {build: {context: ., additional_contexts: {b: service:b}}}\n  b: {image: b}\n";
  expectComposeProblems(rule, text, { alone: false });
});

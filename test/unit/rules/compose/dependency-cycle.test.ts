import { test } from "vitest";
import { dependencyCycle as rule } from "../../../../server/src/rules/compose/dependency-cycle.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("longer ones, and a service that waits for itself", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, depends_on: [b, d]}
      b: {image: b, depends_on: {c: {condition: service_started}}}
      c: {image: c, depends_on: [b, d]}
                                 ^ dependency-cycle: These services depend on each other: b, c, b.
      d: {image: d, depends_on: [d]}
                                 ^ dependency-cycle: These services depend on each other: d, d.
  `;
});

test("not where several wait for one", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, depends_on: [b, c, elsewhere]}
      b: {image: b, depends_on: [d]}
      c: {image: c, depends_on: [d, b]}
      d: {image: d}
  `;
});

test("thousands in a row are no trouble", () => {
  const services = Array.from(
    { length: 5000 },
    (_, it) => `  s${it}: {image: a, depends_on: [s${it + 1}]}\n`,
  );
  expectComposeProblems(rule, `services:\n${services.join("")}  s5000: {image: a}\n`);
});

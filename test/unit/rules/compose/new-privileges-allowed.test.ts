import { expect, test } from "vitest";
import { newPrivilegesAllowed as rule } from "../../../../server/src/rules/compose/new-privileges-allowed.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  offeredInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("not where it is forbidden already, or may be", () => {
  expectComposeProblems(rule, "services:\n  a: {image: a}\n", { alone: false });
  reportsInCompose(rule)`
    services:
      a: {image: a, security_opt: ["no-new-privileges=true"]}
      b: {image: b, security_opt: [no-new-privileges]}
      c: {image: c, security_opt: ["\${SECURITY}"]}
      d: {image: d, privileged: true}
      e: {image: e, security_opt: ["no-new-privileges:false"]}
      ^ new-privileges-allowed
      f: {image: f, security_opt: ["label:disable"]}
      ^ new-privileges-allowed
  `;
});

test("they are forbidden", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
    ->
    services:
      a:
        image: a
        security_opt: ["no-new-privileges:true"]
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      b:
        image: b
        security_opt:
          - label:disable
    ->
    services:
      b:
        image: b
        security_opt:
          - label:disable
          - "no-new-privileges:true"
  `;
});

test("not where a service that extends it forbids them too: Compose refuses the option twice", () => {
  expect(
    offeredInCompose(rule)`
      services:
        web:
          image: web
        worker:
          extends: web
          security_opt: [no-new-privileges:true]
    `,
  ).toEqual([[]]);
});

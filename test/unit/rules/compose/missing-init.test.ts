import { test } from "vitest";
import { missingInit as rule } from "../../../../server/src/rules/compose/missing-init.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

const around = {
  dockerfiles: {
    Dockerfile: 'FROM scratch\nCOPY a /a\nENTRYPOINT ["/a"]\n',
    "tini/Dockerfile": 'FROM scratch\nCOPY a /a\nENTRYPOINT ["/sbin/tini", "--", "/a"]\n',
    "open/Dockerfile": "FROM example/unknown:1\n",
  },
};

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad, around);
  expectComposeProblems(rule, rule.docs.good, around);
});

test("not where there is one, or it is not known", () => {
  reportsInCompose(rule, around)`
    services:
      a: {build: tini}
      b: {build: open}
      c: {build: elsewhere}
      d: {image: d}
      e: {build: ., init: "\${INIT}"}
      f: {build: ., entrypoint: [dumb-init, /a]}
  `;
});

test("an init is added", () => {
  fixesInCompose(rule, "unsafe", "", around)`
    services:
      a: {build: .}
    ->
    services:
      a: {build: ., init: true}
  `;
});

import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { unreadPart as rule } from "../../../../server/src/rules/compose/unread-part.ts";
import { composeOf, expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("in every form of include and extends", () => {
  reportsInCompose(rule)`
    include:
      - path: [here.yaml, "oci://docker.io/example/stack:1"]
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unread-part: Compose fetches this; what is in it is not looked at here.
    services:
      a:
        extends: {file: git@github.com:a/b.git, service: a}
                        ^^^^^^^^^^^^^^^^^^^^^^ unread-part: Compose fetches this; what is in it is not looked at here.
      b: {extends: {file: ./b.yaml, service: b}}
      c: {extends: {file: "\${WHERE}", service: b}}
  `;
});

test("a second document, once", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, command: "echo ---"}
    ---
    ^^^ unread-part: Compose merges this document into the one above; what they mean together is not looked at here.
    services:
      b: {image: b}
    ---
    services: {}
  `;
  reportsInCompose(rule)`
    ---
    services:
      a: {image: a}
  `;
});

test("a chain of services that is cut, where it is", () => {
  const chain = (length: number) =>
    ["services:", "  s1: {image: a}"]
      .concat(Array.from({ length: length - 1 }, (_, at) => `  s${at + 2}: {extends: s${at + 1}}`))
      .join("\n");
  const told = (text: string) =>
    checkCompose(composeOf(text), { rules: [rule] }).map(
      (it) => `${text.slice(it.span.start, it.span.end)} | ${it.message}`,
    );
  expect(told(chain(100))).toEqual([]);
  expect(told(chain(203))).toEqual([
    "extends: s100 | More than 100 services extend one another here; what is further down is not looked at for s101.",
    "extends: s200 | More than 100 services extend one another here; what is further down is not looked at for s201.",
  ]);
  expect(told(chain(120).replace("{image: a}", "{extends: s120}"))).toEqual([]);
});

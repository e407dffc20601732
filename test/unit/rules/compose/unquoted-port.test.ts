import { expect, test } from "vitest";
import { unquotedPort as rule } from "../../../../server/src/rules/compose/unquoted-port.ts";
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

test("in both lists, of the short form", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        ports: ["80:80", {target: 80}, 81]
                                       ^^ unquoted-port
        expose: [82, '83']
                 ^^ unquoted-port
  `;
});

test("quotes come around it", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        ports:
          - 22:22 # shell
    ->
    services:
      a:
        image: a
        ports:
          - "22:22" # shell
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, expose: [0x50, 080]}
  `).toEqual([[], []]);
  expect(offeredInCompose(rule)`
    x-ports: &ports [80]
    services:
      a: {image: a, ports: *ports}
  `).toEqual([[]]);
});

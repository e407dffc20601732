import { expect, test } from "vitest";
import { unsortedPorts as rule } from "../../../../server/src/rules/compose/unsorted-ports.ts";
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

test("by their numbers, in each form", () => {
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        ports: ["10000:1", 9000, "443:443"]
    ->
    services:
      a:
        image: a
        ports: ["443:443", 9000, "10000:1"]
  `;
  fixesInCompose(rule, "safe")`
    services:
      a:
        image: a
        ports:
          - target: 80
            published: 8080
          - "443:443"
    ->
    services:
      a:
        image: a
        ports:
          - "443:443"
          - target: 80
            published: 8080
  `;
  expect(offeredInCompose(rule)`
    services:
      a:
        image: a
        ports:
          - 82:1
          - 81:1
      b: {image: b, ports: [80, 81]}
  `).toEqual([["Put all of them in order"]]);
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: [80, "100:1"]}
  `;
});

test("the port of the host counts, not its address", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        ports:
          - "\${WEB:-90}:80"
          - "79"
          - 127.0.0.1:80:8080/udp
          - "[::1]:81:1"
          - 127.0.0.1::82
          - "3000-3005"
          - 0.0.0.0:8002:7
          - 127.0.0.1:8001:9
            ^^^^^^^^^^^^^^^^ unsorted-ports: 8001 comes before 8002.
  `;
});

import { expect, test } from "vitest";
import { unboundPort as rule } from "../../../../server/src/rules/compose/unbound-port.ts";
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

test("not with an address, nor where it is not known", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        ports:
          - "127.0.0.1:80:80"
          - "0.0.0.0:81:81"
          - "\${ADDRESS}:82:82"
          - "127.0.0.1:3000"
          - {target: 83, host_ip: 127.0.0.1}
          - {target: 84, published: "84"}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unbound-port
      b: {image: b, network_mode: host, ports: ["85:85"]}
  `;
});

test("bound to this machine", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: ["80:80/udp"]}
    ->
    services:
      a: {image: a, ports: ["127.0.0.1:80:80/udp"]}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: ["8080"]}
    ->
    services:
      a: {image: a, ports: ["127.0.0.1::8080"]}
  `;
  expect(offeredInCompose(rule)`
    services:
      a: {image: a, ports: [{target: 80}]}
  `).toEqual([[]]);
});

test("an address that is left out gets its place", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: [":80:80"]}
    ->
    services:
      a: {image: a, ports: ["127.0.0.1:80:80"]}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: ["::81"]}
    ->
    services:
      a: {image: a, ports: ["127.0.0.1::81"]}
  `;
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: [":82"]}
    ->
    services:
      a: {image: a, ports: ["127.0.0.1::82"]}
  `;
});

import { expect, test } from "vitest";
import { portsInHostNetwork as rule } from "../../../../server/src/rules/compose/ports-in-host-network.ts";
import {
  expectComposeProblems,
  fixesInCompose,
  problemsInCompose,
  reportsInCompose,
} from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("an error where the container cannot be started", () => {
  const problems = problemsInCompose(rule)`
    services:
      a: {image: a, network_mode: "service:b", ports: ["80:80"]}
      b: {image: b, network_mode: none, ports: [80]}
  `;
  expect(problems.map((it) => it.severity)).toEqual(["error", "warning"]);
});

test("not on a network of its own, or one that is not known", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, network_mode: bridge, ports: ["80:80"]}
      b: {image: b, network_mode: "\${MODE}", ports: ["80:80"]}
      c: {image: c, network_mode: host}
      d: {image: d, network_mode: host, ports: []}
  `;
});

test("the ports go", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        ports:
          - 80:80
          - 81:81
        network_mode: host
    ->
    services:
      a:
        image: a
        network_mode: host
  `;
});

test("on internal networks alone", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        networks: [back]
        ports: ["8080:80"]
               ^^^^^^^^^^^ ports-in-host-network: a is only on internal networks (back), so these ports are not mapped.
      b: {image: b, networks: [back, default], ports: ["8080:80"]}
      c: {image: c, networks: [outer], ports: ["8080:80"]}
      d: {image: d, networks: [swarm], ports: ["8080:80"]}
    networks:
      back: {internal: true}
      outer: {external: true}
      swarm: {internal: true, driver: overlay}
  `;
});

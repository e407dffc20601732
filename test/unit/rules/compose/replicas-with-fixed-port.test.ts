import { test } from "vitest";
import { replicasWithFixedPort as rule } from "../../../../server/src/rules/compose/replicas-with-fixed-port.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("by either number, and in ranges", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, scale: 2, ports: [{target: 80, published: "80"}]}
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ replicas-with-fixed-port: 2 containers of a want the same port of the host.
      b: {image: b, deploy: {replicas: 3}, ports: ["80-81:80", "90-95:1-2"]}
                                                   ^^^^^^^^^^ replicas-with-fixed-port: 3 containers of b want 2 ports of the host.
  `;
});

test("not where there are enough, or the number is not known", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, scale: 1, ports: ["80:80"]}
      b: {image: b, deploy: {replicas: 2}, ports: ["80", "81-82:80", "\${PORT}:80"]}
      c: {image: c, deploy: {replicas: "\${REPLICAS}"}, ports: ["80:80"]}
      d: {image: d, scale: 2, network_mode: host, ports: ["80:80"]}
      f: {image: f, deploy: {replicas: 2, placement: {constraints: [node.role == worker]}}, ports: ["80:80"]}
      e: {image: e, deploy: {resources: {}}, ports: ["80:80"]}
  `;
});

test("the engine picks one for each", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a:
        image: a
        scale: 2
        ports:
          - 8080:80/tcp # web
    ->
    services:
      a:
        image: a
        scale: 2
        ports:
          - 80/tcp # web
  `;
});

test("a mode that Compose starts too", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        deploy: {mode: replicated, replicas: 2}
        ports: ["8080:80"]
                ^^^^^^^^^ replicas-with-fixed-port
      b: {image: a, deploy: {mode: global, replicas: 2}, ports: ["8080:80"]}
  `;
});

test("not on internal networks alone, where no port is mapped", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: ["8080:80"], networks: [back], scale: 2}
    networks:
      back: {internal: true}
  `;
});

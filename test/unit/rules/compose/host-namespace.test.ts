import { test } from "vitest";
import { hostNamespace as rule } from "../../../../server/src/rules/compose/host-namespace.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("each of them, and only of the host", () => {
  reportsInCompose(rule)`
    services:
      a:
        image: a
        network_mode: host
                      ^^^^ host-namespace: a is on the host's network, and reaches what listens on 127.0.0.1 there.
        uts: host
             ^^^^ host-namespace
        cgroup: host
                ^^^^ host-namespace
        userns_mode: "host"
                     ^^^^^^ host-namespace
      b: {image: b, network_mode: "service:a", pid: "service:a", ipc: shareable, cgroup: private}
      d: {image: "quay.io/prometheus/node-exporter:v1.10.2", network_mode: host, pid: host}
      d2: {image: "nicolargo/glances:4", pid: host}
      d3: {image: newrelic/infrastructure, network_mode: host, pid: host}
      d4: {image: "aquasec/tracee:0.24.1", pid: host}
      c: {image: c, network_mode: none, pid: "\${PID}", ipc: !reset host}
  `;
});

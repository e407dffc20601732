import { expect, test } from "vitest";
import { hostPortClash as rule } from "../../../../server/src/rules/compose/host-port-clash.ts";
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

test("in ranges, long forms and one service", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: ["3000-3005:3000-3005", "127.0.0.1:9000:9000"]}
      b:
        image: b
        ports:
          - 3005:80
            ^^^^^^^ host-port-clash: a publishes port 3005 of the host already.
          - {target: 81, published: "9000"}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ host-port-clash: a publishes port 9000 of the host already.
          - 7000:80
          - "7000:81"
            ^^^^^^^^^ host-port-clash: b publishes port 7000 of the host already.
  `;
});

test("not on other addresses, protocols or profiles, nor where it is not certain", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: ["127.0.0.1:80:80", "53:53/udp", "8000-8009:80", "443:443", "443:443"]}
      b: {image: b, ports: ["127.0.0.2:80:80", "53:53/tcp", "8001:80", "\${PORT}:443", "80"]}
      c: {image: c, profiles: [one], ports: ["443:1", "444:1"]}
      d: {image: d, profiles: [two], ports: ["443:2", "444:1"]}
      e: {image: e, network_mode: host, ports: ["443:3"]}
      f: {image: f, deploy: {replicas: 0}, ports: ["443:4"]}
      g: {image: g, ports: ["[::1]:443:5"]}
  `;
});

test("the next free port is offered", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      a: {image: a, ports: ["80:80", "82-83:82-83"]}
      b: {image: b, ports: ["81:80"]}
      c: {image: c, ports: ["80:8080"]}
    ->
    services:
      a: {image: a, ports: ["80:80", "82-83:82-83"]}
      b: {image: b, ports: ["81:80"]}
      c: {image: c, ports: ["84:8080"]}
  `;
});

test("nothing to offer where the port is inherited: another one would clash just so", () => {
  expect(offeredInCompose(rule)`
    services:
      base: {image: a, ports: ["80:80"]}
      web: {extends: base, environment: {A: 1}}
  `).toEqual([[]]);
});

test("by the defaults of variables", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: ["\${A_PORT:-8080}:80"]}
      b: {image: b, ports: ["\${B_PORT:-8080}:80", "127.0.0.1:\${C_PORT-9001}:90"]}
                            ^^^^^^^^^^^^^^^^^^^^ host-port-clash: By default this is port 8080 of the host, which a publishes already.
      c: {image: c, ports: ["9000:1", "8080:443/udp"]}
      d:
        image: d
        ports:
          - target: 80
            published: "\${D_PORT:-7000}"
          - "\${D_PORT:-7000}:81"
            ^^^^^^^^^^^^^^^^^^^^ host-port-clash: By default this is port 7000 of the host, which d publishes already.
  `;
});

test("not where the defaults do not count", () => {
  const compose = `
    services:
      a: {image: a, ports: ["\${A_PORT:-8080}:80"]}
      b: {image: b, ports: ["\${B_PORT:-8080}:80"]}
      c: {image: c, profiles: [c], ports: ["\${C_PORT:-8080}:80"]}
      d: {image: d, network_mode: host, ports: ["\${D_PORT:-8080}:80"]}
      e: {image: e, ports: ["\${E_PORT}:80", "\${HOST:-127.0.0.1}:\${F_PORT:?}:80"]}
  `;
  for (const files of [
    { ".env": "B_PORT=8081\n" },
    { ".env": "B_PORT=${OTHER}\n" },
    { ".env.example": "# A_PORT=8081\n" },
    { "sample.env": "A_PORT=8081\n" },
  ])
    expectComposeProblems(rule, compose, { files });
});

test("not on internal networks alone, where no port is mapped", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, ports: ["8080:80"]}
      b: {image: b, ports: ["8080:80"], networks: [back]}
      c: {image: c, ports: ["\${C_PORT:-8080}:80"], networks: [back]}
      d:
        image: d
        ports: ["8080:80"]
                ^^^^^^^^^ host-port-clash: a publishes port 8080 of the host already.
        networks: [back, default]
    networks:
      back: {internal: true}
  `;
});

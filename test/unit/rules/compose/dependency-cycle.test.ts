import { test } from "vitest";
import { dependencyCycle as rule } from "../../../../server/src/rules/compose/dependency-cycle.ts";
import { expectComposeProblems, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("longer ones, and a service that waits for itself", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, depends_on: [b, d]}
      b: {image: b, depends_on: {c: {condition: service_started}}}
      c: {image: c, depends_on: [b, d]}
                                 ^ dependency-cycle: These services depend on each other: b, c, b.
      d: {image: d, depends_on: [d]}
                                 ^ dependency-cycle: These services depend on each other: d, d.
  `;
});

test("what Compose takes for a dependency too", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, links: ["b:db"]}
      b: {image: b, volumes_from: ["c:ro"]}
      c: {image: c, network_mode: "service:d"}
      d: {image: d, ipc: "service:e"}
      e: {image: e, pid: "service:f"}
      f: {image: f, uts: "service:g"}
      g: {image: g, depends_on: {a: {condition: service_started, required: false}}}
                                 ^ dependency-cycle: These services depend on each other: a, b, c, d, e, f, g, a.
      h: {image: h, links: [h]}
                            ^ dependency-cycle: These services depend on each other: h, h.
  `;
});

test("of a circle through many services the first are named, and the last", () => {
  const services = Array.from(
    { length: 30 },
    (_, at) => `  s${at}: {image: a, depends_on: [s${(at + 1) % 30}]}`,
  );
  const names = Array.from({ length: 20 }, (_, at) => `s${at}`).join(", ");
  const text = ["services:", ...services].join("\n");
  const place = `${" ".repeat(text.split("\n").at(-1)?.indexOf("s0") ?? 0)}^^`;
  expectComposeProblems(
    rule,
    `${text}\n${place} dependency-cycle: These services depend on each other: ${names}, 9 more, s29, s0.`,
  );
});

test("what is taken over by extends", () => {
  reportsInCompose(rule)`
    services:
      a: {extends: base}
      base: {image: c, links: [d]}
      d: {image: d, links: [a]}
                            ^ dependency-cycle: These services depend on each other: a, d, a.
      inner: {image: c, pid: "service:e", volumes_from: [f]}
      e: {image: e, links: [hosted]}
      f: {image: f, links: [hosted]}
      hosted: {extends: {service: inner}, pid: host, volumes_from: !reset []}
  `;
});

test("silent for other containers, other hosts, images and what a variable decides", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, external_links: [b], volumes_from: ["container:b"], links: ["\${B:-b}"]}
      b: {image: b, network_mode: host, ipc: shareable, depends_on: [a]}
      c: {build: {context: ., additional_contexts: {d: "service:d"}}}
      d: {build: {context: ., additional_contexts: {c: "service:c"}}}
  `;
});

test("not where several wait for one", () => {
  reportsInCompose(rule)`
    services:
      a: {image: a, depends_on: [b, c, elsewhere]}
      b: {image: b, depends_on: [d]}
      c: {image: c, depends_on: [d, b]}
      d: {image: d}
  `;
});

test("thousands in a row are no trouble", () => {
  const services = Array.from(
    { length: 5000 },
    (_, it) => `  s${it}: {image: a, depends_on: [s${it + 1}]}\n`,
  );
  expectComposeProblems(rule, `services:\n${services.join("")}  s5000: {image: a}\n`);
});

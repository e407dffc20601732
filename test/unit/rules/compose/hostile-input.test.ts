import { expect, test } from "vitest";
import { checkCompose } from "../../../../server/src/rules/check.ts";
import { type ComposeSurroundings, composeOf } from "../../../support/compose.ts";

const times = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join("");
const service = (at: number, rest = ""): string => `  s${at}:\n    image: a/b:1\n${rest}`;
const services = (count: number, rest: (index: number) => string = () => ""): string =>
  `services:\n${times(count, (it) => service(it, rest(it)))}`;
const one = (rest: string): string => `services:\n${service(0, rest)}`;

/**
 * Whatever a Compose file holds: no rule fails, nothing takes the stack or the memory, and what is wrong is found. Without a
 * clock: work that grows with the square of the file runs into the time that a test may take.
 */
test.each<[name: string, text: string, rule: string | undefined, around?: ComposeSurroundings]>([
  ["nothing", "", undefined],
  ["tabs", `services:\n${times(1_000, (it) => `\ts${it}:\n\t\timage: a/b:1\n`)}`, "yaml-tab"],
  [
    "a quote that stays open",
    one(`    command: "a\n${times(1_000, (it) => service(it + 1))}`),
    "yaml-unclosed",
  ],
  ["brackets that stay open", services(1_000, () => "    ports: [a\n"), "yaml-unclosed"],
  ["brackets in each other", one(`    ports: ${"[".repeat(3_000)}\n`), undefined],
  ["keys without a colon", services(1_000, () => "    command x\n"), "yaml-colon"],
  ["a key doubled", one(`    environment:\n${"      A: b\n".repeat(3_000)}`), "yaml-duplicate-key"],
  ["a long line", one(`    command: ${"a$B'c' ".repeat(20_000)}\n`), undefined],
  [
    "long words in commands and variables",
    one(
      `    command: ${"a".repeat(100_000)}\n    environment:\n      A_URL: ${"a".repeat(100_000)} b=c\n      DB_DSN: ${"a/".repeat(50_000)}@tcp(db)/x\n`,
    ),
    undefined,
  ],
  [
    "aliases that double",
    `${times(1_000, (it) => `x${it}: &x${it} [${it > 0 ? `*x${it - 1}, *x${it - 1}` : "a"}]\n`)}${services(1)}`,
    undefined,
  ],
  [
    "fragments merged in a row",
    `${times(1_000, (it) => `x-${it}: &a${it}\n${it > 0 ? `  <<: *a${it - 1}\n` : ""}  K${it}: 1\n`)}${one("    environment:\n      <<: *a999\n")}`,
    undefined,
  ],
  [
    "names that nothing declares",
    `${services(3_000, (it) => `    networks: [bet-${it}]\n`)}networks:\n${times(3_000, (it) => `  net-${it}:\n`)}`,
    "unknown-network",
  ],
  ["unused volumes", `${services(1)}volumes:\n${times(5_000, (it) => `  v${it}:\n`)}`, "unused-resource"],
  ["unknown keys", one(times(3_000, (it) => `    imagge${it}: b\n`)), "unknown-key"],
  [
    "dependencies in a row",
    services(3_000, (it) => (it > 0 ? `    depends_on: [s${it - 1}]\n` : "")),
    "missing-restart",
  ],
  [
    "dependencies in a ring",
    services(3_000, (it) => `    depends_on: [s${(it + 1) % 3_000}]\n`),
    "dependency-cycle",
  ],
  ["ports that clash", services(3_000, () => `    ports: ["80:80"]\n`), "host-port-clash"],
  [
    "container names that clash",
    services(2_000, () => "    container_name: x\n"),
    "duplicate-container-name",
  ],
  [
    "hosts that nobody has",
    `services:\n${times(3_000, (it) => `  service-${it}:\n    image: a/b:1\n    environment:\n      A_URL: http://serbice-${(it + 1) % 3_000}:80\n`)}`,
    "host-unknown",
  ],
  [
    "localhost",
    `services:\n  db:\n    image: postgres:18\n${times(3_000, (it) => `  s${it}:\n    image: nginx:1.27\n    environment:\n      A_URL: http://localhost:${it + 3_000}\n      B_URL: postgres://a@localhost/b\n`)}`,
    "localhost-in-container",
  ],
  [
    "services on many networks",
    `services:\n${times(2, (at) => service(at, `    environment:\n${times(1_000, (it) => `      A${it}_HOST: s${1 - at}\n`)}    networks:\n${times(1_000, (it) => `      - n${it * 2 + at}\n`)}`))}networks:\n${times(2_000, (it) => `  n${it}:\n`)}`,
    "host-not-reachable",
  ],
  ["includes", `include:\n${times(2_000, (it) => `  - ./f${it}.yaml\n`)}${services(10)}`, undefined],
  [
    "a long configuration of a proxy",
    `services:\n  web:\n    image: nginx:1.27\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n`,
    "proxy-upstream-unknown",
    {
      files: {
        "nginx.conf": times(10_000, (it) => `server {\n  location / { proxy_pass http://u${it}:80; }\n}\n`),
      },
    },
  ],
])(
  "%s",
  (_, text, rule, around = {}) => {
    const failures: unknown[] = [];
    const options = { allRules: true, onFailure: (it: unknown) => failures.push(it) };
    const found = checkCompose(composeOf(text, around, "open"), options);
    expect(failures).toEqual([]);
    if (rule !== undefined) expect(new Set(found.map((it) => it.rule))).toContain(rule);
  },
  60_000,
);

test("nothing false is said of a chain of extends that is cut", () => {
  const chain = `services:\n${service(0)}${times(250, (it) => `  s${it + 1}:\n    extends: s${it}\n`)}`;
  const missing = checkCompose(composeOf(chain, {}, "open"), { allRules: true }).filter(
    (it) => it.severity === "error" || it.rule === "nothing-to-run",
  );
  expect(missing).toEqual([]);
});

import { expect, test } from "vitest";
import { noConfiguration } from "../../../../server/src/rules/configuration/configuration.ts";
import { readPlimsollConfiguration } from "../../../../server/src/rules/configuration/read-plimsoll.ts";
import { source } from "../../../../server/src/text/source.ts";

/** Code, the text that it speaks of, and the message of each problem. */
function problemsOf(text: string): string[] {
  return readPlimsollConfiguration(text).problems.map(
    ({ code, span, message }) => `${code} ${text.slice(span.start, span.end)}: ${message}`,
  );
}

test("everything that can be said", () => {
  const { configuration, problems } = readPlimsollConfiguration(source`
    rules:
      runs-as-root: error
      dl3009: "off"
      jsonargsrecommended: hint
      size: off
      unknown-flag: info
    all-rules: true
    trusted-registries: [docker.io, "*.example.com"]
    labels:
      org.opencontainers.image.version: semver
      maintainer:
    strict-labels: false
    build-args:
      VERSION: 1.20
      DEBUG: true
      EMPTY:
    fail-on: warning
    ignore:
      - vendor/**
    size-budget:
      services/api: 25MB
      "ghcr.io/acme/*": { max-size: 1 GiB, max-transfer: 300MB }`);
  expect(problems).toEqual([]);
  expect(configuration).toEqual({
    severities: {
      "runs-as-root": "error",
      DL3009: "off",
      JSONArgsRecommended: "hint",
      size: "off",
      "unknown-flag": "info",
    },
    allRules: true,
    trustedRegistries: ["docker.io", "*.example.com"],
    labels: { "org.opencontainers.image.version": "semver", maintainer: "text" },
    strictLabels: false,
    buildArguments: { VERSION: "1.20", DEBUG: "true", EMPTY: "" },
    failOn: "warning",
    ignore: ["vendor/**"],
    ignoreComments: undefined,
    sizeBudgets: [
      { pattern: "services/api", of: "disk", bytes: 25_000_000 },
      { pattern: "ghcr.io/acme/*", of: "disk", bytes: 1_073_741_824 },
      { pattern: "ghcr.io/acme/*", of: "transfer", bytes: 300_000_000 },
    ],
  });
});

test("names that Trivy's checks had before", () => {
  const { configuration, problems } = readPlimsollConfiguration(source`
    rules:
      AVD-DS-0026: off
      DS002: hint`);
  expect(configuration.severities).toEqual({ "DS-0026": "off", "DS-0002": "hint" });
  expect(problems).toEqual([]);
});

test("its JSON form", () => {
  const { configuration, problems } = readPlimsollConfiguration(
    '{\n  "rules": { "runs-as-root": "off" },\n  "fail-on": "never"\n}\n',
  );
  expect(problems).toEqual([]);
  expect(configuration).toMatchObject({ severities: { "runs-as-root": "off" }, failOn: "never" });
});

test.each(["", "# nothing\n", "---\n", "\t# nothing\n", "rules:\nbuild-args:\n"])(
  "nothing said: %j",
  (text) => {
    expect(readPlimsollConfiguration(text)).toEqual({ configuration: noConfiguration, problems: [] });
  },
);

test("what is not understood is told at its place, and the rest holds", () => {
  const text = source`
    rules:
      runs-as-rot: off
      secret-in-image: eror
      no-shell: [off]
      unknown-stage: hint
    ruls: {}
    all-rules: yes
    fail-on: fatal
    labels: {a: semvr}
    build-args: [A=1]
    trusted-registries: {a: b}
    ignore: [[a], b]`;
  expect(problemsOf(text)).toEqual([
    "configuration-rule runs-as-rot: There is no rule, alias or tag `runs-as-rot`. Did you mean `runs-as-root`?",
    'configuration-severity eror: "eror" is no value of `secret-in-image`: it is one of error, warning, info, hint, off.',
    "configuration-severity [off]: This is no value of `no-shell`: it is one of error, warning, info, hint, off.",
    "configuration-key ruls: There is no key `ruls`. Did you mean `rules`?",
    "configuration-value yes: `all-rules` has to be true or false.",
    'configuration-severity fatal: "fatal" is no value of `fail-on`: it is one of error, warning, info, hint, never.',
    'configuration-value semvr: "semvr" is no value of `a`: it is one of text, rawtext, url, rfc3339, spdx, hash, semver, email.',
    "configuration-value [A=1]: `build-args` has to be a mapping.",
    "configuration-value {a: b}: `trusted-registries` has to be a list.",
    "configuration-value [a]: `ignore` lists names only.",
  ]);
  const { configuration } = readPlimsollConfiguration(text);
  expect(configuration.severities).toMatchObject({ "unknown-stage": "hint" });
  expect(configuration.severities).not.toHaveProperty("secret-in-image");
  expect(configuration.ignore).toEqual(["b"]);
});

test("a text that is no YAML, or no mapping", () => {
  expect(problemsOf("rules: [\n")[0]).toContain("yaml-unclosed");
  expect(problemsOf("- rules\n")).toEqual([
    "configuration-value - rules: This is no mapping with keys like `rules:`.",
  ]);
  // What could be read before the mistake holds.
  const { configuration, problems } = readPlimsollConfiguration("fail-on: hint\nrules: {a\n");
  expect(problems.map((it) => it.severity)).toContain("error");
  expect(configuration.failOn).toBe("hint");
});

test("a byte order mark and CRLF", () => {
  const text = "\uFEFFrules:\r\n  no-shell: off\r\nignoree: a\r\n";
  expect(problemsOf(text)).toEqual([
    "configuration-key ignoree: There is no key `ignoree`. Did you mean `ignore`?",
  ]);
  expect(readPlimsollConfiguration(text).configuration.severities).toEqual({ "no-shell": "off" });
});

test("a mistake of the YAML is told once", () => {
  expect(problemsOf("ignore:\n- a\n-b\n")).toEqual(["yaml-colon -b: This key has no `:` behind it."]);
});

test("no text makes it fail", () => {
  for (const text of [
    "\0",
    "a: *b",
    "&a [*a]",
    "? [a]\n: b",
    "rules: {__proto__: off}",
    "rules: {1: 2, null: off}",
    "[".repeat(5000),
  ])
    expect(readPlimsollConfiguration(text).problems.length).toBeGreaterThan(0);
});

test("a budget that cannot be read costs only itself", () => {
  const text = source`
    size-budget:
      a: 25
      b: [25MB]
      c: { max-siez: 25MB, max-size: 3 kB }
      d: 10 M
      e: 1MB
      f:`;
  expect(problemsOf(text)).toEqual([
    "configuration-value 25: `25` lacks a unit: for example 25MB or 1.5GiB.",
    "configuration-value [25MB]: The budget of `b` has to be a size, for example 25MB or 1.5GiB.",
    "configuration-key max-siez: There is no `max-siez` in a budget. Did you mean `max-size`?",
    "configuration-value 10 M: `M` may mean two sizes: write MB or MiB.",
    "configuration-value f: The budget of `f` has to be a size, for example 25MB or 1.5GiB.",
  ]);
  expect(readPlimsollConfiguration(text).configuration.sizeBudgets).toEqual([
    { pattern: "c", of: "disk", bytes: 3000 },
    { pattern: "e", of: "disk", bytes: 1_000_000 },
  ]);
  expect(problemsOf("size-budget: 25MB")).toEqual([
    "configuration-value 25MB: `size-budget` has to be a mapping.",
  ]);
});

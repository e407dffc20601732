import { expect, test } from "vitest";
import { readHadolintConfiguration } from "../../../../server/src/rules/configuration/read-hadolint.ts";
import { source } from "../../../../server/src/text/source.ts";

function problemsOf(text: string): string[] {
  return readHadolintConfiguration(text).problems.map(
    ({ code, span, message }) => `${code} ${text.slice(span.start, span.end)}: ${message}`,
  );
}

test("everything of its README", () => {
  const { configuration, problems } = readHadolintConfiguration(source`
    failure-threshold: style
    format: tty
    ignored:
      - DL3000
      - SC1010
    label-schema:
      author: text
      contact: email
      created: rfc3339
      version: semver
      documentation: url
      git-revision: hash
      license: spdx
      plain: ""
    no-color: true
    no-fail: false
    override:
      error: [DL3002]
      warning: [DL3042, DL3000]
      info: []
      style:
        - DL3015
    strict-labels: true
    disable-ignore-pragma: true
    trustedRegistries:
      - docker.io
      - "*.gcr.io"`);
  expect(problems).toEqual([]);
  expect(configuration).toEqual({
    severities: {
      DL3000: "off",
      SC1010: "off",
      DL3002: "error",
      DL3042: "warning",
      DL3015: "hint",
    },
    allRules: undefined,
    trustedRegistries: ["docker.io", "*.gcr.io"],
    labels: {
      author: "text",
      contact: "email",
      created: "rfc3339",
      version: "semver",
      documentation: "url",
      "git-revision": "hash",
      license: "spdx",
      plain: "text",
    },
    strictLabels: true,
    buildArguments: {},
    failOn: "hint",
    ignore: [],
    ignoreComments: false,
    sizeBudgets: [],
  });
});

test("one registry without a list, and no failure at all", () => {
  const { configuration, problems } = readHadolintConfiguration(
    "trustedRegistries: my-company.com:5000\nno-fail: true\nfailure-threshold: error\n",
  );
  expect(problems).toEqual([]);
  expect(configuration).toMatchObject({ trustedRegistries: ["my-company.com:5000"], failOn: "never" });
});

test.each([
  ["none", "never"],
  ["ignore", "hint"],
  ["info", "info"],
  ["error", "error"],
])("the threshold %s is %s", (threshold, limit) => {
  expect(readHadolintConfiguration(`failure-threshold: ${threshold}\n`).configuration.failOn).toBe(limit);
});

test("what hadolint would not take is told", () => {
  expect(
    problemsOf(source`
      ignored: DL3000
      ignore: [DL3001]
      override:
        fatal: [DL3002]
        error: [runs-as-root, DL30]
      strict-labels: "yes"
      failure-threshold: hint`),
  ).toEqual([
    "configuration-value DL3000: `ignored` has to be a list.",
    "configuration-key ignore: There is no key `ignore`. Did you mean `ignored`?",
    "configuration-severity fatal: There is no severity `fatal`.",
    "configuration-rule runs-as-root: `runs-as-root` is no rule of hadolint: they are DL and SC with four digits. It can be set in `.plimsoll.yaml`.",
    "configuration-rule DL30: `DL30` is no rule of hadolint: they are DL and SC with four digits.",
    'configuration-value "yes": `strict-labels` has to be true or false.',
    'configuration-severity hint: "hint" is no value of `failure-threshold`: it is one of error, warning, info, style, ignore, none.',
  ]);
  expect(readHadolintConfiguration("ignored: DL3000\n").configuration.severities).toEqual({ DL3000: "off" });
});

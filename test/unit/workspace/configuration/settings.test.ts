import { expect, test } from "vitest";
import { readSettings } from "../../../../server/src/workspace/configuration/read-settings.ts";
import { noSettings } from "../../../../server/src/workspace/configuration/settings.ts";

test("severities by rule, alias and tag", () => {
  const { configuration, invalid } = readSettings({
    rules: { "no-shell": "off", dl3009: "error", security: "error" },
  });
  expect(configuration.severities).toEqual({ "no-shell": "off", DL3009: "error", security: "error" });
  expect(invalid).toEqual([]);
});

test("what a .plimsoll.yaml says, under the names of settings", () => {
  const { configuration, invalid } = readSettings({
    allRules: true,
    trustedRegistries: ["docker.io"],
    labels: { version: "semver" },
    strictLabels: true,
    buildArguments: { VERSION: "1", DEBUG: true },
    ignore: ["vendor"],
    engine: { host: "" },
  });
  expect(configuration).toMatchObject({
    allRules: true,
    trustedRegistries: ["docker.io"],
    labels: { version: "semver" },
    strictLabels: true,
    buildArguments: { VERSION: "1", DEBUG: "true" },
    ignore: ["vendor"],
  });
  expect(invalid).toEqual([]);
});

test("what is not understood is told, and the rest holds", () => {
  const settings = readSettings({ rules: { "no-shell": "eror", "unknown-stage": "hint", DL3009: 1 } });
  expect(settings.configuration.severities).toEqual({ "unknown-stage": "hint" });
  expect(settings.invalid).toHaveLength(2);
  expect(settings.invalid[0]).toContain('"eror"');
});

test.each([undefined, null, 1, "x", [], {}, { rules: null }])("any value is settings: %j", (value) => {
  expect(readSettings(value)).toEqual(noSettings);
});

test("where lists of Compose files are indented; what is none of the values means the usual", () => {
  const lists = (value: unknown) => readSettings({ compose: { listIndentation: value } }).composeLists;
  expect(["indented", "flush", "auto", "x", 1, undefined].map(lists)).toEqual([
    "indented",
    "flush",
    "auto",
    "auto",
    "auto",
    "auto",
  ]);
});

import { expect, test } from "vitest";
import { readSettings } from "../../../server/src/workspace/settings.ts";

test("severities by rule", () => {
  expect(readSettings({ rules: { "no-shell": "off", DL3020: "error" } })).toEqual({
    severities: { "no-shell": "off", DL3020: "error" },
    invalid: [],
  });
});

test("what is not understood is told, and the rest holds", () => {
  const settings = readSettings({ rules: { a: "eror", b: "hint", c: 1 } });
  expect(settings.severities).toEqual({ b: "hint" });
  expect(settings.invalid).toHaveLength(2);
  expect(settings.invalid[0]).toContain('"eror"');
});

test.each([undefined, null, 1, "x", [], {}, { rules: null }, { rules: [] }])(
  "any value is settings: %j",
  (value) => {
    expect(readSettings(value)).toEqual({ severities: {}, invalid: [] });
  },
);

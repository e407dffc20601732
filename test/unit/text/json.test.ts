import { expect, test } from "vitest";
import { readJsonObject, textsOf } from "../../../server/src/text/json.ts";

test("an object is read, also behind a byte order mark", () => {
  expect(readJsonObject('{ "a": 1 }')).toEqual({ a: 1 });
  expect(readJsonObject('\uFEFF{ "a": 1 }')).toEqual({ a: 1 });
});

test("a list, a number and what is no JSON are none", () => {
  for (const text of ["[1]", "1", "null", "", "{ a: 1 }"]) expect(readJsonObject(text)).toBeUndefined();
});

test("only the texts of an object are taken", () => {
  expect(textsOf({ build: "tsc", port: 80, files: ["a"] })).toEqual({ build: "tsc" });
  expect(textsOf(undefined)).toEqual({});
});

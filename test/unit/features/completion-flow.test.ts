import { expect, test } from "vitest";
import { flowPlaceAt } from "../../../server/src/features/completion/compose/flow.ts";
import { readCursor } from "../../support/cursor.ts";

const tokens = ["{", "}", "[", "]", ",", ":", ": ", " ", "a", '"', "'", " #", "\n", "$", "${"];

test("whatever is typed in braces and brackets, the reading comes to an end", () => {
  const answers = new Set<string>();
  for (const start of ["{a: ", "[a", "{"])
    for (const first of tokens)
      for (const second of tokens)
        for (const third of tokens) {
          const text = `${start}${first}${second}${third}`;
          for (let cursor = 0; cursor <= text.length; cursor++) {
            const found = flowPlaceAt(text, 0, cursor, 0);
            answers.add(typeof found === "string" ? found : found.at);
          }
        }
  expect([...answers].sort()).toEqual(["closed", "key", "nowhere", "value"]);
});

test.each([
  ["{a: : <|>b}", "nowhere"],
  ["[a: : <|>b]", "nowhere"],
  ["{a: <|>: b}", { steps: ["a"], at: "value" }],
])("a second colon in %s is passed", (fixture, expected) => {
  const { text, offset } = readCursor(fixture);
  const found = flowPlaceAt(text, 0, offset, 0);
  if (typeof expected === "string") expect(found).toBe(expected);
  else expect(found).toMatchObject(expected);
});

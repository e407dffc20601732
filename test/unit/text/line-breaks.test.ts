import { expect, test } from "vitest";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { appendLines } from "../../../server/src/text/line-breaks.ts";

test.each([
  ["", "b\nc\n"],
  ["a\n", "a\nb\nc\n"],
  ["a", "a\nb\nc\n"],
  ["a\r\n", "a\r\nb\r\nc\r\n"],
  ["a\r\nx", "a\r\nx\r\nb\r\nc\r\n"],
])("lines behind %j stand in lines of their own and end as the others do", (text, after) => {
  expect(applyEdits(text, [appendLines(text, ["b", "c"])])).toBe(after);
});

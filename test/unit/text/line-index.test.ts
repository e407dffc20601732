import { expect, test } from "vitest";
import { LineIndex } from "../../../server/src/text/line-index.ts";

const index = new LineIndex("ab\r\nc\rd\n\nx");

test("lines end with LF and CRLF, not with CR", () => {
  expect(index.starts).toEqual([0, 4, 8, 9]);
  expect([0, 1, 2, 3].map((line) => index.endOf(line))).toEqual([2, 7, 8, 10]);
});

test("offsets become lines and columns", () => {
  expect(index.positionAt(0)).toEqual({ line: 0, column: 0 });
  expect(index.positionAt(6)).toEqual({ line: 1, column: 2 });
  expect(index.positionAt(8)).toEqual({ line: 2, column: 0 });
  expect(index.positionAt(10)).toEqual({ line: 3, column: 1 });
});

test("lines become offsets, those past the end the end", () => {
  expect(index.startOf(2)).toBe(8);
  expect(index.startOf(9)).toBe(10);
});

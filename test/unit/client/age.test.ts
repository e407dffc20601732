import { expect, test } from "vitest";
import { formatAge } from "../../../client/src/shared/age.ts";

const minute = 60_000;

test.each([
  [-5, "just now"],
  [59_999, "just now"],
  [minute, "1 minute ago"],
  [59 * minute, "59 minutes ago"],
  [60 * minute, "1 hour ago"],
  [47 * 60 * minute, "1 day ago"],
  [6 * 1_440 * minute, "6 days ago"],
  [14 * 1_440 * minute, "2 weeks ago"],
  [60 * 1_440 * minute, "1 month ago"],
  [800 * 1_440 * minute, "2 years ago"],
])("%d ms", (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

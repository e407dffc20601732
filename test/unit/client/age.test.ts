import { expect, test } from "vitest";
import { formatAge } from "../../../client/src/shared/age.ts";

const minute = 60_000;

test.each([
  [-5, "less than a minute"],
  [59_999, "less than a minute"],
  [minute, "1 minute"],
  [59 * minute, "59 minutes"],
  [60 * minute, "1 hour"],
  [47 * 60 * minute, "1 day"],
  [6 * 1_440 * minute, "6 days"],
  [14 * 1_440 * minute, "2 weeks"],
  [60 * 1_440 * minute, "1 month"],
  [800 * 1_440 * minute, "2 years"],
])("%d ms", (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

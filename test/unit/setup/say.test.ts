import { expect, test } from "vitest";
import { kilobytes, seconds } from "../../setup/say.ts";

test("durations as a person would say them", () => {
  expect([40, 3_440, 9_949, 9_951, 48_400, 99_400, 99_600, 725_000].map(seconds)).toEqual([
    "0.0 s",
    "3.4 s",
    "9.9 s",
    "10 s",
    "48 s",
    "99 s",
    "1 min 40 s",
    "12 min 5 s",
  ]);
});

test("sizes are rounded up", () => {
  expect([0, 1, 1_000, 1_001, 1_234_567].map(kilobytes)).toEqual([
    "0 kB",
    "1 kB",
    "1 kB",
    "2 kB",
    "1,235 kB",
  ]);
});

import { expect, test } from "vitest";
import {
  formatBytes,
  formatDifference,
  formatDuration,
  formatExactBytes,
  formatPercent,
} from "../../../client/src/shared/figures.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [9_994, "9.99 kB"],
  [9_995, "10.0 kB"],
  [99_949, "99.9 kB"],
  [99_950, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1.00 MB"],
  [7_451_233, "7.45 MB"],
  [387_000_000, "387 MB"],
  [1_240_000_000, "1.24 GB"],
  [2_000_000_000_000_000, "2000 TB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("differences have a sign", () => {
  expect([-304_000_000, 0, 1200].map(formatDifference)).toEqual(["−304 MB", "±0 B", "+1.20 kB"]);
});

test("percent of a whole; of nothing there is none", () => {
  expect([
    formatPercent(-303, 310),
    formatPercent(620, 310),
    formatPercent(0, 5),
    formatPercent(3, 0),
  ]).toEqual(["−97.7 %", "+200 %", "±0 %", undefined]);
});

test("exact bytes are grouped by three", () => {
  expect([1, 1000, 7_451_233].map(formatExactBytes)).toEqual(["1", "1,000", "7,451,233"]);
});

test("durations", () => {
  expect([850, 12_400, 185_000].map(formatDuration)).toEqual(["850 ms", "12.4 s", "3 min 5 s"]);
});

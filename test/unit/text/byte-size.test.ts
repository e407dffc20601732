import { expect, test } from "vitest";
import { readByteSize } from "../../../server/src/text/byte-size.ts";

test.each([
  ["25MB", 25_000_000],
  ["25 mb", 25_000_000],
  ["1.5 GiB", 1_610_612_736],
  ["800kB", 800_000],
  ["1KiB", 1024],
  [" 12 B ", 12],
  ["0.0015kB", 2],
])("%s", (text, bytes) => {
  expect(readByteSize(text)).toEqual({ kind: "bytes", bytes });
});

test.each([
  ["25", "`25` lacks a unit: for example 25MB or 1.5GiB."],
  ["25M", "`M` may mean two sizes: write MB or MiB."],
  ["25k", "`k` may mean two sizes: write kB or KiB."],
  ["25Mi", "`Mi` may mean two sizes: write MB or MiB."],
  ["25 parsecs", "There is no unit `parsecs`: it is one of B, kB, MB, GB, TB, KiB, MiB, GiB, TiB."],
  ["", "`` is no size: a number with a unit is expected, for example 25MB or 1.5GiB."],
  ["-5MB", "`-5MB` is no size: a number with a unit is expected, for example 25MB or 1.5GiB."],
  ["0MB", "`0MB` is no size that an image can have."],
  ["99999999999TB", "`99999999999TB` is no size that an image can have."],
])("not %s", (text, message) => {
  expect(readByteSize(text)).toEqual({ kind: "wrong", message });
});

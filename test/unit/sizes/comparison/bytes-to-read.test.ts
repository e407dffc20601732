import { expect, test } from "vitest";
import { bytesToRead } from "../../../../client/src/sizes/comparison/bytes-to-read.ts";
import { image } from "../../../support/images/images.ts";

const base: readonly [string, number] = ["ADD base / # buildkit", 1000];
const one = image([base, ["COPY a / # buildkit", 50], ["CMD [a]", 0]]);
const other = image([base, ["COPY b / # buildkit", 7]]);

test("a layer that two images share is read once", () => {
  expect(bytesToRead([one, other], () => false)).toBe(1057);
});

test("an image whose layers are all known is not read; of another the engine hands over all", () => {
  const known = new Set(one.diffIds);
  expect(bytesToRead([one], (it) => known.has(it))).toBe(0);
  expect(bytesToRead([one, other], (it) => known.has(it))).toBe(1007);
});

test("packed layers are handed over packed", () => {
  expect(bytesToRead([{ ...one, compressedSize: 525 }], () => false)).toBe(525);
});

test("a store that gives single layers hands over those that are not known", () => {
  const known = new Set(one.diffIds);
  const [packed, packedToo] = [
    { ...one, compressedSize: 525 },
    { ...other, compressedSize: 1007 },
  ];
  expect(bytesToRead([packed, packedToo], (it) => known.has(it))).toBe(7);
});

test("where rows and layers do not fit, the image counts as a whole", () => {
  expect(bytesToRead([{ ...one, diffIds: ["a", "b", "c", "d", "e"] }], () => false)).toBe(1050);
});

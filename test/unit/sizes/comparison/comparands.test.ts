import { expect, test } from "vitest";
import type { StageInfo } from "../../../../client/src/shared/server-messages.ts";
import { comparands, stillThere } from "../../../../client/src/sizes/comparison/comparands.ts";
import type { SizeRecord } from "../../../../client/src/sizes/history/size-history.ts";

const image = (id: string, created: number, ...tags: readonly string[]) => ({
  id,
  created,
  tags,
  listedSize: 1,
});
const record = (imageId: string, time: number): SizeRecord => ({
  ...{ imageId, time, tag: "app:1", platform: "linux/amd64", total: 1, instructions: [] },
});
const stage = (index: number, name: string | null, isFinal = false) =>
  ({ index, name, isFinal }) as unknown as StageInfo;

test("last and earlier builds that the engine still has, each image once; the rest of its images below", () => {
  const records = new Map([
    ["builder", [record("b1", 1), record("b2", 4)]],
    ["", [record("gone", 2), record("f1", 3), record("f2", 5), record("f1", 6)]],
  ]);
  const found = comparands(
    [
      image("f1", 6, "app:1", "app:x"),
      image("f2", 5),
      image("b1", 1),
      image("b2", 4, "app:b"),
      image("o", 9, "o:1", "o:2"),
      image("d", 8),
    ],
    records,
    [stage(0, "builder"), stage(1, null), stage(2, null, true)],
  );
  expect(found.last.map((it) => [it.target, it.record.imageId, it.record.time])).toEqual([
    [undefined, "f1", 6],
    ["builder", "b2", 4],
  ]);
  expect(found.earlier.map((it) => [it.target, it.record.imageId])).toEqual([
    [undefined, "f2"],
    ["builder", "b1"],
  ]);
  expect(found.stages.map((it) => it.index)).toEqual([2, 0]);
  expect(found.images.map((it) => it.reference)).toEqual(["o:1", "o:2", "d"]);
});

test("without a Dockerfile there are the engine's images alone", () => {
  const found = comparands([image("a", 1, "a:1")], new Map(), []);
  expect(found).toMatchObject({ last: [], earlier: [], stages: [], images: [{ reference: "a:1" }] });
});

test("of a stage's builds those whose image is there, where it was built last", () => {
  const all = [record("a", 1), record("b", 2), record("a", 3), record("c", 4)];
  expect(stillThere([{ id: "a" }, { id: "b" }], all).map((it) => [it.imageId, it.time])).toEqual([
    ["b", 2],
    ["a", 3],
  ]);
});

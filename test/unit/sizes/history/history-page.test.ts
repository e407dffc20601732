import { expect, test } from "vitest";
import type { StageInfo } from "../../../../client/src/shared/server-messages.ts";
import { sizeHistory } from "../../../../client/src/sizes/history/history-page.ts";
import type { SizeRecord } from "../../../../client/src/sizes/history/size-history.ts";

const chain = (stage: number, ...lines: readonly (readonly [number, string])[]) =>
  lines.map(([line, text]) => ({ keyword: "RUN", text, stage, line, endLine: line }));
const stages = [
  { index: 0, name: "base", base: "alpine:3", line: 0, isFinal: false, chain: chain(0, [1, "RUN a"]) },
  {
    ...{ index: 1, name: null, base: "base", line: 3, isFinal: true },
    chain: [...chain(0, [1, "RUN a"]), ...chain(1, [4, `RUN b ${"x".repeat(300)}`])],
  },
] as unknown as readonly StageInfo[];

function record(
  time: number,
  base: number,
  ...instructions: readonly [text: string, bytes: number][]
): SizeRecord {
  return {
    ...{ time, imageId: `sha256:${time}`, tag: "app:1", platform: "linux/amd64" },
    total: base + instructions.reduce((sum, it) => sum + it[1], 0),
    ...{ base: { name: "alpine:3", bytes: base }, commit: { id: "0123456789abcdef", isDirty: true } },
    instructions: instructions.map(([text, bytes]) => ({ key: text, name: text.slice(0, 5), bytes })),
  };
}

const long = `RUN b ${"x".repeat(300)}`;
const records = new Map([
  ["base", [record(1, 5)]],
  ["", [record(2, 5, ["RUN a", 1], ["RUN gone", 9]), record(3, 6, ["RUN a", 1], [long, 7])]],
]);
const subjects = new Map([["0123456789abcdef", "Fewer packages"]]);
const of = (stage?: string) =>
  sizeHistory({ name: "Dockerfile", records, stage, stages, subjects }, (text) => text);

test("the stage that was built last, with instructions as they stand now, and the line of the base", () => {
  const { points, ...about } = of();
  expect(about).toEqual({ name: "Dockerfile", stages: ["", "base"], stage: "" });
  expect(points[1]).toMatchObject({
    commit: "0123456",
    subject: "Fewer packages",
    isDirty: true,
    change: -1,
    transfer: null,
  });
  expect(points[1]?.moves).toEqual([
    { how: "edited", text: `${long.slice(0, 199)}…`, before: "RUN g", bytes: -2, line: 5 },
    { how: "base", text: "alpine:3", before: null, bytes: 1, line: 1 },
  ]);
});

test("what stands there no more has its name and no line; a stage that has gone has its history", () => {
  const none = sizeHistory(
    { name: "Dockerfile", records, stage: "", stages: [], subjects: new Map() },
    (text) => text,
  );
  expect(none.points[1]?.subject).toBeNull();
  expect(none.points[1]?.moves.map((it) => [it.text, it.line])).toEqual([
    ["RUN b", null],
    ["alpine:3", null],
  ]);
  expect(of("base").points).toHaveLength(1);
  expect(of("other").points).toEqual([]);
});

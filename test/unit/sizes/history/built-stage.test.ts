import { expect, test } from "vitest";
import type { StageInfo } from "../../../../client/src/shared/server-messages.ts";
import { sizeRecord, stageKey } from "../../../../client/src/sizes/history/built-stage.ts";
import { packRecords, unpackRecords } from "../../../../client/src/sizes/history/packed-records.ts";

function stage(index: number, base: string, ...chain: readonly [text: string, stage: number][]): StageInfo {
  return {
    ...{ index, base, line: index * 10, endLine: index * 10 + 9, name: `s${index}`, isFinal: index === 1 },
    ...{ ports: [], arguments: [], secrets: [], ssh: [], budgets: [] },
    chain: chain.map(([text, stage], line) => ({ keyword: "RUN", text, stage, line, endLine: line })),
  };
}

const stages = [stage(0, "alpine:3", ["RUN a", 0]), stage(1, "s0", ["RUN a", 0], ["RUN secret=x b", 1])];
const [first, final] = stages;

function record() {
  if (!final) throw new Error("There are two stages.");
  return sizeRecord(
    {
      image: { id: "sha256:1", platform: "linux/amd64", compressedSize: undefined },
      ...{ tag: "app:1", time: 5, stage: final, stages, commit: { id: "abc", isDirty: true } },
      costs: {
        lines: final.chain.map((line) => ({ line, bytes: 7, hidden: 0, files: undefined, largest: [] })),
        ...{ total: 20, base: 6 },
      },
    },
    (text) => `#${text.length}`,
  );
}

test("the base is what the first stage is built on, and the text of instructions is not kept", () => {
  expect(record()).toEqual({
    ...{ time: 5, imageId: "sha256:1", tag: "app:1", platform: "linux/amd64", total: 20 },
    transfer: undefined,
    commit: { id: "abc", isDirty: true },
    base: { name: "alpine:3", bytes: 6 },
    instructions: [
      { key: "#5", name: "RUN a", bytes: 7 },
      { key: "#14", name: "RUN", bytes: 7 },
    ],
  });
});

test("the final stage is the same whatever it is called", () => {
  expect([first, final].map((it) => it && stageKey(it))).toEqual(["s0", ""]);
  expect(stageKey({ isFinal: false, name: null, index: 2 })).toBe("#2");
});

test("records come back as they were kept; what cannot be read is none", () => {
  const records = new Map([
    ["s0", []],
    ["", [record(), { ...record(), time: 6 }]],
  ]);
  const packed = packRecords(records);
  expect([...unpackRecords(packed)]).toEqual(JSON.parse(JSON.stringify([...records])));
  expect([...unpackRecords(packed).keys()]).toEqual(["s0", ""]);
  for (const text of ["", packed.slice(0, -9), "null", "{}", '{"form":2}', '{"form":1}'])
    expect([...unpackRecords(text)]).toEqual([]);
});

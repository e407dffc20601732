import { expect, test } from "vitest";
import { instructionKey } from "../../../../client/src/shared/instruction-key.ts";
import {
  shownSizes,
  sizedStage,
  type WrittenInstruction,
} from "../../../../client/src/sizes/history/sized-stage.ts";

function written(...texts: readonly string[]): readonly WrittenInstruction[] {
  return texts.map((text, line) => ({ text, line }));
}

function cost(text: string, bytes: number) {
  const line = { keyword: "RUN", text, line: 0, endLine: 0 };
  return { line, bytes, hidden: 0, files: 1, visible: bytes, largest: [] };
}

const costs = { lines: [cost("RUN a", 10), cost("RUN b", 20), cost("RUN a", 30)], total: 60, base: 0 };
const known = sizedStage(written("RUN a", "RUN b", "RUN a"), costs, 5, instructionKey);

function shown(...texts: readonly string[]) {
  return shownSizes(written(...texts), known, instructionKey).map((it) => [it.line, it.bytes, it.isStale]);
}

test("each instruction has what it added, the same text twice in its order", () => {
  expect(shown("RUN a", "RUN b", "RUN a")).toEqual([
    [0, 10, false],
    [1, 20, false],
    [2, 30, false],
  ]);
});

test("how it is laid out does not count, a changed instruction has nothing, and what is below it is stale", () => {
  expect(shown("run  a", "RUN \\\n  # why\n  b", "RUN a")).toEqual([
    [0, 10, false],
    [1, 20, false],
    [2, 30, false],
  ]);
  expect(shown("RUN a", "RUN c", "RUN a")).toEqual([
    [0, 10, false],
    [2, 30, true],
  ]);
  expect(shown("RUN new", "RUN a", "RUN b")).toEqual([
    [1, 10, true],
    [2, 20, true],
  ]);
});

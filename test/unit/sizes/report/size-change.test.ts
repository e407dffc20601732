import { expect, test } from "vitest";
import type { ImageReport } from "../../../../client/src/sizes/report/image-report.ts";
import { changeOf, grownTooMuch, sameImage } from "../../../../client/src/sizes/report/size-change.ts";
import { readSizeRecord } from "../../../../client/src/sizes/report/size-record.ts";

/** An image of these instructions, `text bytes` each. */
function report(name: string, lines: readonly string[], base?: readonly [string, number]): ImageReport {
  const read = lines.map((it, at) => {
    const [, instruction = "", bytes = ""] = /^(.*) (\d+)$/.exec(it) ?? [];
    const [keyword = ""] = instruction.split(" ");
    return { instruction, keyword, line: at + 2, bytes: Number(bytes), files: 1, hidden: 0 };
  });
  return {
    ...{ name, id: "sha256:1", references: [], platform: "linux/amd64", visible: 0, transfer: null },
    onDisk: read.reduce((sum, it) => sum + it.bytes, base?.[1] ?? 0),
    base: base ? { name: base[0], bytes: base[1] } : null,
    lines: read,
    ...{ waste: [], problems: [] },
  };
}

function moved(before: ImageReport, after: ImageReport): string[] {
  return changeOf(after, before).lines.map(
    ({ instruction, line, was, before, after, difference }) =>
      `${difference} (${before} → ${after}) line ${line}: ${instruction}${was === null ? "" : `, was ${was}`}`,
  );
}

test("what moved it, the most first; what weighs the same is left out", () => {
  const before = report(
    "a",
    ["COPY a / 10", "RUN make 100", "COPY a / 20", "RUN old 5", "USER x 0"],
    ["alpine:3.23", 8],
  );
  const after = report(
    "a",
    ["COPY a / 10", "RUN make 130", "COPY a / 21", "RUN make all 1", "ADD n / 4", "USER y 0"],
    ["alpine:3.24", 9],
  );
  expect(changeOf(after, before)).toMatchObject({ onDisk: 32, transfer: null, before: { onDisk: 143 } });
  expect(moved(before, after)).toEqual([
    "30 (100 → 130) line 3: RUN make",
    "-4 (5 → 1) line 5: RUN make all, was RUN old",
    "4 (null → 4) line 6: ADD n /",
    "1 (8 → 9) line null: FROM alpine:3.24, was FROM alpine:3.23",
    "1 (20 → 21) line 4: COPY a /",
  ]);
  expect(moved(report("a", ["ADD x / 7", "COPY y / 1"]), report("a", ["COPY y / 1"]))).toEqual([
    "-7 (7 → null) line null: ADD x /",
  ]);
});

test("how much it may grow", () => {
  const change = changeOf(report("a", ["RUN x 110"]), report("a", ["RUN x 100"]));
  expect(grownTooMuch(change, { kind: "percent", percent: 10 })).toBe(0);
  expect(grownTooMuch(change, { kind: "percent", percent: 4.5 })).toBe(6);
  expect(grownTooMuch(change, { kind: "bytes", bytes: 0 })).toBe(10);
  expect(
    grownTooMuch(changeOf(report("a", ["RUN x 90"]), report("a", ["RUN x 100"])), {
      kind: "bytes",
      bytes: 0,
    }),
  ).toBe(0);
});

test("the same image by name, by name without a tag, or as the only one", () => {
  const [a1, a2, b] = [report("r/a:1", []), report("r/a:2", []), report("b", [])];
  expect(sameImage(a2, [a2, b], [a1, a2])).toBe(a2);
  expect(sameImage(a2, [a2, b], [a1, b])).toBe(a1);
  expect(sameImage(report("r/a:3", []), [a2, b], [a1, a2])).toBeUndefined();
  expect(sameImage(b, [b], [a1])).toBe(a1);
  expect(sameImage(b, [b, a2], [a1])).toBeUndefined();
});

test("a record is read as it was written, and anything else says what it is not", () => {
  const record = { form: 1, images: [report("a", ["RUN x 1"], ["alpine", 3])] };
  expect(readSizeRecord(JSON.stringify(record))).toEqual(record);
  expect(readSizeRecord("{")).toBe("it is no JSON");
  for (const other of [
    [],
    null,
    { form: 1 },
    { form: 1, images: [{}] },
    { form: 1, images: [{ ...record.images[0], lines: [1] }] },
  ])
    expect(readSizeRecord(JSON.stringify(other))).toBe("it is no record of plimsoll size --record");
  expect(readSizeRecord(JSON.stringify({ ...record, form: 2 }))).toBe(
    "it was written by another version of Plimsoll; record it again",
  );
});

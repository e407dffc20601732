import fc from "fast-check";
import { expect, test } from "vitest";
import type { HistoryPoint, SizeHistory } from "../../../client/src/shared/history-messages.ts";
import { pageOf } from "../../../client/webview/history/view-model.ts";

function point(total: number, more: Partial<HistoryPoint> = {}): HistoryPoint {
  return {
    ...{
      imageId: `sha256:${total}`,
      tag: "api:1",
      time: total,
      total,
      transfer: null,
      commit: null,
      subject: null,
    },
    ...{ isDirty: false, change: null, moves: [], ...more },
  };
}

function history(...points: readonly HistoryPoint[]): SizeHistory {
  return { name: "api/Dockerfile", stages: ["", "builder"], stage: "", points };
}

const page = (...points: readonly HistoryPoint[]) => pageOf(history(...points), "disk", (it) => `t${it}`);

test("the headline tells the last size, its change and the way since the first", () => {
  expect(page().headline).toBe("No build of this stage yet.");
  expect(page(point(92_000_000)).headline).toBe("92.0 MB on disk.");
  expect(
    page(point(100_000_000), point(96_100_000), point(92_000_000, { change: -4_100_000 })).headline,
  ).toBe("92.0 MB on disk, −4.10 MB since the build before, −8.00 MB (−8.0 %) over 3 builds.");
});

test("a point tells all of a build in one sentence", () => {
  const moves = [
    { how: "edited", text: "RUN npm ci --omit=dev", before: "RUN npm ci", bytes: -5_000_000, line: 7 },
    { how: "rest", text: "", before: null, bytes: 900_000, line: null },
  ] as const;
  const [, it] = page(
    point(96_100_000),
    point(92_000_000, {
      change: -4_100_000,
      commit: "1a2b3c4",
      subject: "Fewer packages",
      isDirty: true,
      moves,
    }),
  ).points;
  expect(it?.label).toBe(
    "api:1, t92000000, commit 1a2b3c4 with changes (Fewer packages), 92.0 MB on disk, −4.10 MB since the build before, moved most by RUN npm ci --omit=dev (−5.00 MB, edited, was RUN npm ci)",
  );
  expect(it?.trend).toBe("smaller");
  expect(it?.moves.map(({ text, note, line }) => [text, note, line])).toEqual([
    ["RUN npm ci --omit=dev", "edited, was RUN npm ci", 7],
    ["What no instruction explains", "", undefined],
  ]);
});

test("what stands in the Dockerfile no more says so; a base is its FROM", () => {
  const moves = [
    { how: "base", text: "debian:13", before: "alpine:3", bytes: 9, line: 1 },
    { how: "added", text: "RUN apk add", before: null, bytes: 8, line: null },
    { how: "removed", text: "RUN x", before: null, bytes: -7, line: null },
    { how: "same", text: "COPY . .", before: null, bytes: 6, line: 3 },
    { how: "platform", text: "linux/amd64 → linux/arm64", before: null, bytes: 5, line: null },
  ] as const;
  expect(
    page(point(1), point(2, { change: 1, moves })).points[1]?.moves.map((it) => [it.text, it.note]),
  ).toEqual([
    ["FROM debian:13", "base image, was alpine:3"],
    ["RUN apk add", "new; changed since"],
    ["RUN x", "removed"],
    ["COPY . .", "same instruction, other size"],
    ["linux/amd64 → linux/arm64", "another platform"],
  ]);
});

test("transfer is drawn where it is told, and only then offered", () => {
  const some = history(point(10), point(20, { transfer: 7 }), point(30, { transfer: 9 }));
  const drawn = pageOf(some, "transfer", String);
  expect(drawn.measure).toBe("transfer");
  expect(drawn.points.map((it) => it.y === undefined)).toEqual([true, false, false]);
  expect(pageOf(history(point(10)), "transfer", String)).toMatchObject({
    measure: "disk",
    hasTransfer: false,
  });
});

test("the axis begins at nothing where differences show all the same, else near the least", () => {
  expect(page(point(10_000_000), point(100_000_000)).ticks[0]?.text).toBe("0 B");
  const near = page(point(99_000_000), point(100_000_000));
  expect(near.ticks[0]?.text).not.toBe("0 B");
  const [low, high] = near.points;
  expect((high?.y ?? 0) - (low?.y ?? 0)).toBeGreaterThan(0.1);
});

test("whatever the sizes, every point is on the chart, larger is higher, and ticks differ", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000_000_000), { minLength: 1, maxLength: 30 }), (sizes) => {
      const { points, ticks } = page(...sizes.map((it) => point(it)));
      for (const [at, it] of points.entries()) {
        expect(it.y).toBeGreaterThanOrEqual(0);
        expect(it.y).toBeLessThanOrEqual(1);
        const next = points[at + 1];
        if (next) expect(next.x).toBeGreaterThan(it.x);
        if (next)
          expect(Math.sign((next.y ?? 0) - (it.y ?? 0))).toBe(
            Math.sign((sizes[at + 1] ?? 0) - (sizes[at] ?? 0)),
          );
      }
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(9);
      if (Math.max(...sizes) > 100) expect(new Set(ticks.map((it) => it.text)).size).toBe(ticks.length);
    }),
  );
});

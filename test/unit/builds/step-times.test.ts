import { expect, test } from "vitest";
import { shownTimes, timedStage, timeOfStage } from "../../../client/src/builds/step-times.ts";

const lines = (...texts: readonly string[]) => texts.map((text, line) => ({ text, line }));
const stage = lines("FROM alpine", "COPY . .", "RUN make", 'CMD ["a"]');
const ran = (line: number, milliseconds: number) => ({ line, milliseconds, cached: false });
const cached = (line: number) => ({ line, milliseconds: 0, cached: true });

test("each instruction with its time; what came from the cache keeps that of when it ran", () => {
  const first = timedStage(stage, [ran(0, 5), ran(1, 20), ran(2, 12_400)], undefined);
  expect(shownTimes(stage, first)).toEqual([
    { line: 0, milliseconds: 5, cached: false, isStale: false },
    { line: 1, milliseconds: 20, cached: false, isStale: false },
    { line: 2, milliseconds: 12_400, cached: false, isStale: false },
  ]);
  const second = timedStage(stage, [cached(0), cached(1), cached(2)], first);
  expect(shownTimes(stage, second)[2]).toEqual({
    line: 2,
    milliseconds: 12_400,
    cached: true,
    isStale: false,
  });
});

test("one whose text changed has none, those behind it are stale; undone it is as before", () => {
  const known = timedStage(stage, [ran(0, 5), ran(1, 20), ran(2, 30)], undefined);
  const edited = lines("FROM alpine", "COPY src .", "RUN make", 'CMD ["a"]');
  expect(shownTimes(edited, known).map((it) => [it.line, it.isStale])).toEqual([
    [0, false],
    [2, true],
  ]);
  expect(shownTimes(stage, known).every((it) => !it.isStale)).toBe(true);
});

test("one that was put in, taken out, or is no step changes what comes behind", () => {
  const known = timedStage(stage, [ran(1, 20), ran(2, 30)], undefined);
  const put = lines("FROM alpine", "COPY . .", "ENV A=1", "RUN make", 'CMD ["a"]');
  expect(shownTimes(put, known)).toMatchObject([
    { line: 1, isStale: false },
    { line: 3, isStale: true },
  ]);
  const out = lines("FROM alpine", "RUN make", 'CMD ["a"]');
  // It stands where another was, which the next build sees.
  expect(shownTimes(out, known)).toMatchObject([{ line: 1, milliseconds: 30 }]);
});

test("white space, continuations and the keyword's case are no change", () => {
  const known = timedStage(lines("FROM a", "RUN one && \\\n  two"), [ran(1, 20)], undefined);
  expect(shownTimes(lines("FROM a", "run one   && two"), known)).toMatchObject([{ line: 1, isStale: false }]);
});

test("nothing of the text can be read in what is kept", () => {
  const known = timedStage(lines("FROM a", "RUN curl -H 'token: s3cret'"), [ran(1, 20)], undefined);
  expect(JSON.stringify(known)).not.toMatch(/s3cret|curl/);
});

test("what all steps of a stage took when they last ran", () => {
  const first = timedStage(stage, [ran(1, 20), ran(2, 12_400)], undefined);
  expect(timeOfStage(first)).toBe(12_420);
  expect(timeOfStage(timedStage(stage, [cached(1), ran(2, 100)], first))).toBe(120);
  expect(timeOfStage(timedStage(stage, [cached(1)], undefined))).toBeUndefined();
});

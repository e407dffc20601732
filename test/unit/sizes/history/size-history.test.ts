import fc from "fast-check";
import { expect, test } from "vitest";
import {
  instructionName,
  keptRecords,
  lastChange,
  movesBetween,
  type SizeRecord,
  sizeSteps,
  withRecord,
} from "../../../../client/src/sizes/history/size-history.ts";

/** `base 10, RUN a 5, COPY b 3`: the key is the name. */
function record(text: string, more: Partial<SizeRecord> = {}): SizeRecord {
  const parts = text.split(", ").map((it) => {
    const [, name = "", bytes] = /^(.*) (\d+)$/.exec(it) ?? [];
    return { key: name, name, bytes: Number(bytes) };
  });
  const total = parts.reduce((sum, it) => sum + it.bytes, 0);
  const [base, ...instructions] = parts;
  return {
    ...{ time: 1, imageId: text, tag: "a:1", platform: "linux/amd64", total, instructions },
    ...(base && { base: { name: base.name, bytes: base.bytes } }),
    ...more,
  };
}

function moves(before: string, after: string) {
  return movesBetween(record(before), record(after)).map(
    (it) => `${it.how} ${it.before ? `${it.before} > ` : ""}${it.name} ${it.bytes}`,
  );
}

test("the same instruction with another size, the most first", () => {
  expect(moves("alpine:3 10, RUN a 5, RUN b 7, CMD 0", "alpine:3 10, RUN a 9, RUN b 27, CMD 0")).toEqual([
    "same RUN b 20",
    "same RUN a 4",
  ]);
});

test("an edited instruction is the one that stood there, with the same keyword", () => {
  expect(moves("alpine:3 10, RUN a 5, RUN b 7, RUN c 1", "alpine:3 10, RUN a 5, RUN b2 2, RUN c 1")).toEqual([
    "edited RUN b > RUN b2 -5",
  ]);
  expect(moves("alpine:3 10, COPY x 7, RUN c 1", "alpine:3 10, RUN y 2, RUN c 1")).toEqual([
    "removed COPY x -7",
    "added RUN y 2",
  ]);
  expect(moves("alpine:3 10, COPY x 7, RUN y 2", "alpine:3 10, RUN z 3")).toEqual([
    "removed COPY x -7",
    "edited RUN y > RUN z 1",
  ]);
});

test("what came, went and was moved; the same text twice is two instructions", () => {
  expect(moves("alpine:3 10, RUN a 5", "alpine:3 10, RUN n 4, RUN a 5")).toEqual(["added RUN n 4"]);
  expect(moves("alpine:3 10, RUN a 5, RUN b 1, RUN a 6", "alpine:3 10, RUN a 5, RUN b 1")).toEqual([
    "removed RUN a -6",
  ]);
});

test("another base, another platform, and what nothing explains", () => {
  expect(moves("alpine:3 10, RUN a 5", "debian 90, RUN a 5")).toEqual(["base alpine:3 > debian 80"]);
  expect(moves("alpine:3 10, RUN a 5", "alpine:3 11, RUN a 5")).toEqual(["base alpine:3 1"]);
  const before = record("alpine:3 10, RUN a 5");
  expect(movesBetween(before, { ...before, total: 20 })).toEqual([
    { how: "rest", key: undefined, name: "", bytes: 5 },
  ]);
  expect(movesBetween(before, record("alpine:3 9, RUN a 5", { platform: "linux/arm64" }))).toEqual([
    { how: "platform", key: undefined, name: "linux/amd64 → linux/arm64", bytes: -1 },
  ]);
});

test("the moves add up to the difference, and nothing of both images is lost or told twice", () => {
  const instruction = fc.record({
    key: fc.constantFrom("a", "b", "c", "d", "e"),
    name: fc.constantFrom("RUN x", "COPY y", "ENV"),
    bytes: fc.nat(50),
  });
  const any = fc.record({ total: fc.nat(1000), instructions: fc.array(instruction, { maxLength: 8 }) });
  fc.assert(
    fc.property(any, any, (one, other) => {
      const [before, after] = [one, other].map((it) => record("b 10", it));
      if (!before || !after) return;
      const found = movesBetween(before, after);
      expect(found.reduce((sum, it) => sum + it.bytes, 0)).toBe(after.total - before.total);
      expect(movesBetween(before, { ...before }).filter((it) => it.how !== "rest")).toEqual([]);
    }),
  );
});

test("steps tell of each build against the one before; the first of none", () => {
  const steps = sizeSteps([record("b 10, RUN a 5"), record("b 10, RUN a 7"), record("b 10, RUN a 7, CMD 0")]);
  expect(steps.map((it) => [it.change, it.moves.length])).toEqual([
    [undefined, 0],
    [2, 1],
    [0, 0],
  ]);
});

test("the same image again is one record, and so many are kept", () => {
  const one = record("b 10");
  const again = withRecord(withRecord([], one), { ...one, time: 9 });
  expect(again.map((it) => it.time)).toEqual([9]);
  expect(lastChange(again)).toBeUndefined();
  let many: readonly SizeRecord[] = [];
  for (let at = 0; at < keptRecords + 5; at++)
    many = withRecord(many, record("b 10", { imageId: `${at}`, total: at * at }));
  expect(many).toHaveLength(keptRecords);
  expect(many[0]?.imageId).toBe("5");
  expect(lastChange(many)).toBe(204 ** 2 - 203 ** 2);
});

test("an instruction's name holds no value, address or secret", () => {
  const names = [
    ["RUN --mount=type=cache,target=/root npm ci --omit=dev", "RUN npm ci"],
    ["run apk add \\\n  # why\n  curl", "RUN apk add"],
    ["RUN TOKEN=abc curl https://u:p@x", "RUN"],
    ["RUN login ada hunter2", "RUN login ada"],
    ["RUN curl -H 'Authorization: x'", "RUN curl"],
    ['RUN ["a", "b"]', "RUN"],
    ["COPY --from=builder --chown=1:1 /out/app /usr/local/bin/app", "COPY /out/app /usr/local/bin/app"],
    ["ADD https://user:pass@host/x.tgz /x", "ADD /x"],
    ["ENV PASSWORD=hunter2", "ENV"],
    ["WORKDIR /srv", "WORKDIR /srv"],
  ];
  for (const [text = "", name] of names) expect(instructionName(text)).toBe(name);
});

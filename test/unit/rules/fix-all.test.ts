import fc from "fast-check";
import { expect, test } from "vitest";
import { safeEdits } from "../../../server/src/rules/fix-all.ts";
import type { Fix, Problem } from "../../../server/src/rules/rule.ts";
import {
  applyEdits,
  insert,
  interfere,
  overlap,
  remove,
  replace,
  type TextEdit,
} from "../../../server/src/text/edit.ts";

function problem(...fixes: Fix[]): Problem {
  const span = { start: 0, end: 0 };
  return {
    rule: "a",
    aliases: [],
    severity: "warning",
    tags: ["size"],
    span,
    message: "",
    related: [],
    fixes,
  };
}

function safe(...edits: TextEdit[]): Fix {
  return { kind: "safe", title: "", edits };
}

test("takes safe fixes, in order of place, and no unsafe one", () => {
  const unsafe: Fix = { kind: "unsafe", title: "", edits: [replace({ start: 2, end: 3 }, "U")] };
  const edits = safeEdits([
    problem(safe(insert(5, "B"))),
    problem(unsafe),
    problem(safe(replace({ start: 0, end: 1 }, "A"))),
  ]);
  expect(applyEdits("123456", edits)).toBe("A2345B6");
});

test("takes none that changes another file", () => {
  const others: Fix = { ...safe(insert(0, "A")), others: [{ kind: "create", file: "/a", text: "" }] };
  expect(safeEdits([problem(others), problem(safe(insert(1, "B")))])).toEqual([insert(1, "B")]);
});

test("of one problem the first safe fix only", () => {
  const unsafe: Fix = { kind: "unsafe", title: "", edits: [insert(0, "U")] };
  expect(applyEdits("1", safeEdits([problem(unsafe, safe(insert(0, "A")), safe(insert(1, "B")))]))).toBe(
    "A1",
  );
});

test("where two touch the same text the first is taken, whole", () => {
  const first = problem(safe(remove({ start: 1, end: 3 })));
  const second = problem(safe(insert(0, "X"), replace({ start: 2, end: 4 }, "Y")));
  expect(applyEdits("1234", safeEdits([first, second]))).toBe("14");
  expect(applyEdits("1234", safeEdits([second, first]))).toBe("X12Y");
});

test("what is added behind a text that another fix moves comes in the next pass, where that text is then", () => {
  const moves = problem(safe(replace({ start: 0, end: 2 }, "34"), replace({ start: 2, end: 4 }, "12")));
  const adds = problem(safe(insert(4, "B")));
  expect(applyEdits("1234", safeEdits([moves, adds]))).toBe("3412");
  expect(applyEdits("1234", safeEdits([adds, moves]))).toBe("1234B");
});

test("what it takes never overlaps", () => {
  const edit = fc
    .tuple(fc.nat(20), fc.nat(4), fc.string({ maxLength: 2 }))
    .map(([start, length, text]) => replace({ start, end: start + length }, text));
  const problems = fc.array(
    fc.array(edit, { minLength: 1, maxLength: 1 }).map((edits) => problem(safe(...edits))),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(problems, (all) => {
      const edits = safeEdits(all);
      for (const [index, one] of edits.entries())
        expect(edits.slice(index + 1).some((it) => overlap(one, it))).toBe(false);
    }),
  );
});

test("takes what comparing each edit with each other one would take", () => {
  const edit = fc
    .tuple(fc.nat(30), fc.nat(3))
    .map(([start, length]) => replace({ start, end: start + length }, `${start}`));
  // The edits of one fix do not overlap.
  const edits = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .filter((all) => all.every((one, index) => !all.slice(index + 1).some((it) => overlap(one, it))));
  fc.assert(
    fc.property(fc.array(edits, { maxLength: 15 }), (fixes) => {
      const chosen: TextEdit[] = [];
      for (const its of fixes)
        if (!its.some((one) => chosen.some((it) => interfere(one, it)))) chosen.push(...its);
      const expected = chosen.toSorted((a, b) => a.span.start - b.span.start);
      expect(safeEdits(fixes.map((its) => problem(safe(...its))))).toEqual(expected);
    }),
  );
});

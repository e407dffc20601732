import { expect, test } from "vitest";
import { keywordCasing as rule } from "../../../../server/src/rules/dockerfile/keyword-casing.ts";
import { fixedByAll, fixes, problemsOf, reports } from "../../../support/check.ts";

test("instructions that are not as most of the file", () => {
  reports(rule)`
    FROM scratch
    copy Dockerfile /foo
    ^^^^ keyword-casing: copy is not in upper case as most instructions of this file are.
    COPY Dockerfile /bar
  `;
  reports(rule)`
    FROM scratch
    ^^^^ keyword-casing: FROM is not in lower case as most instructions of this file are.
    copy Dockerfile /foo
    copy Dockerfile /bar
  `;
});

test("mixed case", () => {
  reports(rule)`
    From scratch as base
    ^^^^ keyword-casing
    FROM scratch AS base2
  `;
  reports(rule)`
    frOM scratch as base
    ^^^^ keyword-casing: frOM is not in lower case as most instructions of this file are.
    from scratch as base2
  `;
});

test("an AS that is not as its FROM", () => {
  reports(rule)`
    FROM scratch as one
                 ^^ keyword-casing: as is not in the case of its FROM.
    FROM scratch As two
                 ^^ keyword-casing
    FROM scratch AS three
  `;
  reports(rule)`
    from scratch AS base
                 ^^ keyword-casing: AS is not in the case of its from.
    from scratch as base2
  `;
});

test("not files in one case, nor what is inside an instruction", () => {
  reports(rule)`
    from scratch as from
    copy FROM AS /foo
    onbuild RUN ls
    healthcheck CMD ls
  `;
  reports(rule)`
    FROM scratch AS as
    COPY from as /foo
    ONBUILD run ls
    HEALTHCHECK cmd ls
    RUN <<EOF
    from here
    copy there
    EOF
  `;
});

test("upper case wins a tie", () => {
  reports(rule)`
    FROM scratch
    copy a /a
    ^^^^ keyword-casing
  `;
});

test("what stands before the first FROM does not decide, and is not looked at", () => {
  reports(rule)`
    arg A
    Arg B
    FROM scratch
  `;
});

test("not the rest of a broken instruction", () => {
  reports(rule)`
    FROM scratch
    RUN ls

    --all /
    curl /
    echo /
    cat /
  `;
});

test("each finding under its own name", () => {
  const problems = problemsOf(rule)`
    FROM scratch as one
    copy a /a
    COPY b /b
  `;
  expect(problems.map((it) => it.aliases)).toEqual([
    ["FromAsCasing"],
    ["ConsistentInstructionCasing", "S6476"],
  ]);
});

test("writes the instruction in the case of the others, and AS with it", () => {
  fixes(rule, "safe")`
    FROM scratch as one
    RUN ls \
      # as is
      as
    from scratch as two
    Copy a /a
    ONBUILD run ls
    ->
    FROM scratch AS one
    RUN ls \
      # as is
      as
    FROM scratch AS two
    COPY a /a
    ONBUILD run ls
  `;
  fixes(rule, "safe")`
    from scratch AS one
    run ls
    ->
    from scratch as one
    run ls
  `;
});

test("fix-all sets FROM and AS right where both are wrong in their own way", () => {
  expect(fixedByAll("from scratch AS one\nFROM one As two\nRUN ls\n", [rule])).toBe(
    "FROM scratch AS one\nFROM one AS two\nRUN ls\n",
  );
});

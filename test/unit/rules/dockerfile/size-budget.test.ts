import { expect, test } from "vitest";
import { sizeBudget as rule } from "../../../../server/src/rules/dockerfile/size-budget.ts";
import {
  budgetSettings,
  budgetsOfStage,
} from "../../../../server/src/rules/knowledge/names/budget-comments.ts";
import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("sizes that cannot be read", () => {
  reports(rule)`
    # plimsoll: max-size=25M
                ^^^^^^^^^^^^ size-budget: \`M\` may mean two sizes: write MB or MiB.
    FROM alpine:3.24 AS build
    # plimsoll: max-size=25MB max-transfer=ten
                              ^^^^^^^^^^^^^^^^ size-budget: \`ten\` is no size: a number with a unit is expected, for example 25MB or 1.5GiB.
    FROM alpine:3.24
    COPY a /a
  `;
});

test("names that are none, and only those", () => {
  reports(rule)`
    # plimsoll: max-siez=25MB
                ^^^^^^^^ size-budget: There is no \`max-siez\` in a budget: it is one of max-size, max-transfer. Did you mean \`max-size\`?
    # plimsoll: max-weight=25MB
                ^^^^^^^^^^ size-budget
    # plimsoll: see LABEL=x below
    # plimsoll ignore=runs-as-root
    # We keep max-size=25MB in mind.
    FROM alpine:3.24
  `;
});

test("the first of two counts, and a budget needs a stage", () => {
  reports(rule)`
    # plimsoll: max-size=25MB
    # plimsoll: max-size=30MB
                ^^^^^^^^^^^^^ size-budget: This stage has another \`max-size\` already, and that one counts.
    # plimsoll: max-transfer=10MB
    FROM alpine:3.24
  `;
  reports(rule)`
    # plimsoll: max-size=25MB
                ^^^^^^^^^^^^^ size-budget: There is no FROM that this budget is about.
  `;
  const [second] = problemsOf(rule)`
    # plimsoll: max-size=25MB
    # plimsoll: max-size=30MB
    FROM alpine:3.24
  `;
  expect(second?.related).toEqual([{ message: "It stands here.", span: { start: 12, end: 25 } }]);
});

/** `line of FROM: measure bytes` for each budget that counts. */
function budgetsOf(text: string): string[] {
  const file = parseDockerfile(text);
  const settings = budgetSettings(file);
  return file.instructions
    .filter((it) => it.name === "FROM")
    .flatMap((from) =>
      budgetsOfStage(settings, from).map(
        ({ of, value }) => `${from.startLine + 1}: ${of} ${value.kind === "bytes" ? value.bytes : "wrong"}`,
      ),
    );
}

test("a comment is about the stage below it, or around it", () => {
  expect(
    budgetsOf(`# plimsoll: max-size=1GB
ARG TAG=3.24
# plimsoll: max-transfer=2 MB
FROM alpine:$TAG AS build
RUN make

# plimsoll:max-size=25 MiB, max-transfer=10MB
# for the phones
FROM scratch
COPY --from=build /a /a
# plimsoll max-size=1kB
`),
  ).toEqual(["4: disk 1000000000", "4: transfer 2000000", "9: disk 26214400", "9: transfer 10000000"]);
});

test("one that cannot be read leaves the place to another", () => {
  expect(budgetsOf("# plimsoll: max-size=25\n# plimsoll: max-size=30MB\nFROM alpine\n")).toEqual([
    "3: disk 30000000",
  ]);
});

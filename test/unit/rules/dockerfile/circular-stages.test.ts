import { expect, test } from "vitest";
import { checkDockerfile } from "../../../../server/src/rules/check.ts";
import { circularStages as rule } from "../../../../server/src/rules/dockerfile/circular-stages.ts";
import { problemsOf, reports } from "../../../support/check.ts";
import { modelOf } from "../../../support/model.ts";

test("two stages, by copies, by a mount, by number", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    COPY --from=two /a /b
                ^^^ circular-stages: one and two need each other, so that neither can be built.
    FROM alpine:3.24 AS two
    COPY --from=one /b /a
    FROM alpine:3.24
    RUN --mount=type=bind,from=3,target=/x ls /x
                               ^ circular-stages: stage 2 and stage 3 need each other, so that neither can be built.
    FROM alpine:3.24
    COPY --from=2 /b /a
    FROM scratch
  `;
});

test("by FROM, since a stage cannot stand on one that takes from it", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    COPY --from=tools /a /a
                ^^^^^ circular-stages
    FROM base AS tools
    RUN touch /a
  `;
});

test("three stages, with the way round", () => {
  const [problem, ...more] = problemsOf(rule)`
    FROM busybox AS zero
    COPY --from=two f1 /sub/
    FROM busybox AS one
    COPY --from=zero f2 /sub/
    FROM busybox AS two
    COPY --from=one f2 /sub/
  `;
  expect(more).toEqual([]);
  expect(problem?.message).toBe(
    "zero, two, one need each other in a circle, so that none of them can be built.",
  );
  expect(problem?.related.map((it) => it.message)).toEqual(["two needs one.", "one needs zero."]);
});

test("a stage that copies from itself, which BuildKit calls circular too", () => {
  reports(rule)`
    FROM golang:1.27 AS Builder
    COPY --from=builder /a /b
                ^^^^^^^ circular-stages: builder is this stage, and a stage cannot copy from itself.
    RUN --mount=type=bind,from=builder,target=/x ls /x
                               ^^^^^^^ circular-stages
    COPY --from=0 /a /b
                ^ circular-stages: Stage 0 is this stage, and a stage cannot copy from itself.
    RUN --mount=type=bind,from=0,target=/x ls /x
    ONBUILD COPY --from=builder /a /b
    FROM alpine:3.24
    COPY --from=1 /a /b
                ^ circular-stages
    COPY --from=builder /a /b
  `;
  reports(rule, { contexts: ["builder"] })`
    FROM golang:1.27 AS builder
    COPY --from=builder /a /b
  `;
  const [itself] = problemsOf(rule)`
    FROM golang:1.27 AS builder
    COPY --from=builder /a /b
  `;
  expect(itself?.aliases).toContain("DL3023");
  const [byNumber] = problemsOf(rule)`
    FROM alpine:3.24
    COPY --from=0 /a /b
  `;
  expect(byNumber?.aliases).toEqual(["circular-stage-deps", "DL3022"]);
  expect(itself?.related.map((it) => it.message)).toEqual(["The stage is named here."]);
});

test("not what is taken from a later stage that needs nothing back", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    COPY --from=two /a /b
    FROM alpine:3.24 AS two
    COPY --from=three /b /a
    FROM alpine:3.24 AS three
    COPY --from=nginx:1.29 /a /a
    COPY --from=two-images /a /a
    ONBUILD COPY --from=one /a /a
    FROM alpine:3.24
    COPY --from=one /a /a
    COPY --from=two /a /a
  `;
});

test("a file of nothing but circles is answered at once, contents included", () => {
  const count = 400;
  const text = Array.from(
    { length: count },
    (_, index) =>
      `FROM alpine:3.24 AS s${index}\n${[1, 7, 31].map((it) => `COPY --from=s${(index + it) % count} /a /a\n`).join("")}`,
  ).join("");
  const start = performance.now();
  const problems = checkDockerfile(modelOf(text), { rules: [rule] });
  expect(problems.length).toBeGreaterThan(0);
  const model = modelOf(text);
  expect(model.stages.map((it) => it.isUsedByFinal)).not.toContain(false);
  expect(model.finalStage?.result.hasPath("/a").is).not.toBe("no");
  expect(performance.now() - start).toBeLessThan(3000);
});

import { expect, test } from "vitest";
import { duplicateStageName as rule } from "../../../../server/src/rules/dockerfile/duplicate-stage-name.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("each stage whose name is taken, in any case", () => {
  reports(rule)`
    FROM node:24 AS foo-base
    FROM golang:1.27 AS bar
    FROM alpine:3.24 AS foo-base
                        ^^^^^^^^ duplicate-stage-name: There is a stage foo-base already; COPY --from=foo-base takes the last one only.
    FROM scratch AS Foo-Base
                    ^^^^^^^^ duplicate-stage-name
  `;
});

test("not different names, images and stages without a name", () => {
  reports(rule)`
    FROM node:24 AS builder
    FROM golang:1.27 AS builder2
    FROM node:24
    FROM builder AS node
    FROM node:24
  `;
});

test("tells where the other one is", () => {
  const [problem] = problemsOf(rule)`
    FROM node:24 AS a
    FROM golang:1.27 AS a
  `;
  expect(problem?.related).toEqual([{ message: "The other a is here.", span: { start: 16, end: 17 } }]);
});

test("renames the earlier one and the FROM that means it", () => {
  fixes(rule, "unsafe")`
    FROM node:24 AS Builder
    FROM builder AS builder-1
    FROM golang:1.27 AS builder
    FROM builder AS test
    FROM scratch
    COPY --from=builder /out /out
    ->
    FROM node:24 AS builder-1-2
    FROM builder-1-2 AS builder-1
    FROM golang:1.27 AS builder
    FROM builder AS test
    FROM scratch
    COPY --from=builder /out /out
  `;
});

test("nothing to offer where a variable names the earlier one", () => {
  offersNothing(rule)`
    ARG BASE=builder
    FROM node:24 AS builder
    FROM $BASE AS next
    FROM golang:1.27 AS builder
  `;
});

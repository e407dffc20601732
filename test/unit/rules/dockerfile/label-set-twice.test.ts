import { test } from "vitest";
import { labelSetTwice as rule } from "../../../../server/src/rules/dockerfile/label-set-twice.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("in one LABEL or two, with quotes or without, and once for each", () => {
  reports(rule)`
    FROM alpine:3.24
    LABEL a=1 b=2
          ^^^ label-set-twice: a is set again on line 3, and this value is lost.
    LABEL "a"=3 \
          ^^^^^ label-set-twice: a is set again on line 4, and this value is lost.
          a=4
    LABEL c="x"
          ^^^^^ label-set-twice: c is set again on line 6, to the same value.
    LABEL c=x
  `;
});

test("not what the base sets, nor what another stage or a trigger does", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    LABEL a=1
    FROM base
    LABEL a=2
    ONBUILD LABEL a=3
    LABEL $A=1
    LABEL $A=2
    ENV a=1
    ENV a=2
  `;
});

test("the one without effect goes", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    LABEL a=1
    LABEL a=2
    ->
    FROM alpine:3.24
    LABEL a=2
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    LABEL a=1 b=2
    LABEL a=2
  `;
});

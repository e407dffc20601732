import { expect, test } from "vitest";
import { undefinedArgumentInFrom as rule } from "../../../../server/src/rules/dockerfile/undefined-argument-in-from.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("a variable that is declared nowhere", () => {
  reports(rule)`
    ARG MY_ARCH=amd64
    ARG tag=latest
    FROM --platform=$BULIDPLATFORM scratch AS one
                    ^^^^^^^^^^^^^^ undefined-argument-in-from: No ARG in front of the first FROM declares BULIDPLATFORM; did you mean BUILDPLATFORM?
    FROM busybox:$tag$version AS b
                     ^^^^^^^^ undefined-argument-in-from: No ARG in front of the first FROM declares version.
    FROM busybox:\${version:-1.37}
                 ^^^^^^^^^^^^^^^^ undefined-argument-in-from
  `;
  expect(problemsOf(rule)`
    ARG MY_ARCH=amd64
    FROM --platform=linux/\${MYARCH} busybox
  `).toHaveLength(1);
});

test("an ARG of a stage, which FROM does not see", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine:3.24 AS builder
    ARG VERSION=3.24
    FROM alpine:$VERSION
  `;
  expect(problem?.message).toBe("No ARG in front of the first FROM declares VERSION.");
  expect(problem?.related.map((it) => it.message)).toEqual(["This ARG is of its stage only."]);
});

test("not what is declared, with a value or without, and what BuildKit brings", () => {
  reports(rule)`
    ARG base=scratch
    ARG BUILDPLATFORM=linux/amd64
    ARG DEBUG
    FROM $base AS one
    FROM --platform=$BUILDPLATFORM scratch AS two
    FROM --platform=$TARGETOS/$TARGETARCH scratch$DEBUG AS three
    FROM scra\${DEBUG:-tch} AS four
    FROM scratch\${DEBUG-@bogus} AS five
    FROM scratch
    RUN echo $UNKNOWN
  `;
});

test("replaces the name alone", () => {
  fixes(rule, "safe")`
    ARG VERSION=3.24
    FROM --platform="$BULIDPLATFORM" alpine:\${VERSON:-3}
    ->
    ARG VERSION=3.24
    FROM --platform="$BUILDPLATFORM" alpine:\${VERSION:-3}
  `;
});

test("names that share a word, or differ in a number, are no slips of each other", () => {
  offersNothing(rule)`
    ARG NODE_VERSION=24
    ARG GO_VERSION=1.27
    ARG PYTHON311=3.11
    ARG BASE_REGISTRY=docker.io
    FROM docker:$DOCKERD_VERSION AS one
    FROM node:$JS_VERSION AS two
    FROM python:$PYTHON312 AS three
    FROM --platform=$BASEPLATFORM $CACHE_REGISTRY/alpine
  `;
});

test("offers nothing where nothing is near", () => {
  offersNothing(rule)`
    ARG VERSION=3.24
    FROM $IMAGE
  `;
});

test("an error where nothing is left that could be built from", () => {
  const found = problemsOf(rule)`
    ARG VERSION
    FROM $NOWHERE
    FROM alpine:$NOWHERE
    FROM --platform=$NOWHERE alpine
    FROM alpine:3$NOWHERE
    FROM alpine:$VERSION$NOWHERE
    FROM --platform=linux/amd64$NOWHERE alpine
  `;
  expect(found.map((it) => it.severity)).toEqual([
    "error",
    "error",
    "error",
    "warning",
    "warning",
    "warning",
  ]);
  expect(found.map((it) => it.aliases.length)).toEqual([2, 2, 1, 1, 1, 1]);
});

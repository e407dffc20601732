import { expect, test } from "vitest";
import { unpinnedBase as rule } from "../../../../server/src/rules/dockerfile/unpinned-base.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("no tag, and the tag latest", () => {
  reports(rule)`
    FROM alpine AS one
         ^^^^^^ unpinned-base: alpine has no tag, so each build takes the newest image.
    FROM --platform=$BUILDPLATFORM docker.io/library/golang AS two
                                   ^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-base
    FROM localhost:5000/team/app:latest
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unpinned-base: localhost:5000/team/app:latest is another image whenever a new version comes out.
  `;
});

test("not tags, digests, stages, scratch and variables", () => {
  reports(rule)`
    ARG BASE=alpine
    FROM alpine:3.24 AS builder
    FROM alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS two
    FROM alpine:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS three
    FROM builder AS four
    FROM $BASE AS five
    FROM scratch
  `;
});

test("not images whose name holds the version and that have no version tags", () => {
  reports(rule)`
    FROM gcr.io/distroless/static-debian12
  `;
});

test("pins to the newest version that is known, after asking", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine
  `;
  expect(problem?.fixes.map((it) => it.title)).toEqual([expect.stringMatching(/^Pin to alpine:3\.\d+$/)]);
  fixes(rule, "unsafe")`
    FROM golang:latest AS builder
    FROM alpine
    ->
    FROM golang:1.27 AS builder
    FROM alpine:3.24
  `;
});

test("nothing to offer for an image that is not known", () => {
  offersNothing(rule)`
    FROM example.com/team/app
  `;
});

test("hadolint has a rule for each", () => {
  const found = problemsOf(rule)`
    FROM alpine AS one
    FROM alpine:latest
  `;
  expect(found.map((it) => it.aliases.filter((name) => name.startsWith("DL")))).toEqual([
    ["DL3006"],
    ["DL3007"],
  ]);
});

test("an additional build context is no image", () => {
  expect(problemsOf(rule, { contexts: ["tests"] })`FROM tests`).toEqual([]);
  expect(problemsOf(rule)`FROM tests`).toHaveLength(1);
});

test("a stage of that name further down is pointed out", () => {
  const [one] = problemsOf(rule)`
    FROM builder
    FROM alpine:3.24 AS builder
  `;
  expect(one?.related.map((it) => it.message)).toEqual([
    "The stage builder begins here, and FROM takes stages above it only, so that builder is an image.",
  ]);
  expect(problemsOf(rule)`FROM node AS node`.map((it) => it.related)).toEqual([[]]);
});

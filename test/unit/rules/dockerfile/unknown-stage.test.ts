import { test } from "vitest";
import { unknownStage as rule } from "../../../../server/src/rules/dockerfile/unknown-stage.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a slip in COPY --from, in a mount and in FROM", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    FROM bulider AS test
         ^^^^^^^ unknown-stage: There is no stage bulider; did you mean builder?
    FROM alpine:3.24
    COPY --from=buidler /out/api /api
                ^^^^^^^ unknown-stage
    RUN --mount=type=bind,from=bilder,target=/x ls /x
                               ^^^^^^ unknown-stage
  `;
});

test("not images, contexts, variables and stages of any case", () => {
  reports(rule)`
    FROM golang:1.27 AS Builder
    FROM alpine:3.24
    COPY --from=builder /a /a
    COPY --from=0 /a /a
    COPY --from=nginx:1.29 /etc/nginx /etc/nginx
    COPY --from=busybox /bin/busybox /bin/busybox
    COPY --from=shared /a /a
    COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
    COPY --from=$BUILDER /a /a
  `;
});

test("a stage that begins further down, by name and by number", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    FROM alpine:3.24
    COPY --from=later /a /a
                ^^^^^ unknown-stage: later begins further down, and files come from stages above only.
    RUN --mount=type=bind,from=Later,target=/x ls /x
                               ^^^^^ unknown-stage
    COPY --from=2 /a /a
                ^ unknown-stage: Stage 2 begins further down, and files come from stages above only.
    COPY --from=builder /a /a
                ^^^^^^^ unknown-stage
    FROM alpine:3.24 AS later
    FROM alpine:3.24 AS builder
  `;
  reports(rule, { contexts: ["later"] })`
    FROM alpine:3.24
    COPY --from=later /a /a
    FROM alpine:3.24 AS later
  `;
});

test("no slip of a stage that begins further down", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY --from=biulder /a /a
    FROM golang:1.27 AS builder
  `;
});

test("a number in a mount, which takes names only", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    FROM alpine:3.24
    RUN --mount=type=bind,from=0,target=/x ls /x
                               ^ unknown-stage: A mount takes stages by name only: 0 would be an image.
    RUN --mount=type=bind,from=7,target=/x ls /x
  `;
  fixes(rule, "safe")`
    FROM golang:1.27 AS builder
    FROM alpine:3.24
    RUN --mount=type=bind,from=0,target=/x ls /x
    ->
    FROM golang:1.27 AS builder
    FROM alpine:3.24
    RUN --mount=type=bind,from=builder,target=/x ls /x
  `;
});

test("a number that is too high", () => {
  reports(rule)`
    FROM golang:1.27
    FROM alpine:3.24
    COPY --from=2 /a /a
                ^ unknown-stage: There is no stage 2: the file has 2, counted from 0.
  `;
});

test("a stage that copies from itself is there, and no slip of another one", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    FROM golang:1.27 AS building
    COPY --from=building /a /b
    COPY --from=1 /a /b
  `;
  offersNothing(rule)`
    FROM golang:1.27 AS builder
    COPY --from=later /a /b
    FROM golang:1.27 AS later
  `;
});

test("puts the near name there, as it is written", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS Builder
    FROM alpine:3.24
    COPY --link --from=biulder --chown=1:1 /a \
      /b
    ->
    FROM golang:1.27 AS Builder
    FROM alpine:3.24
    COPY --link --from=Builder --chown=1:1 /a \
      /b
  `;
});

test("in FROM it is for the user to decide", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS builder
    FROM bulider
    ->
    FROM golang:1.27 AS builder
    FROM builder
  `;
});

test("in FROM a name that goes on where a stage's ends, or ends sooner, is one of its own", () => {
  reports(rule)`
    FROM golang:1.27 AS Test
    FROM tests AS one
    FROM golang:1.27 AS release
    FROM releas AS two
    FROM relaese AS three
         ^^^^^^^ unknown-stage
    FROM alpine:3.24
    COPY --from=tests /a /a
                ^^^^^ unknown-stage
  `;
});

test("not an additional context that a Compose file names", () => {
  reports(rule, { contexts: ["bulider", "Sources"] })`
    FROM golang:1.27 AS builder
    FROM alpine:3.24 AS source
    FROM bulider AS one
    COPY --from=bulider /a /a
    RUN --mount=type=bind,from=sources,target=/x ls /x
    COPY --from=buildre /a /a
                ^^^^^^^ unknown-stage
  `;
});

test("nothing between two near names", () => {
  reports(rule)`
    FROM golang:1.27 AS build-a
    FROM golang:1.27 AS build-b
    FROM alpine:3.24
    COPY --from=build-c /a /a
  `;
});

test("not short names and other numbers, which may well be images or contexts", () => {
  reports(rule)`
    FROM python:3.11 AS python311
    FROM alpine:3.24 AS api
    FROM alpine:3.24
    COPY --from=python312 /a /a
    COPY --from=app /a /a
  `;
});

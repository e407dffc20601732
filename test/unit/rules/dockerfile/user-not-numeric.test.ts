import { test } from "vitest";
import { userNotNumeric as rule } from "../../../../server/src/rules/dockerfile/user-not-numeric.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a name, with and without a group, where it is the image's user", () => {
  reports(rule)`
    FROM scratch AS one
    USER foobar
         ^^^^^^ user-not-numeric: foobar is a name, and only the image knows which number it is.
    FROM scratch AS two
    USER other
    RUN ["/a"]
    USER foobar:barfoo
         ^^^^^^^^^^^^^ user-not-numeric: foobar is a name, and only the image knows which number it is.
    FROM alpine:3.24 AS base
    USER 1000
    USER app
         ^^^ user-not-numeric
    FROM base AS left
    FROM base AS right
  `;
});

test("not numbers, root, variables, users of Windows, and stages that are no image", () => {
  reports(rule)`
    FROM node:24 AS builder
    USER node
    FROM scratch AS one
    USER 12345
    FROM scratch AS two
    USER 1234:5678
    FROM scratch AS three
    ARG APP_USER=app
    USER $APP_USER
    FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS four
    USER ContainerUser
    FROM alpine:3.24 AS five
    COPY --from=builder /app /app
    USER root
  `;
});

test("the number that the image or the file says", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine AS one
    USER node
    FROM alpine:3.24 AS two
    RUN addgroup -S app && adduser -S -u 10001 -G app app
    USER app:app
    FROM debian:trixie-slim AS three
    RUN useradd --uid=1001 --create-home web
    USER web
    ->
    FROM node:24-alpine AS one
    USER 1000
    FROM alpine:3.24 AS two
    RUN addgroup -S app && adduser -S -u 10001 -G app app
    USER 10001:app
    FROM debian:trixie-slim AS three
    RUN useradd --uid=1001 --create-home web
    USER 1001
  `;
});

test("no number where the system chooses it, or the words are not plain", () => {
  offersNothing(rule)`
    FROM alpine:3.24 AS one
    RUN adduser -D app
    USER app
    FROM alpine:3.24 AS two
    RUN adduser -D -u 1000 -G app web
    USER app
    FROM alpine:3.24 AS three
    ARG ID=1000
    RUN adduser -D -u $ID app
    USER app
    FROM node:24 AS four
    RUN usermod -u 2000 node
    USER node
  `;
});

test("no number that is another user's", () => {
  offersNothing(rule)`
    FROM ubuntu:24.04 AS one
    RUN useradd --uid 1000 --create-home app
    USER app
  `;
  fixes(rule, "unsafe")`
    FROM ubuntu:24.04 AS one
    RUN userdel ubuntu && useradd --uid 1000 --create-home app
    USER app
    ->
    FROM ubuntu:24.04 AS one
    RUN userdel ubuntu && useradd --uid 1000 --create-home app
    USER 1000
  `;
});

import { test } from "vitest";
import { userUnknownToImage as rule } from "../../../../server/src/rules/dockerfile/user-unknown-to-image.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a name on scratch, and one that only the builder has", () => {
  reports(rule)`
    FROM golang:1.27-alpine AS builder
    RUN adduser -D app
    USER app
    FROM scratch
    USER app
         ^^^ user-unknown-to-image: No user app is in this image.
  `;
});

test("a group", () => {
  reports(rule)`
    FROM scratch
    USER 1000:staff
         ^^^^^^^^^^ user-unknown-to-image: No group staff is in this image.
  `;
});

test("not numbers, root, variables and what is not known", () => {
  reports(rule)`
    FROM scratch AS one
    USER 1000:1000
    USER ""
    USER :
    USER $NOTHING
    FROM alpine:3.24 AS two
    USER nobody
    FROM alpine:3.24 AS three
    ARG NAME=app
    RUN adduser -D $NAME
    USER $NAME
    FROM example.com/team/base:1 AS four
    USER app
    FROM debian:trixie-slim AS five
    USER www-data
    FROM node:24
    USER node
  `;
});

test("not users that the stage makes, in any dialect", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    RUN addgroup -S app && adduser -S -D -H -G app app
    USER app:app
    FROM debian:trixie-slim AS two
    RUN groupadd -r web && useradd -r -g web web
    USER web:web
    FROM scratch
    COPY --from=one /etc/passwd /etc/group /etc/
    USER app:app
  `;
  reports(rule)`
    FROM scratch
    COPY passwd /etc/passwd
    USER app
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY setup.sh /
    RUN /setup.sh
    USER app
  `;
});

test("takes the user over from the builder", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27-alpine AS builder
    RUN adduser -D app
    FROM scratch
    COPY --from=builder /out/api /api
    USER app
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27-alpine AS builder
    RUN adduser -D app
    FROM scratch
    COPY --from=builder /out/api /api
    COPY --from=builder /etc/passwd /etc/passwd
    USER app
    ENTRYPOINT ["/api"]
  `;
});

test("or says a number", () => {
  fixes(rule, "unsafe", "numeric")`
    FROM scratch
    USER app
    ->
    FROM scratch
    USER 65532:65532
  `;
});

test("creates the user where that can be done", () => {
  fixes(rule, "unsafe", "Create")`
    FROM alpine:3.24
    USER app
    CMD ["sleep", "1"]
    ->
    FROM alpine:3.24
    RUN adduser -D app
    USER app
    CMD ["sleep", "1"]
  `;
});

test("not where a stage built on this one brings the user", () => {
  reports(rule)`
    FROM scratch AS base
    USER app
    FROM base
    COPY <<EOF /etc/passwd
    app:x:1000:1000::/:/sbin/nologin
    EOF
  `;
  reports(rule)`
    FROM scratch AS base
    USER app
         ^^^ user-unknown-to-image: No user app is in this image.
    FROM base AS other
    COPY <<EOF /etc/passwd
    web:x:1000:1000::/:/sbin/nologin
    EOF
    USER web
  `;
});

test("a group that no image of the system has", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN adduser -D app
    USER app:web
         ^^^^^^^ user-unknown-to-image: No group web is in this image.
    FROM ubuntu:24.04
    RUN useradd app
    USER app:app
    FROM debian:trixie-slim
    USER www-data:staff
    FROM node:24
    USER node:node
  `;
});

test("root keeps its rights as a number", () => {
  fixes(rule, "unsafe")`
    FROM scratch
    COPY app /app
    USER root
    CMD ["/app"]
    ->
    FROM scratch
    COPY app /app
    USER 0
    CMD ["/app"]
  `;
});

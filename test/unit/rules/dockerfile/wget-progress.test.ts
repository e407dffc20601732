import { test } from "vitest";
import { wgetProgress as rule } from "../../../../server/src/rules/dockerfile/wget-progress.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a download that says nothing about its progress", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN wget example.com/a
        ^^^^ wget-progress: wget prints its progress line by line into the build log.
    RUN ls && wget -O /a https://example.com/a
              ^^^^ wget-progress
    RUN wget -O quiet https://example.com/a
        ^^^^ wget-progress
    RUN wget --show-progress https://example.com/a >/dev/null
        ^^^^ wget-progress
    ONBUILD RUN wget https://example.com/a
                ^^^^ wget-progress
  `;
});

test("not where it is quiet, or writes it somewhere else", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN wget -q https://example.com/a && wget --quiet https://example.com/a && wget -qO- https://example.com/a
    RUN wget -nv https://example.com/a && wget --no-verbose https://example.com/a
    RUN wget --progress=dot:giga https://example.com/a
    RUN wget -o /log https://example.com/a && wget --append-output=/log https://example.com/a
    RUN wget https://example.com/a 2>/dev/null
    RUN wget --version && wget --spider https://example.com
    RUN apt-get update && apt-get install -y wget
    RUN curl https://example.com/a
  `;
});

test("GNU's option where GNU's wget is certain, -q elsewhere", () => {
  fixes(rule, "safe")`
    FROM node:24
    RUN wget https://example.com/a
    FROM alpine:3.24
    RUN wget https://example.com/a
    FROM alpine:3.24
    RUN apk add --no-cache wget && wget https://example.com/a
    FROM example.com/team/base:1
    RUN wget \
          https://example.com/a
    ->
    FROM node:24
    RUN wget --progress=dot:giga https://example.com/a
    FROM alpine:3.24
    RUN wget -q https://example.com/a
    FROM alpine:3.24
    RUN apk add --no-cache wget && wget -q https://example.com/a
    FROM example.com/team/base:1
    RUN wget -q \
          https://example.com/a
  `;
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN ["wget", "https://example.com/a"]
    ->
    FROM alpine:3.24
    RUN ["wget", "-q", "https://example.com/a"]
  `;
});

test("not where a variable says it, or may", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ARG WGET_ARGS="-q --show-progress"
    ARG WGET_OPTS
    ARG URL=https://example.com/a
    RUN wget $WGET_ARGS https://example.com/a && wget \${WGET_ARGS} https://example.com/a
    RUN wget $WGET_OPTS https://example.com/a && wget \${WGET_OPTS:-} https://example.com/a
    RUN wget $URL && wget $OTHER_URL && wget "$WGET_ARGS"
        ^^^^ wget-progress
                     ^^^^ wget-progress
                                        ^^^^ wget-progress
  `;
});

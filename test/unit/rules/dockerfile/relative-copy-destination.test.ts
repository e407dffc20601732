import { test } from "vitest";
import { relativeCopyDestination as rule } from "../../../../server/src/rules/dockerfile/relative-copy-destination.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("a relative path without any WORKDIR, or with one of another stage", () => {
  reports(rule)`
    FROM debian:13 AS one
    COPY bla.sh blubb.sh
                ^^^^^^^^ relative-copy-destination: blubb.sh is relative, and no WORKDIR says to what.
    COPY a "b"
           ^^^ relative-copy-destination
    COPY . .
           ^ relative-copy-destination
    ONBUILD COPY foo bar
                     ^^^ relative-copy-destination
    FROM example.com/windows:1 AS two
    WORKDIR c:\\system32
    FROM example.com/windows:1
    COPY foo bar
             ^^^ relative-copy-destination
    WORKDIR /app
    COPY foo bar
  `;
});

test("not an absolute path, also of Windows, nor a variable", () => {
  reports(rule)`
    FROM debian:13
    COPY bla.sh /usr/local/bin/blubb.sh
    COPY bla.sh "/usr/local/bin/blubb.sh"
    COPY bla.sh c:/system32/blubb.sh
    COPY bla.sh "d:/mypath/blubb.sh"
    COPY src.sh \${TARGET}
    COPY src.sh "$TARGET"
    ADD src.sh x
  `;
});

test("not behind a WORKDIR, of a stage below, of the base, or of a trigger", () => {
  reports(rule)`
    FROM debian:13 AS base
    WORKDIR /usr
    FROM debian:13 AS between
    RUN foo
    FROM base AS middle
    RUN foo
    FROM middle
    COPY foo bar
    FROM golang:1.27
    COPY foo bar
    FROM debian:13
    ONBUILD WORKDIR /usr/local/lib
    ONBUILD COPY foo bar
  `;
});

test("the same place written out", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    COPY foo bar
    COPY a b ./
    COPY . .
    ->
    FROM alpine:3.24
    COPY foo /bar
    COPY a b /
    COPY . /
  `;
});

test("nothing to offer where --build-arg names the image", () => {
  offersNothing(rule)`
    ARG BASE=ubuntu:22.04
    FROM \${BASE} AS dev
    RUN apt-get update
    FROM dev
    COPY requirements.txt .
  `;
});

test("nothing to offer where the place is not known, or in a trigger", () => {
  offersNothing(rule)`
    FROM example.com/base:1
    COPY foo bar
    FROM alpine:3.24
    ONBUILD COPY foo bar
    COPY foo ../bar
    COPY ["foo", "bar"]
  `;
});

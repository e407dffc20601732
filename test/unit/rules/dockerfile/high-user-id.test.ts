import { test } from "vitest";
import { highUserId as rule } from "../../../../server/src/rules/dockerfile/high-user-id.ts";
import { fixes, reports } from "../../../support/check.ts";

test("more than five digits, in each way to write them", () => {
  reports(rule)`
    FROM debian:bullseye-slim
    RUN useradd -u 123456 app
                ^^^^^^^^^ high-user-id: An id this high makes the login logs of the image huge.
    RUN useradd --uid=1000660000 -m app
                ^^^^^^^^^^^^^^^^ high-user-id
    RUN groupadd app && useradd -mu 200000 -g app app
                                ^^^^^^^^^^ high-user-id
    ONBUILD RUN ["useradd", "-u123456", "app"]
                            ^^^^^^^^^^ high-user-id
  `;
});

test("not a short id, one that is not known, and not without the logs", () => {
  reports(rule)`
    FROM debian:bullseye-slim
    ARG USER_ID=1000
    RUN useradd app && useradd -u 12345 b && useradd -u $USER_ID c
    RUN useradd -l -u 123456 d && useradd --no-log-init -u 123456 e && useradd -mlu 123456 f
    RUN useradd -c 123456 g
    RUN groupadd -g 123456 h
    RUN adduser -u 123456 i
  `;
});

test("releases with a useradd before shadow 4.13", () => {
  reports(rule)`
    FROM ubuntu:22.04
    RUN useradd -u 1000660000 app
                ^^^^^^^^^^^^^ high-user-id
    FROM node:24-bullseye
    RUN useradd -u 1000660000 app
                ^^^^^^^^^^^^^ high-user-id
    FROM centos:7
    RUN useradd -u 1000660000 app
                ^^^^^^^^^^^^^ high-user-id
  `;
});

test("not with a later useradd, without such files, or on what is not known", () => {
  reports(rule)`
    FROM debian:12
    RUN useradd -u 1000660000 app
    FROM debian:trixie-slim
    RUN useradd -u 1000660000 app
    FROM ubuntu:24.04
    RUN useradd -u 1000660000 app
    FROM node:24
    RUN useradd -u 1000660000 app
    FROM alpine:3.24
    RUN useradd -u 1000660000 app
    FROM example.com/base:1
    RUN useradd -u 1000660000 app
  `;
});

test("-l goes behind the program's name", () => {
  fixes(rule, "unsafe")`
    FROM debian:bullseye-slim
    RUN useradd \
          # for OpenShift
          --uid 1000660000 app
    ->
    FROM debian:bullseye-slim
    RUN useradd -l \
          # for OpenShift
          --uid 1000660000 app
  `;
  fixes(rule, "unsafe")`
    FROM debian:bullseye-slim
    RUN ["useradd", "-u", "123456", "app"]
    ->
    FROM debian:bullseye-slim
    RUN ["useradd", "-l", "-u", "123456", "app"]
  `;
});

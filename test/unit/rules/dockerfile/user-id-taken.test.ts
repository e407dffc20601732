import { test } from "vitest";
import { userIdTaken as rule } from "../../../../server/src/rules/dockerfile/user-id-taken.ts";
import { fixes, reports } from "../../../support/check.ts";

test("users and groups of the base", () => {
  reports(rule)`
    FROM node:24-trixie-slim
    RUN groupadd -g 1000 app && useradd -m --uid 1000 app
                    ^^^^ user-id-taken: 1000 is the id of the group node in this image.
                                                 ^^^^ user-id-taken: 1000 is the id of node in this image.
    FROM ubuntu:24.04
    RUN adduser --disabled-password --uid 1000 app
                                          ^^^^ user-id-taken: 1000 is the id of ubuntu in this image.
  `;
});

test("not other ids, after a deletion, shared ids, or where it may fail", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN adduser -D -u 1001 app && addgroup -g 2000 app
    RUN adduser -D -u 1000 app || true
    RUN useradd -o -u 1000 app && groupadd -f -g 1000 app
    RUN deluser node && adduser -D -u 1000 app
    FROM node:24-alpine
    RUN usermod -u 1100 node
    RUN useradd -u 1000 app
    FROM ubuntu:22.04
    RUN useradd -u 1000 app
    FROM alpine:3.24
    RUN adduser -D -u 1000 app
    FROM example.com/team/base:1
    RUN useradd -u 1000 app
    FROM oraclelinux:9-slim
    RUN groupadd --system --gid 999 mysql && useradd --system --uid 999 --gid 999 mysql
  `;
});

test("takes the next one", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    RUN adduser -D -u 1000 app
    ->
    FROM node:24-alpine
    RUN adduser -D -u 1001 app
  `;
});

test("an id that an ARG has unless a build sets it", () => {
  reports(rule)`
    FROM ubuntu:24.04
    ARG USER_UID=1000
    ARG USER_GID=$USER_UID
    RUN groupadd --gid "$USER_GID" app && useradd --uid $USER_UID -g $USER_GID -m app
                       ^^^^^^^^^^^ user-id-taken: 1000, which USER_GID is unless a build sets it, is the id of the group ubuntu in this image.
                                                        ^^^^^^^^^ user-id-taken
  `;
  reports(rule)`
    FROM ubuntu:24.04
    ARG OTHER=1001
    ARG ID=1000
    ARG UNSET
    RUN useradd -u $OTHER one && useradd -u $UNSET two
    RUN ID=1002; useradd -u $ID three
    RUN groupadd -g $ID app || true
    RUN if ! id ubuntu; then useradd -u $ID four; fi
    SHELL ["/bin/bash", "-c"]
    ARG UID=1000
    RUN useradd -u $UID five
  `;
});

test("quotes around an option change nothing", () => {
  reports(rule)`
    FROM node:24
    RUN useradd '--non-unique' --uid 1000 app
  `;
});

test("an id behind an equals sign, in quotes, and in a stage on another", () => {
  reports(rule)`
    FROM ubuntu:24.04 AS base
    RUN apt-get update
    FROM base
    RUN useradd --uid=1000 --create-home dev
                      ^^^^ user-id-taken: 1000 is the id of ubuntu in this image.
    FROM node:24
    RUN useradd -u "1000" dev
                   ^^^^^^ user-id-taken: 1000 is the id of node in this image.
  `;
  reports(rule)`
    FROM ubuntu:24.04 AS base
    RUN userdel -r ubuntu
    FROM base
    RUN useradd --uid=1000 dev
    FROM ubuntu:24.04 AS moved
    RUN usermod -u 1500 ubuntu
    FROM moved
    RUN useradd --uid=1000 dev
  `;
  fixes(rule, "unsafe")`
    FROM node:24
    RUN useradd --uid=1000 dev
    ->
    FROM node:24
    RUN useradd --uid=1001 dev
  `;
});

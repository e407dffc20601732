import { test } from "vitest";
import { unknownPackage as rule } from "../../../../server/src/rules/dockerfile/unknown-package.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("names that a release no longer has", () => {
  reports(rule)`
    FROM debian:bookworm-slim
    RUN apt-get update && apt-get install -y netcat curl openjdk-11-jdk
                                             ^^^^^^ unknown-package: Debian 12 has no package netcat: netcat-openbsd and netcat-traditional provide it.
                                                         ^^^^^^^^^^^^^^ unknown-package: Debian 12 has no package openjdk-11-jdk: it has openjdk-17-jdk.
    FROM node:24-trixie AS build
    RUN apt-get update \
     && apt install --yes python-pip libssl1.1 \
                          ^^^^^^^^^^ unknown-package: Debian 13 has no package python-pip: it has python3-pip.
                                     ^^^^^^^^^ unknown-package: Debian 13 has no package libssl1.1: it has libssl3.
          libpq-dve
          ^^^^^^^^^ unknown-package: Debian 13 has no package libpq-dve; did you mean libpq-dev?
    FROM build
    RUN apt-get install -y curll
                           ^^^^^ unknown-package: Debian 13 has no package curll; did you mean curl?
    RUN apt-get install -y no-such-thing-at-all=1.2
                           ^^^^^^^^^^^^^^^^^^^^^^^^ unknown-package: Debian 13 has no package no-such-thing-at-all.
  `;
});

test("not where it is there, is more than a name, or something else may bring it", () => {
  reports(rule)`
    FROM debian:bullseye
    RUN apt-get update && apt-get install -y netcat openjdk-11-jdk python3.9 g++ libstdc++6 wget- vim+ ca-certificates=2023*
    FROM debian:12
    RUN apt-get install -y ./local.deb $PACKAGES "lib*" linux-headers-6.1.0-1-amd64 librust-nothing-dev python3.1
    FROM debian:12
    RUN apt-get install -y netcat || true
    RUN apt-get -t bookworm-backports install -y netcat
    FROM debian:12
    RUN echo "deb https://example.com/debian stable main" > /etc/apt/sources.list.d/example.list && apt-get install -y example
    FROM debian:12
    COPY example.sources /etc/apt/sources.list.d/
    RUN apt-get install -y example
    FROM debian:12
    RUN curl -fsSL https://example.com/setup | bash - && apt-get install -y example
    FROM debian:12
    COPY setup.sh /tmp/
    RUN /tmp/setup.sh && apt-get install -y example
    FROM debian:10
    RUN apt-get install -y example
    FROM ubuntu:24.04
    RUN apt-get install -y example
    FROM postgres:17-bookworm
    RUN apt-get install -y postgresql-17-example
    FROM example.com/debian:12
    RUN apt-get install -y example
    FROM php:8.3-bookworm
    RUN apt-get install -y php8.3-gd
    FROM debian:sid
    RUN apt-get install -y example
  `;
});

test("takes the other name", () => {
  fixes(rule, "unsafe")`
    FROM python:3.13-slim-bookworm
    RUN apt-get update && apt-get install -y git netcat
    RUN ["apt-get", "install", "-y", "mysql-client"]
    ->
    FROM python:3.13-slim-bookworm
    RUN apt-get update && apt-get install -y git netcat-openbsd
    RUN ["apt-get", "install", "-y", "default-mysql-client"]
  `;
  offersNothing(rule)`
    FROM debian:13
    RUN apt-get install -y netcat=1.1
  `;
});

test("names of Debian's on Alpine", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache python build-essential py3-pip
                           ^^^^^^ unknown-package: Alpine has no package python: it has python3.
                                  ^^^^^^^^^^^^^^^ unknown-package: Alpine has no package build-essential: it has build-base.
    FROM python:3.14-alpine
    RUN apk update && apk add -t .build libssl-dev apt-utils
                                        ^^^^^^^^^^ unknown-package
                                                   ^^^^^^^^^ unknown-package: Alpine has no package apt-utils.
    FROM node:24-alpine
    RUN apk add python make g++
                ^^^^^^ unknown-package
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN apk add --no-cache libssl-dev
    ->
    FROM alpine:3.24
    RUN apk add --no-cache openssl-dev
  `;
});

test("not where another repository, an older release or a group of one's own has them", () => {
  reports(rule)`
    FROM alpine:3.11
    RUN apk add python
    FROM alpine:3.24
    RUN apk add -X https://example.com/apk build-essential
    FROM alpine:3.24
    RUN echo https://example.com/apk >> /etc/apk/repositories && apk add build-essential
    FROM alpine:3.24
    RUN apk add -t build-essential gcc && apk del build-essential
    RUN apk add build-essential || true
    FROM example.com/team/base:1
    RUN apk add build-essential
  `;
});

import { expect, test } from "vitest";
import { packageManagerMismatch as rule } from "../../../../server/src/rules/dockerfile/package-manager-mismatch.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("what the image certainly lacks", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apt-get update && apt-get install -y curl
        ^^^^^^^ package-manager-mismatch: apt-get is not in this image; its package manager is apk.
    FROM node:24-slim
    RUN set -eux; apk add --no-cache git
                  ^^^ package-manager-mismatch: apk is not in this image; its package manager is apt.
    FROM debian:trixie-slim
    RUN ["yum", "install", "-y", "curl"]
         ^^^^^ package-manager-mismatch
    FROM scratch
    RUN ["apk", "add", "curl"]
         ^^^^^ package-manager-mismatch: apk is not in this image.
    FROM ubuntu:24.04
    ONBUILD RUN /sbin/apk add curl
                ^^^^^^^^^ package-manager-mismatch
    ONBUILD RUN apk add curl
                ^^^ package-manager-mismatch
  `;
});

test("on images of which the name says the system", () => {
  reports(rule)`
    FROM eclipse-temurin:21-jre-alpine
    RUN apt-get update
        ^^^^^^^ package-manager-mismatch: apt-get is not in this image; its package manager is apk.
    FROM openjdk:17-jdk
    RUN apt-get update
        ^^^^^^^ package-manager-mismatch: apt-get is not in this image; its package manager is dnf, microdnf or yum.
    FROM registry.access.redhat.com/ubi9/ubi-minimal:9.5
    RUN yum install -y tar
        ^^^ package-manager-mismatch: yum is not in this image; its package manager is microdnf.
    FROM eclipse-temurin:21-jre-alpine
    COPY tools/ /opt/java/openjdk/bin/
    RUN apt-get update
    FROM fedora:41
    RUN yum install -y tar && dnf clean all
  `;
});

test("not where it is there, may be there, or is not known to be missing", () => {
  reports(rule)`
    ARG BASE
    FROM alpine:3.24
    RUN apk add --no-cache curl
    FROM example.com/team/base:1
    RUN apt-get update && apk add curl && dnf install curl
    FROM $BASE
    RUN apt-get update
    FROM scratch
    COPY --from=alpine:3.24 / /
    RUN ["apk", "add", "curl"]
    FROM alpine:3.24
    RUN apk add --no-cache dpkg apt && apt-get update
    RUN apt-get update
    FROM debian:trixie-slim
    COPY apk /usr/local/bin/
    RUN apk add curl
    FROM debian:trixie-slim
    RUN --mount=from=alpine:3.24,target=/usr/local/bin apk add curl
    FROM debian:trixie-slim
    RUN ./install.sh && apk add curl
  `;
});

test("not where the script asks first", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN if command -v apt-get; then apt-get update; else apk update; fi
    RUN command -v apt-get && apt-get update || apk update
    RUN apt-get update || apk update
    RUN apt-get update; apk add curl || true
        ^^^^^^^ package-manager-mismatch
    RUN echo apt-get && ls /etc/apt
  `;
});

test("without a shell it is the shell that is missing", () => {
  reports(rule)`
    FROM scratch
    RUN apk add curl
  `;
});

test("a warning where the script goes on", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    RUN apt-get update; echo done
    RUN <<EOF
    set -e
    apt-get update
    echo done
    EOF
  `;
  expect(found.map((it) => it.severity)).toEqual(["warning", "error"]);
  expect(found[0]?.related.map((it) => it.message)).toEqual([
    expect.stringMatching(/^apt-get is not in alpine:3\.24, by the table shipped with Plimsoll/),
  ]);
});

test("from apt to apk", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN apt-get update && apt-get install -y --no-install-recommends curl build-essential && rm -rf /var/lib/apt/lists/*
    RUN set -eux; \
        apt-get -qq update; \
        apt-get install -y --no-install-recommends \
          # for the health check
          curl \
          xz-utils; \
        apt-get clean
    ->
    FROM alpine:3.24
    RUN apk add --no-cache curl build-base && rm -rf /var/lib/apt/lists/*
    RUN set -eux; \
        apk add --no-cache \
          # for the health check
          curl \
          xz
  `;
});

test("from apk to apt", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apk add --no-cache curl build-base
    RUN set -e; apk add --no-cache git; echo done
    RUN <<EOF
    apk update
    apk add --no-cache jq
    EOF
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl build-essential
    RUN set -e; apt-get update; apt-get install -y --no-install-recommends git; echo done
    RUN <<EOF
    apt-get update
    apt-get install -y --no-install-recommends jq
    EOF
  `;
});

test("nothing to offer for packages that only one has, versions, groups and other commands", () => {
  for (const command of [
    "apt-get install -y libgtk-3-0",
    "apt-get install -y curl=8.*",
    "apt-get install -y $PACKAGES",
    "apt-get update && apt-get upgrade -y",
    "apt-get install -y -t backports curl",
    "dpkg -i own.deb",
  ]) {
    const found = problemsOf(rule)(
      Object.assign([`FROM alpine:3.24\nRUN ${command}\n`], { raw: [`FROM alpine:3.24\nRUN ${command}\n`] }),
    );
    expect(found.map((it) => it.fixes)).toEqual([[]]);
  }
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apk add --virtual .build gcc && apk del .build
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN yum install -y curl
  `;
});

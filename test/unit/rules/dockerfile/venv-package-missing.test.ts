import { test } from "vitest";
import { venvPackageMissing as rule } from "../../../../server/src/rules/dockerfile/venv-package-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";

test("its documented examples hold", () => {
  expectProblems(rule, rule.docs.bad);
  expectProblems(rule, rule.docs.good);
});

test("Debian, Ubuntu and what stands on buildpack-deps", () => {
  reports(rule)`
    FROM ubuntu:24.04 AS ubuntu
    RUN apt-get update && apt-get install -y python3-pip && python3 -m venv /opt/venv
                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ venv-package-missing: python3 -m venv needs ensurepip, which Ubuntu packs in python3-venv, and nothing up to here installs that.
    FROM debian:12 AS base
    RUN apt-get update && apt-get install -y python3.11 curl
    FROM base AS debian
    RUN python3.11 -m venv --system-site-packages /venv; true
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ venv-package-missing: python3.11 -m venv needs ensurepip, which Debian packs in python3.11-venv, and nothing up to here installs that.
    FROM node:24-bookworm
    RUN python3 -m venv /venv && /venv/bin/pip install yt-dlp
        ^^^^^^^^^^^^^^^^^^^^^ venv-package-missing
  `;
});

test.each([
  "FROM python:3.14-slim\nRUN python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3 python3-venv\nRUN python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3-full\nRUN python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3 pipx\nRUN python3 -m venv /venv",
  "FROM debian:12\nARG PACKAGES\nRUN apt-get update && apt-get install -y python3 $PACKAGES\nRUN python3 -m venv /venv",
  "FROM debian:12\nCOPY packages /tmp\nRUN apt-get update && apt-get install -y python3 && xargs apt-get install -y < /tmp/packages\nRUN python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3\nRUN python3 -m venv --without-pip /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3 virtualenv\nRUN virtualenv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3\nCOPY setup.sh /\nRUN /setup.sh && python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3 curl\nRUN curl -fsSL https://example.com/setup | bash\nRUN python3 -m venv /venv",
  "FROM debian:12\nRUN apt-get update && apt-get install -y python3\nRUN python3 -m venv /venv || true",
  "FROM debian:12\nCOPY --from=python:3.13 /usr/local /usr/local\nRUN apt-get update && apt-get install -y python3 && python3 -m venv /venv",
  "FROM alpine:3.23\nRUN apk add python3 && python3 -m venv /venv",
  "FROM node:24-slim\nRUN python3 -m venv /venv",
  "FROM node:24-alpine\nRUN apk add python3 && python3 -m venv /venv",
  "FROM example/base:12\nRUN python3 -m venv /venv",
])("silent for %s", (text) => {
  expectProblems(rule, `${text}\n`);
});

test("the package is installed beside Python", () => {
  fixes(rule, "unsafe")`
    FROM debian:12
    RUN apt-get update && apt-get install -y \
        python3 \
        python3-pip \
     && python3 -m venv /venv
    ->
    FROM debian:12
    RUN apt-get update && apt-get install -y \
        python3 \
        python3-pip python3-venv \
     && python3 -m venv /venv
  `;
});

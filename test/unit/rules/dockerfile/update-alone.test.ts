import { test } from "vitest";
import { updateAlone as rule } from "../../../../server/src/rules/dockerfile/update-alone.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("lists that a later RUN installs from, also of a stage built on it", () => {
  reports(rule)`
    FROM debian:trixie-slim AS base
    RUN apt-get update -qq
        ^^^^^^^^^^^^^^ update-alone: The RUN on line 5 installs from these lists, and the build cache keeps them however old they are.
    FROM base
    WORKDIR /app
    RUN apt-get install -y curl
    FROM alpine:3.24
    RUN apk update
        ^^^^^^^^^^ update-alone
    RUN ["apk", "add", "curl"]
    FROM debian:trixie-slim
    RUN echo deb https://example.com/ ./ > /etc/apt/sources.list.d/own.list && apt-get update
                                                                               ^^^^^^^^^^^^^^ update-alone
    RUN set -e; apt-get install -y curl
  `;
});

test("not where the RUN installs, or the later one updates for itself", () => {
  reports(rule)`
    FROM debian:trixie-slim AS base
    RUN apt-get update && apt-get install -y curl
    RUN apt-get install -y git
    RUN apt-get update
    RUN apt-get update && apt-get install -y make
    RUN apt-get install -y gcc
    FROM debian:trixie-slim
    RUN apt-get update
    RUN apt-get clean && make
    FROM alpine:3.24
    RUN apk update
    RUN apk add --no-cache curl && apk add -U git
  `;
});

test("not lists that are not in the layer, are removed, or look for newer ones by themselves", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN --mount=type=cache,target=/var/lib/apt apt-get update
    RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl
    FROM debian:trixie-slim
    RUN apt-get update && rm -rf /var/lib/apt/lists/*
    RUN apt-get install -y curl
    FROM debian:trixie-slim
    RUN test -e /x || apt-get update
    RUN apt-get install -y curl
    FROM fedora:43
    RUN dnf makecache
    RUN dnf install -y curl
  `;
});

test("the update goes where something is installed", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    # Lists
    RUN apt-get update
    RUN apt-get install -y curl && curl --version
    RUN set -ex; DEBIAN_FRONTEND=noninteractive apt-get install -y git; git --version
    ->
    FROM debian:trixie-slim
    # Lists
    RUN apt-get update && apt-get install -y curl && curl --version
    RUN set -ex; apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y git; git --version
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN echo https://example.com >> /etc/apk/repositories && apk update
    RUN apk add curl
    ->
    FROM alpine:3.24
    RUN echo https://example.com >> /etc/apk/repositories && apk update
    RUN apk update && apk add curl
  `;
});

test("nothing to offer where the installation stands in a condition or in exec form", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    RUN if true; then apt-get install -y curl; fi
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get update
    RUN ["apt-get", "install", "-y", "curl"]
  `;
});

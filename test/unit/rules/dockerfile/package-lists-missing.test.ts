import { test } from "vitest";
import { packageListsMissing as rule } from "../../../../server/src/rules/dockerfile/package-lists-missing.ts";
import { fixes, reports } from "../../../support/check.ts";

test("no lists yet, and no more", () => {
  reports(rule)`
    FROM ubuntu:24.04
    RUN set -eux; apt-get install -y curl; rm -rf /var/lib/apt/lists/*
                  ^^^^^^^^^^^^^^^ package-lists-missing: apt knows no curl here: nothing has fetched its lists of packages.
    FROM debian:13-slim AS base
    RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
    FROM base
    RUN mkdir /srv/app && apt install -y git
                          ^^^^^^^^^^^ package-lists-missing: apt knows no git here: nothing has fetched its lists of packages.
    RUN ["apt-get", "install", "-y", "wget"]
         ^^^^^^^^^^^^^^^^^^^^ package-lists-missing
  `;
});

test("not where lists may be, or the package is there", () => {
  reports(rule)`
    FROM debian:13-slim
    RUN apt-get update
    RUN apt-get install -y curl
    FROM debian:13-slim
    RUN apt-get update && apt-get install -y curl
    RUN apt-get install -y git
    FROM debian:13-slim
    RUN ./prepare && apt-get install -y curl
    RUN make dependencies
    RUN apt-get install -y curl
    FROM debian:13-slim
    RUN --mount=type=cache,target=/var/lib/apt apt-get install -y curl
    FROM debian:13-slim
    COPY lists /var/lib/apt/lists
    RUN apt-get install -y curl
    FROM debian:13-slim
    RUN apt-get install -y bash libpq5
    FROM buildpack-deps:trixie
    RUN apt-get install -y git
    FROM debian:13-slim
    RUN apt-get install -y curl || (apt-get update && apt-get install -y curl)
    FROM example.com/debian:13
    RUN apt-get install -y curl
    FROM debian:13-slim
    RUN curl -fsSL https://example.com/install | sh && apt-get install -y curl
    FROM debian:13-slim
    RUN apt-get install -y ./curl.deb
  `;
});

test("fetches them", () => {
  fixes(rule, "unsafe")`
    FROM debian:13-slim
    RUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    ->
    FROM debian:13-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
  `;
});

test("takes them away again, unless a later RUN uses them", () => {
  fixes(rule, "unsafe")`
    FROM debian:13-slim
    RUN apt-get install -y curl
    ->
    FROM debian:13-slim
    RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
  `;
  fixes(rule, "unsafe")`
    FROM debian:13-slim
    RUN apt-get install -y curl \
        git \
     && curl --version
    ->
    FROM debian:13-slim
    RUN apt-get update && apt-get install -y curl \
        git && rm -rf /var/lib/apt/lists/* \
     && curl --version
  `;
});

import { test } from "vitest";
import { unsortedPackages as rule } from "../../../../server/src/rules/dockerfile/unsorted-packages.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("lists over several lines", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y \
        git \
        curl=8.* \
        ^^^^^^^^ unsorted-packages: In the order of the alphabet curl=8.* stands in front of git.
        wget
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .build-deps \
        make \
        gcc \
        ^^^ unsorted-packages
        musl-dev
  `;
});

test("not in order, in one line, of other programs, nor what is no package", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get install -y git curl
    RUN apt-get install -y \
        curl \
        Git \
        libssl3=3.* \
        libssl3t64 \
        $MORE \
        wget
    RUN apt-get remove -y \
        git \
        curl
    RUN npm install \
        b \
        a
    RUN apt-get install -y \
        wget \
        ./local.deb \
        https://example.com/a.deb
    RUN apt-get install -y wget \
        curl \
        apt-get clean
  `;
});

test("sorted where they stand, options and variables in their places", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get install -y \
        wget \
        --no-install-recommends \
        $MORE \
        git=1:2.* curl \
        bash
    ->
    FROM debian:trixie-slim
    RUN apt-get install -y \
        bash \
        --no-install-recommends \
        $MORE \
        curl git=1:2.* \
        wget
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt-get install -y \
        wget \
        # for the sources
        git
  `;
});

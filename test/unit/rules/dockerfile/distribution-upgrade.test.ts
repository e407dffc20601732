import { expect, test } from "vitest";
import { distributionUpgrade as rule } from "../../../../server/src/rules/dockerfile/distribution-upgrade.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("zypper and apt-get, under each name", () => {
  reports(rule)`
    FROM opensuse/leap:16.0
    RUN zypper -n dup && zypper dist-upgrade -y
        ^^^^^^^^^^^^^ distribution-upgrade: zypper dup may replace the whole distribution.
                         ^^^^^^^^^^^^^^^^^^^ distribution-upgrade
    FROM debian:trixie-slim
    RUN apt-get update && apt-get -y dist-upgrade && apt full-upgrade -y
                          ^^^^^^^^^^^^^^^^^^^^^^^ distribution-upgrade: apt-get dist-upgrade may remove packages to upgrade others.
                                                     ^^^^^^^^^^^^^^^^ distribution-upgrade
    ONBUILD RUN ["apt-get", "dist-upgrade"]
                 ^^^^^^^^^^^^^^^^^^^^^^^^^ distribution-upgrade
  `;
});

test("not a plain upgrade, and not where there is no other way", () => {
  reports(rule)`
    FROM debian:trixie-slim AS debian
    RUN apt-get update && apt-get upgrade -y && echo apt-get dist-upgrade
    FROM opensuse/leap:16.0 AS leap
    RUN zypper -n up && zypper -n patch && zypper install -y dup
    FROM opensuse/tumbleweed:latest AS rolling
    RUN zypper -n dup
    FROM rolling
    RUN zypper -n dup
    FROM alpine:3.24
    RUN apk upgrade --no-cache
  `;
});

test("for apt-get an information only", () => {
  const found = problemsOf(rule)`
    FROM debian:trixie-slim
    RUN apt-get dist-upgrade -y; zypper dup
  `;
  expect(found.map((it) => [it.severity, it.aliases])).toEqual([
    ["info", ["DS-0024", "DKL-DI-0003"]],
    ["warning", ["DL3035"]],
  ]);
});

test("a plain upgrade instead", () => {
  fixes(rule, "unsafe")`
    FROM example.com/team/base:1
    RUN apt-get update && apt-get dist-upgrade -y
    RUN aptitude full-upgrade -y
    RUN zypper -n dup
    RUN ["zypper", "dup"]
    ->
    FROM example.com/team/base:1
    RUN apt-get update && apt-get upgrade -y
    RUN aptitude safe-upgrade -y
    RUN zypper -n update
    RUN ["zypper", "update"]
  `;
});

import { expect, test } from "vitest";
import { installAsks as rule } from "../../../../server/src/rules/dockerfile/install-asks.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("each package manager, and whatever it asks for", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get update && apt-get install -q curl && apt-get upgrade && apt-get purge gcc
                          ^^^^^^^^^^^^^^^ install-asks: apt-get asks whether to go on, and nobody can answer during a build.
                                                     ^^^^^^^^^^^^^^^ install-asks
                                                                        ^^^^^^^^^^^^^ install-asks
    RUN dnf --setopt=tsflags=nodocs install curl && dnf module install nodejs:22
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-asks
                                                    ^^^^^^^^^^^^^^^^^^ install-asks
    RUN yum update; yum remove gcc
        ^^^^^^^^^^ install-asks
                    ^^^^^^^^^^ install-asks
    RUN zypper in curl
        ^^^^^^^^^ install-asks
    RUN ["microdnf", "install", "curl"]
         ^^^^^^^^^^^^^^^^^^^^^ install-asks
    ONBUILD RUN apt-get install curl
                ^^^^^^^^^^^^^^^ install-asks
  `;
});

test("not when it is told not to, or somebody answers", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get install -y curl && apt-get -yqq install curl && apt-get -qq install curl && apt-get -q -q install curl
    RUN apt-get install --assume-yes curl && apt-get -o APT::Get::Assume-Yes=true install curl && apt-get -s upgrade
    RUN yes | apt-get install curl
    RUN apt-get install curl <<< y
    RUN apt-get install $OPTIONS curl
    RUN dnf -y install curl && dnf install --assumeyes curl && dnf --setopt=assumeyes=1 install curl
    RUN zypper -n in curl && zypper --non-interactive install curl && zypper install -y curl
  `;
});

test("not commands that ask nothing", () => {
  reports(rule)`
    FROM example.com/team/base:1
    RUN apt-get update && apt-get clean && apt-get download curl && apt-cache search curl && apt-mark hold curl
    RUN dnf makecache && dnf clean all && dnf repolist && microdnf update
    RUN zypper refresh && zypper clean && echo apt-get install curl && apk add curl
  `;
});

test("not where a file may say it for all", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/90yes
    RUN apt-get update && apt-get install curl
  `;
  reports(rule)`
    FROM fedora:43
    COPY dnf.conf /etc/dnf/dnf.conf
    RUN dnf install curl
  `;
});

test("the option goes behind the verb", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install \
          # for the health check
          curl
    RUN ["apt-get", "remove", "gcc"]
    RUN <<EOF
    dnf module install nodejs:22
    EOF
    ->
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install -y \
          # for the health check
          curl
    RUN ["apt-get", "remove", "-y", "gcc"]
    RUN <<EOF
    dnf module install -y nodejs:22
    EOF
  `;
});

test("each finding stands for the other linters' rule of its manager", () => {
  const found = problemsOf(rule)`
    FROM example.com/team/base:1
    RUN apt-get install curl; yum install curl; zypper in curl; dnf install curl
  `;
  expect(found.map((it) => it.aliases)).toEqual([
    ["DL3014", "DS-0021", "S6584"],
    ["DL3030", "S6584"],
    ["DL3034", "S6584"],
    ["DL3038", "S6584"],
  ]);
});

test("microdnf asks nothing, so that leaving -y out only reads worse", () => {
  const [problem] = problemsOf(rule)`
    FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6
    RUN microdnf install tar
  `;
  expect(problem).toMatchObject({
    severity: "info",
    message: "microdnf asks nothing, but dnf in its place would: -y says what is meant.",
  });
});

test("not conda, which takes no answer for yes", () => {
  reports(rule)`
    FROM continuumio/miniconda3:25.3.1-1
    RUN conda install -c conda-forge numpy
  `;
});

test("pip uninstall", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN pip install a && pip uninstall opencv-python && pip uninstall -y b && pip3 uninstall --yes c && python -m pip install d
                         ^^^^^^^^^^^^^ install-asks: pip asks whether to go on, and nobody can answer during a build.
    RUN yes | pip uninstall e
  `;
  fixes(rule, "safe")`
    FROM python:3.14-slim
    RUN python -m pip uninstall opencv-python
    ->
    FROM python:3.14-slim
    RUN python -m pip uninstall -y opencv-python
  `;
});

test("a command that names no package has nothing to ask about", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get purge && apt-get install
    RUN apt-get install -f
        ^^^^^^^^^^^^^^^ install-asks: apt-get asks whether to go on, and nobody can answer during a build.
  `;
});

test("what is left over is asked about only where something was removed before", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && apt-get autoremove && apt-get clean
    RUN apt-get purge -y gcc && apt-get autoremove
                                ^^^^^^^^^^^^^^^^^^ install-asks
  `;
});

test("rustup's script", () => {
  reports(rule)`
    FROM debian:trixie
    RUN curl https://sh.rustup.rs -sSf | sh
                                         ^^ install-asks: rustup's script asks whether to go on, and nobody can answer during a build.
    RUN curl --proto '=https' -sSf https://sh.rustup.rs | bash -s -- -y
    RUN curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- --default-toolchain none -y
    RUN curl -sSf https://sh.rustup.rs -o rustup.sh && sh rustup.sh -y
    RUN curl -sSf https://example.com/install.sh | sh
  `;
  fixes(rule, "safe")`
    FROM debian:trixie
    RUN curl -sSf https://sh.rustup.rs | sh
    ->
    FROM debian:trixie
    RUN curl -sSf https://sh.rustup.rs | sh -s -- -y
  `;
});

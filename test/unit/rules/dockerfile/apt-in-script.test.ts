import { test } from "vitest";
import { aptInScript as rule } from "../../../../server/src/rules/dockerfile/apt-in-script.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("apt, wherever it runs", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt update && apt install -y curl
        ^^^ apt-in-script: apt is for people at a terminal, apt-get for scripts.
                      ^^^ apt-in-script
    RUN if apt show curl; then /usr/bin/apt list; fi
           ^^^ apt-in-script: apt is for people at a terminal, apt-cache for scripts.
                               ^^^^^^^^^^^^ apt-in-script
    ONBUILD RUN ["apt", "update"]
                 ^^^^^ apt-in-script
  `;
});

test("not its relatives, nor the word", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-cache search apt && apt-mark hold curl && apt-key list
    RUN echo apt && ls /etc/apt
    RUN apt-get install -y apt apt-utils
  `;
});

test("the program that has the same command", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt update && DEBIAN_FRONTEND=noninteractive apt -y full-upgrade \
     # more
     && /usr/bin/apt install -y ./tool.deb && apt policy curl
    RUN ["apt", "update"]
    ->
    FROM debian:trixie-slim
    RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade \
     # more
     && /usr/bin/apt-get install -y ./tool.deb && apt-cache policy curl
    RUN ["apt-get", "update"]
  `;
});

test("what apt does otherwise goes along, or is left to the author", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt update && apt upgrade -y && apt upgrade --without-new-pkgs -y
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get upgrade --with-new-pkgs -y && apt-get upgrade --without-new-pkgs -y
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt show curl | grep Version
    ->
    FROM debian:trixie-slim
    RUN apt-cache show curl | grep Version
  `;
});

test("nothing to offer for what only apt has", () => {
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN apt list --installed && apt --version && apt "$VERB"
  `;
});

test("not where there is no apt at all, which is another mistake", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN apt update && apt add git
  `;
});

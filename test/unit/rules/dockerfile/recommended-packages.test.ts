import { test } from "vitest";
import { recommendedPackages as rule } from "../../../../server/src/rules/dockerfile/recommended-packages.ts";
import { fixes, reports } from "../../../support/check.ts";

test("apt-get, apt and aptitude", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get -y install curl && apt install git
                          ^^^^^^^^^^^^^^^^^^ recommended-packages: What these packages recommend is installed too.
                                                     ^^^^^^^^^^^ recommended-packages
    RUN ["aptitude", "install", "curl"]
         ^^^^^^^^^^^^^^^^^^^^^ recommended-packages
    ONBUILD RUN apt-get install -y curl
                ^^^^^^^^^^^^^^^ recommended-packages
  `;
});

test("not where somebody decided", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get install -y --no-install-recommends curl && apt-get --install-recommends install -y wine
    RUN apt-get -o APT::Install-Recommends=false install -y curl && apt-get -oAPT::Install-Recommends=0 install curl
    RUN aptitude install -R curl
    RUN apt-get install $APT_OPTIONS curl
    RUN apt-get upgrade -y && apt-get remove -y curl && apk add curl
  `;
  reports(rule)`
    FROM debian:trixie-slim
    RUN printf 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/01norecommend
    RUN apt-get update && apt-get install -y curl
  `;
});

test("the option goes behind the verb", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y \
          # for the health check
          jq
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install --no-install-recommends -y \
          # for the health check
          jq
  `;
});

test("the certificates that curl and wget recommend stay", () => {
  fixes(rule, "unsafe", "ca-certificates")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl git
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install --no-install-recommends -y curl git ca-certificates
  `;
  fixes(rule, "unsafe", "recommends")`
    FROM debian:trixie-slim
    RUN ["apt-get", "install", "-y", "wget=1.25.0-2"]
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y ca-certificates wget
    FROM buildpack-deps:trixie
    RUN apt-get update && apt-get install -y curl
    ->
    FROM debian:trixie-slim
    RUN ["apt-get", "install", "--no-install-recommends", "-y", "wget=1.25.0-2", "ca-certificates"]
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install --no-install-recommends -y ca-certificates wget
    FROM buildpack-deps:trixie
    RUN apt-get update && apt-get install --no-install-recommends -y curl
  `;
});

test("git trusts servers by the certificates that it recommends", () => {
  fixes(rule, "unsafe", "ca-certificates")`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y git
    ->
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install --no-install-recommends -y git ca-certificates
  `;
});

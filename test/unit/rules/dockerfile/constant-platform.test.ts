import { test } from "vitest";
import { constantPlatform as rule } from "../../../../server/src/rules/dockerfile/constant-platform.ts";
import { fixes, reports } from "../../../support/check.ts";

test("a platform written out", () => {
  reports(rule)`
    FROM --platform=linux/amd64 scratch AS one
         ^^^^^^^^^^^^^^^^^^^^^^ constant-platform: This stage is linux/amd64 whatever platform is built for.
    FROM --platform=linux debian:jessie AS two
         ^^^^^^^^^^^^^^^^ constant-platform
    FROM --platform=linux/arm/v7 alpine:3.24
         ^^^^^^^^^^^^^^^^^^^^^^^ constant-platform
  `;
});

test("not a stage whose name holds the system or the architecture", () => {
  reports(rule)`
    FROM --platform=linux/amd64 scratch AS my_amd64_stage
    FROM --platform=linux/amd64 scratch AS linux
    FROM --platform=linux/x86_64 scratch AS Files-AMD64
    FROM --platform=linux/aarch64 scratch AS files-aarch64
    FROM --platform=linux/arm/v7 scratch AS files-arm
    FROM --platform=arm64 scratch AS files-arm64
  `;
});

test("not variables, nothing, and what is no platform", () => {
  reports(rule)`
    ARG PLATFORM=linux/amd64
    FROM --platform=$BUILDPLATFORM alpine:3.24 AS one
    FROM --platform=$PLATFORM alpine:3.24 AS two
    FROM --platform=linux/$TARGETARCH alpine:3.24 AS three
    FROM alpine:3.24
  `;
});

test("deletes the flag after asking", () => {
  fixes(rule, "unsafe")`
    FROM --platform=linux/amd64 alpine:3.24 AS builder
    FROM --platform=linux/amd64 \
      alpine:3.24
    ->
    FROM alpine:3.24 AS builder
    FROM \
      alpine:3.24
  `;
});

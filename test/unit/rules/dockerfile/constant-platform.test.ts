import { expect, test } from "vitest";
import { shippedImages } from "../../../../server/src/model/image/shipped-images.ts";
import { constantPlatform as rule } from "../../../../server/src/rules/dockerfile/constant-platform.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

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

test("the image on this machine is for another platform", () => {
  const images = {
    ...shippedImages,
    find: (image: Parameters<typeof shippedImages.find>[0]) => {
      const facts = shippedImages.find(image);
      return facts && { ...facts, platform: "linux/arm64/v8", readFrom: { id: "sha256:1", isHere: true } };
    },
  };
  reports(rule, { images })`
    FROM --platform=linux/amd64 alpine:3.24 AS amd64-files
         ^^^^^^^^^^^^^^^^^^^^^^ constant-platform: The image on this machine is for linux/arm64/v8, and this stage asks for linux/amd64.
    FROM --platform=linux/arm64 alpine:3.24 AS arm64-files
    FROM --platform=linux/aarch64 alpine:3.24
         ^^^^^^^^^^^^^^^^^^^^^^^^ constant-platform: This stage is linux/aarch64 whatever platform is built for.
    FROM --platform=$BUILDPLATFORM alpine:3.24
  `;
  const [found] = problemsOf(rule, { images })`
    FROM --platform=linux/amd64 alpine:3.24 AS amd64-files
  `;
  expect(found?.aliases).toEqual(["InvalidBaseImagePlatform"]);
});

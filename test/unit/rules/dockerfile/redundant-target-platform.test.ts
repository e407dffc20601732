import { test } from "vitest";
import { redundantTargetPlatform as rule } from "../../../../server/src/rules/dockerfile/redundant-target-platform.ts";
import { fixes, reports } from "../../../support/check.ts";

test("the target platform alone, in both ways to write it", () => {
  reports(rule)`
    FROM --platform=$TARGETPLATFORM alpine:3.24 AS one
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-target-platform: $TARGETPLATFORM is what a stage is built for without the flag.
    FROM --platform=\${TARGETPLATFORM} alpine:3.24
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-target-platform
  `;
});

test("declared without a default it is still the predefined one", () => {
  reports(rule)`
    ARG TARGETPLATFORM
    FROM --platform=$TARGETPLATFORM alpine:3.24
         ^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-target-platform
  `;
});

test("not with a default of the file's own", () => {
  reports(rule)`
    ARG TARGETPLATFORM=linux/arm64
    FROM --platform=$TARGETPLATFORM alpine:3.24
  `;
});

test("not other platforms, and not parts of the target's", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    FROM --platform=$FOOBAR alpine:3.24 AS two
    FROM --platform=foobar/arm64 alpine:3.24 AS three
    FROM --platform=$BUILDPLATFORM alpine:3.24 AS four
    FROM --platform=$TARGETOS/$TARGETARCH alpine:3.24 AS five
    FROM --platform=\${TARGETPLATFORM:-linux/amd64} alpine:3.24
  `;
});

test("deletes the flag, continuations and comments stay", () => {
  fixes(rule, "safe")`
    FROM --platform=$TARGETPLATFORM   alpine:3.24 AS one
    FROM \
      # why
      --platform=$TARGETPLATFORM \
      alpine:3.24 AS two
    FROM --platform=$TARGETPLATFORM \
      alpine:3.24
    ->
    FROM alpine:3.24 AS one
    FROM \
      # why
     \
      alpine:3.24 AS two
    FROM \
      alpine:3.24
  `;
});

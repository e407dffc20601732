import { test } from "vitest";
import { stageNameCasing as rule } from "../../../../server/src/rules/dockerfile/stage-name-casing.ts";
import { fixes, reports } from "../../../support/check.ts";

test("capital letters anywhere in the name, used or not", () => {
  reports(rule)`
    FROM scratch AS BadStageName
                    ^^^^^^^^^^^^ stage-name-casing: The stage name BadStageName has capital letters; for BuildKit it is badstagename.
    from scratch as base-X
                    ^^^^^^ stage-name-casing
  `;
});

test("not lower case, however it is used, and not images", () => {
  reports(rule)`
    FROM scratch AS base2
    FROM scratch AS build-a_1.x
    FROM Base2
    COPY --from=BASE2 /a /a
    COPY --from=Ghcr.io/x/Y /a /a
    FROM scratch
  `;
});

test("writes the name in lower case wherever it stands", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS Builder
    # Builder makes it.
    FROM Builder AS test
    FROM alpine:3.24
    COPY --link --from=Builder --chown=1:1 /a \
      # Builder
      /b
    RUN --mount=type=bind,from=BUILDER,target=/x \
      echo Builder
    COPY --from=0 /Builder /c
    COPY --from=builder /Builder /c
    ONBUILD COPY --from=Builder /a /a
    ->
    FROM golang:1.27 AS builder
    # Builder makes it.
    FROM builder AS test
    FROM alpine:3.24
    COPY --link --from=builder --chown=1:1 /a \
      # Builder
      /b
    RUN --mount=type=bind,from=builder,target=/x \
      echo Builder
    COPY --from=0 /Builder /c
    COPY --from=builder /Builder /c
    ONBUILD COPY --from=builder /a /a
  `;
});

test("leaves a variable alone, which finds the stage in any case", () => {
  fixes(rule, "safe")`
    ARG BASE=Builder
    FROM golang:1.27 AS Builder
    FROM \${BASE}
    ->
    ARG BASE=Builder
    FROM golang:1.27 AS builder
    FROM \${BASE}
  `;
});

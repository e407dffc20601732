import { test } from "vitest";
import { unusedStage as rule } from "../../../../server/src/rules/dockerfile/unused-stage.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("without a name, and not used by any stage", () => {
  reports(rule)`
    FROM alpine:3.24
    ^^^^ unused-stage: Nothing is built from this stage or copies from it, and without a name it cannot be chosen.
    RUN touch /a
    FROM golang:1.27 AS builder
    FROM scratch
    COPY --from=builder /a /a
  `;
});

test("not what a number names, in a copy, a mount or a trigger, nor the last stage", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN touch /a
    FROM alpine:3.24
    RUN touch /b
    FROM alpine:3.24
    RUN touch /c
    FROM alpine:3.24 AS debug
    COPY --from=0 /a /a
    RUN --mount=type=bind,from=1,target=/x ls /x
    ONBUILD COPY --from=2 /c /c
    FROM scratch
  `;
});

test("not a stage with a name, which may be a target", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    FROM alpine:3.24 AS two
    FROM scratch
  `;
});

test("not where a variable says which stage it is", () => {
  reports(rule)`
    ARG STAGE=0
    FROM alpine:3.24
    FROM scratch
    COPY --from=$STAGE /a /a
  `;
});

test("goes with its lines", () => {
  fixes(rule, "unsafe")`
    # syntax=docker/dockerfile:1
    FROM alpine:3.24
    RUN touch /a

    FROM scratch
    COPY a /a
    ->
    # syntax=docker/dockerfile:1
    FROM scratch
    COPY a /a
  `;
});

test("stays where a comment would go with it, or numbers would mean others", () => {
  offersNothing(rule)`
    FROM alpine:3.24
    # why
    RUN touch /a
    FROM scratch
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    FROM alpine:3.24
    FROM scratch
    COPY --from=1 /a /a
  `;
});

import { test } from "vitest";
import { reservedStageName as rule } from "../../../../server/src/rules/dockerfile/reserved-stage-name.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("scratch and context, in any case", () => {
  reports(rule)`
    FROM alpine:3.24 AS scratch
                        ^^^^^^^ reserved-stage-name: scratch means the empty image, so no stage should have this name.
    FROM alpine:3.24 AS context
                        ^^^^^^^ reserved-stage-name: context means the build context, so no stage should have this name.
    FROM alpine:3.24 AS Context
                        ^^^^^^^ reserved-stage-name
  `;
});

test("not names that only hold these words, and not the image", () => {
  reports(rule)`
    FROM scratch AS base
    FROM alpine:3.24 AS from-scratch
    FROM alpine:3.24 AS contexts
    FROM scratch
    COPY --from=context / /
  `;
});

test("gives the stage a name that is free, wherever it is used", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS context
    FROM alpine:3.24 AS context-stage
    FROM context AS test
    FROM alpine:3.24
    COPY --from=Context /a /a
    RUN --mount=type=bind,from=context,target=/context ls /context
    ->
    FROM golang:1.27 AS context-stage-2
    FROM alpine:3.24 AS context-stage
    FROM context-stage-2 AS test
    FROM alpine:3.24
    COPY --from=context-stage-2 /a /a
    RUN --mount=type=bind,from=context-stage-2,target=/context ls /context
  `;
});

test("nothing to offer where FROM scratch may mean either, or a variable gives the name", () => {
  offersNothing(rule)`
    FROM alpine:3.24 AS scratch
    FROM scratch
  `;
  offersNothing(rule)`
    ARG BASE=context
    FROM alpine:3.24 AS context
    FROM $BASE
  `;
});

test("in quotes it is renamed where it stands alone, else nothing is offered", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24 AS context
    FROM alpine:3.24
    RUN --mount="type=bind,from=context,target=/x" ls /x
    ->
    FROM alpine:3.24 AS context-stage
    FROM alpine:3.24
    RUN --mount="type=bind,from=context-stage,target=/x" ls /x
  `;
  offersNothing(rule)`
    FROM alpine:3.24 AS context
    FROM alpine:3.24
    COPY --from="context" /a /a
  `;
});

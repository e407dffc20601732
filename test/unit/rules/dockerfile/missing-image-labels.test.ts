import { test } from "vitest";
import { missingImageLabels as rule } from "../../../../server/src/rules/dockerfile/missing-image-labels.ts";
import { reports } from "../../../support/check.ts";

test("the image that is built, without any of them", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    FROM alpine:3.24
         ^^^^^^^^^^^ missing-image-labels: No label org.opencontainers.image.… says where this image comes from.
    LABEL com.example.team=a
    COPY --from=builder /api /api
  `;
});

test("not with one, of the stage or of one below, and not where a name is not known", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    LABEL "org.opencontainers.image.version"=1
    FROM base
    CMD ["ls"]
  `;
  reports(rule)`
    FROM alpine:3.24
    ARG NAMESPACE
    LABEL \${NAMESPACE}.version=1
  `;
});

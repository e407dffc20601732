import { test } from "vitest";
import { requiredLabelMissing as rule } from "../../../../server/src/rules/dockerfile/required-label-missing.ts";
import { reports } from "../../../support/check.ts";

const policy = {
  trustedRegistries: undefined,
  labels: { "com.example.team": "text", "com.example.owner": "email" },
  strictLabels: false,
} as const;

test("each label that is demanded, in each stage that becomes an image", () => {
  reports(rule, { policy })`
    FROM alpine:3.24 AS one
         ^^^^^^^^^^^ required-label-missing: The label com.example.owner is demanded, and nothing here sets it.
    LABEL com.example.team=a
    FROM debian:13
         ^^^^^^^^^ required-label-missing: The label com.example.team is demanded, and nothing here sets it.
         ^^^^^^^^^ required-label-missing: The label com.example.owner is demanded, and nothing here sets it.
    LABEL other=x
  `;
});

test("not in stages that others use, and not where a stage below has it", () => {
  reports(rule, { policy })`
    FROM alpine:3.24 AS base
    LABEL com.example.team=a "com.example.owner"=a@example.com
    FROM golang:1.27 AS builder
    FROM node:24
    FROM debian:13 AS tools
    FROM base
    COPY --from=builder /a /a
    COPY --from=2 /b /b
    RUN --mount=type=bind,from=tools,target=/t ls /t
  `;
});

test("not where a name is not known, and not without a policy", () => {
  reports(rule, { policy })`
    FROM alpine:3.24
    ARG NAMESPACE
    LABEL $NAMESPACE.team=a
  `;
  reports(rule)`
    FROM alpine:3.24
  `;
});

import { test } from "vitest";
import { baseWithoutDigest as rule } from "../../../../server/src/rules/dockerfile/base-without-digest.ts";
import { reports } from "../../../support/check.ts";

test("not stages, scratch, variables, or what is pinned", () => {
  reports(rule)`
    ARG BASE=alpine:3.24
    FROM golang:1.27 AS builder
         ^^^^^^^^^^^ base-without-digest
    FROM builder AS tests
    FROM scratch AS files
    FROM $BASE
  `;
});

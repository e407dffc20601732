import { test } from "vitest";
import { withdrawnBase as rule } from "../../../../server/src/rules/dockerfile/withdrawn-base.ts";
import { fixes, reports } from "../../../support/check.ts";

test("FROM, COPY and mounts", () => {
  reports(rule)`
    FROM bitnami/python:3.12 AS base
         ^^^^^^^^^^^^^^^^^^^ withdrawn-base
    FROM docker.io/minio/mc
         ^^^^^^^^^^^^^^^^^^ withdrawn-base: minio/mc has not been on Docker Hub since 2026-09; its last releases, which get no fixes, are at quay.io/minio/mc.
    RUN --mount=from=minio/minio:latest,target=/m ls /m
                     ^^^^^^^^^^^^^^^^^^ withdrawn-base
  `;
});

test("not what is elsewhere, a stage, a context or open", () => {
  reports(rule, { contexts: ["minio/mc"] })`
    ARG TAG=20
    FROM bitnami/node:$TAG AS a
    FROM bitnami/node AS b
    FROM quay.io/minio/minio AS c
    FROM example/bitnami/node:20 AS d
    COPY --from=a /x /x
    COPY --from=minio/mc /usr/bin/mc /usr/bin/mc
  `;
});

test("takes it from where its last releases are", () => {
  fixes(rule, "unsafe")`
    FROM bitnami/node:20 AS base
    COPY --from=minio/mc /usr/bin/mc /usr/bin/mc
    ->
    FROM bitnamilegacy/node:20 AS base
    COPY --from=quay.io/minio/mc /usr/bin/mc /usr/bin/mc
  `;
});

test("what Bitnami left where it was", () => {
  reports(rule)`
    FROM docker.io/bitnami/minideb:bookworm
    FROM bitnami/sealed-secrets-controller:0.32.2
  `;
});

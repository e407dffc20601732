import { test } from "vitest";
import { withdrawnImage as rule } from "../../../../server/src/rules/compose/withdrawn-image.ts";
import { expectComposeProblems, fixesInCompose, reportsInCompose } from "../../../support/compose.ts";

test("its documented examples hold", () => {
  expectComposeProblems(rule, rule.docs.bad);
  expectComposeProblems(rule, rule.docs.good);
});

test("by the names that Docker Hub has, with the tags of versions where only those are gone", () => {
  reportsInCompose(rule)`
    services:
      a: {image: "docker.io/minio/minio:RELEASE.2024-09-13T20-26-02Z"}
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ withdrawn-image
      b: {image: minio/mc@sha256:0000000000000000000000000000000000000000000000000000000000000000}
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ withdrawn-image
      c: {image: bitnami/kafka:3.7}
                 ^^^^^^^^^^^^^^^^^ withdrawn-image: bitnami/kafka:3.7 has not been on Docker Hub since 2025-09; its last releases, which get no fixes, are at bitnamilegacy/kafka.
  `;
});

test("not what is elsewhere, built here, never pulled, or open", () => {
  reportsInCompose(rule)`
    services:
      a: {image: quay.io/minio/minio}
      b: {image: bitnami/redis}
      c: {image: "bitnami/redis:latest"}
      d: {image: bitnamilegacy/redis:7.2}
      e: {image: "registry.example.com/bitnami/redis:7.2"}
      f: {image: minio/minio, build: .}
      g: {image: minio/minio, pull_policy: never}
      h: {image: "minio/minio:\${TAG}"}
      i: {image: "\${REGISTRY}/minio/minio"}
      j: {image: "bitnami/redis@sha256:0000000000000000000000000000000000000000000000000000000000000000"}
      k: {image: minio/console}
  `;
});

test("takes it from where its last releases are", () => {
  fixesInCompose(rule, "unsafe")`
    services:
      store:
        image: "minio/minio:RELEASE.2024-09-13T20-26-02Z" # S3
    ->
    services:
      store:
        image: "quay.io/minio/minio:RELEASE.2024-09-13T20-26-02Z" # S3
  `;
});

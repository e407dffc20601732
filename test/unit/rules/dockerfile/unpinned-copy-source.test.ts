import { expect, test } from "vitest";
import { unpinnedCopySource as rule } from "../../../../server/src/rules/dockerfile/unpinned-copy-source.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("an image without a version, and what may be a context", () => {
  reports(rule)`
    FROM alpine:3.24
    COPY --from=busybox /bin/busybox /bin/
                ^^^^^^^ unpinned-copy-source: busybox is no stage of this file: it is an image, in whatever version is the newest.
    COPY --from=ghcr.io/astral-sh/uv /uv /bin/
                ^^^^^^^^^^^^^^^^^^^^ unpinned-copy-source
    RUN --mount=type=bind,from=example.com:5000/tools,target=/t ls /t
                               ^^^^^^^^^^^^^^^^^^^^^^ unpinned-copy-source
    COPY --from=shared /a /a
                ^^^^^^ unpinned-copy-source: shared is no stage of this file: without a build context of this name it is an image of Docker Hub.
    ONBUILD COPY --from=busybox /a /a
                        ^^^^^^^ unpinned-copy-source
  `;
});

test("what may be a context weighs less", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    COPY --from=busybox /a /a
    COPY --from=shared /a /a
  `;
  expect(found.map((it) => it.severity)).toEqual(["warning", "hint"]);
});

test("not stages, versions, digests, numbers, variables and contexts that are known", () => {
  reports(rule, { contexts: ["shared"] })`
    FROM golang:1.27 AS Builder
    FROM alpine:3.24
    COPY --from=builder /a /a
    COPY --from=0 /a /a
    COPY --from=nginx:1.29 /a /a
    COPY --from=nginx:latest /a /a
    COPY --from=busybox@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d /a /a
    COPY --from=$BUILDER /a /a
    COPY --from=shared /a /a
    COPY a /a
  `;
});

import { test } from "vitest";
import { copyWholeRoot as rule } from "../../../../server/src/rules/dockerfile/copy-whole-root.ts";
import { reports } from "../../../support/check.ts";

test("the root of a stage to the root, in each form", () => {
  reports(rule)`
    FROM golang:1.27 AS build
    FROM alpine:3.24
    COPY --from=build / /
         ^^^^^^^^^^^^^^^^ copy-whole-root: All that build holds is copied over this stage.
    COPY --link --from=build "/" "/"
                ^^^^^^^^^^^^^^^^^^^^ copy-whole-root
    COPY --from=build ["/", "/"]
         ^^^^^^^^^^^^^^^^^^^^^^ copy-whole-root
    ONBUILD COPY --from=busybox:1.37 / /
                 ^^^^^^^^^^^^^^^^^^^^^^^ copy-whole-root
  `;
});

test("not an image that is there to be copied over a builder", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.6.1 AS xx
    FROM golang:1.27-alpine
    COPY --from=xx / /
    COPY --from=tonistiigi/xx / /
  `;
});

test("not files that were put together in a stage on scratch", () => {
  reports(rule)`
    FROM scratch AS files
    COPY entrypoint.sh /usr/local/bin/entrypoint
    FROM files AS more
    COPY LICENSE /licenses/
    FROM alpine:3.24 AS build
    FROM scratch AS whole
    COPY --from=build / /
    FROM debian:trixie-slim
    COPY --from=files / /
    COPY --from=more / /
    COPY --from=0 / /
    COPY --from=whole / /
         ^^^^^^^^^^^^^^^^ copy-whole-root
  `;
});

test("not the context, a part, another place, or an image that is made one layer", () => {
  reports(rule)`
    FROM alpine:3.24 AS build
    COPY / /
    FROM alpine:3.24
    COPY --from=build /app /
    COPY --from=build / /app
    COPY --from=build /rootfs/ /
    FROM scratch
    COPY --from=build / /
  `;
});

import { test } from "vitest";
import { mountOnRoot as rule } from "../../../../server/src/rules/dockerfile/mount-on-root.ts";
import { reports } from "../../../support/check.ts";

test("the root, and a target that comes to be it", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=cache,target=/ make
                                  ^ mount-on-root: A mount cannot be on /.
    RUN --mount=type=cache make
        ^^^^^^^^^^^^^^^^^^ mount-on-root: This mount has no target, and the working directory is /.
    RUN --mount=from=busybox make
        ^^^^^^^^^^^^^^^^^^^^ mount-on-root
    RUN --mount=type=tmpfs,dst=. make
                               ^ mount-on-root
    WORKDIR /app
    RUN --mount=type=bind,target=.. make
                                 ^^ mount-on-root
  `;
});

test("not another directory, and not where the working directory is not known", () => {
  reports(rule)`
    FROM registry.example.com/own/base:1
    RUN --mount=type=cache make
    FROM alpine:3.24
    ARG CACHE=/
    RUN --mount=type=cache,target=$CACHE make
    RUN --mount=type=secret,id=token make
    RUN --mount=type=ssh make
    RUN --mount=type=secret,id=token,target=/ make
    RUN --mount=type=$KIND make
    RUN --network=none make
    WORKDIR /app
    RUN --mount=type=cache make
    RUN --mount=target=. make
    RUN --mount=type=tmpfs,target=/app/.. make
  `;
});

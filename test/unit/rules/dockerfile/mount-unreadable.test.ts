import { test } from "vitest";
import { mountUnreadable as rule } from "../../../../server/src/rules/dockerfile/mount-unreadable.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("secrets, SSH agents and caches", () => {
  reports(rule)`
    FROM node:24-alpine
    USER node
    RUN --mount=type=secret,id=a cat /run/secrets/a
        ^^^^^^^^^^^^^^^^^^^^^^^^ mount-unreadable: Only root can read this mount, and this RUN runs as node.
    RUN --mount=type=ssh --mount=type=cache,target=/x git clone git@example.com:a/b.git
        ^^^^^^^^^^^^^^^^ mount-unreadable
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mount-unreadable: Only root can write to this mount, and this RUN runs as node.
  `;
});

test("not as root, with an owner or a mode, as a variable, or with sudo", () => {
  reports(rule)`
    FROM node:24-alpine
    RUN --mount=type=secret,id=a cat /run/secrets/a
    USER node
    RUN --mount=type=secret,id=a,uid=1000 cat /run/secrets/a
    RUN --mount=type=secret,id=a,mode=0444 cat /run/secrets/a
    RUN --mount=type=secret,id=a,env=A echo
    RUN --mount=type=secret,id=a sudo cat /run/secrets/a
    RUN --mount=type=cache,target=/x,mode=0777 --mount=type=bind,target=/y ls
    RUN --mount=type=cache,target=/x,from=deps,source=/x --mount=type=tmpfs,target=/z ls
    FROM example.com/team/base:1
    RUN --mount=type=secret,id=a cat /run/secrets/a
  `;
});

test("mounts it for the user, whose id has to be known", () => {
  fixes(rule, "safe")`
    FROM node:24-alpine
    USER node
    RUN --mount=type=secret,id=a \
        cat /run/secrets/a
    ->
    FROM node:24-alpine
    USER node
    RUN --mount=type=secret,id=a,uid=1000 \
        cat /run/secrets/a
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN adduser -D app
    USER app
    RUN --mount=type=secret,id=a cat /run/secrets/a
  `;
});

import { test } from "vitest";
import { entrypointIgnoresCommand as rule } from "../../../../server/src/rules/dockerfile/entrypoint-ignores-command.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";

test("in one stage, whichever comes first, and in any form", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    CMD serve all
        ^^^^^^^^^ entrypoint-ignores-command: The ENTRYPOINT is in shell form, so that this CMD is never used.
    ENTRYPOINT exec api
  `;
});

test("across stages", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    ENTRYPOINT api serve
    FROM base
    CMD ["--port", "80"]
        ^^^^^^^^^^^^^^^^ entrypoint-ignores-command
    FROM alpine:3.24 AS other
    ENTRYPOINT api serve
    CMD ["--port", "80"]
        ^^^^^^^^^^^^^^^^ entrypoint-ignores-command
    FROM other
    RUN touch /x
  `;
});

test("not exec form, arguments that are asked for, and a CMD that is taken away", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    ENTRYPOINT ["api"]
    CMD ["--port", "80"]
    FROM alpine:3.24 AS two
    ENTRYPOINT exec api "$0" "$@"
    CMD ["--port", "80"]
    FROM alpine:3.24 AS three
    ENTRYPOINT api
    CMD []
    FROM alpine:3.24 AS four
    ENTRYPOINT api
    FROM node:24
    ENTRYPOINT node server.js
    FROM example.com/app
    CMD ["x"]
  `;
});

test("plain words become exec form, after asking", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    ENTRYPOINT api serve
    CMD ["--port", "80"]
    ->
    FROM alpine:3.24
    ENTRYPOINT ["api", "serve"]
    CMD ["--port", "80"]
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    ENTRYPOINT api serve --log "$LOG"
    CMD ["--port", "80"]
  `;
});

test("a script that sh -c is handed in exec form", () => {
  reports(rule)`
    FROM node:24-alpine AS one
    COPY entrypoint.sh /
    ENTRYPOINT ["/bin/sh", "-c", "/entrypoint.sh"]
    CMD ["node", "server.js"]
        ^^^^^^^^^^^^^^^^^^^^^ entrypoint-ignores-command: The ENTRYPOINT hands sh -c a script that asks for no arguments, so that this CMD is never used.
    FROM alpine:3.24 AS two
    ENTRYPOINT ["/bin/sh", "-c"]
    CMD ["node server.js"]
    FROM alpine:3.24 AS three
    ENTRYPOINT ["/bin/sh", "-c", "exec api \"$@\"", "--"]
    CMD ["x"]
    FROM alpine:3.24 AS four
    ENTRYPOINT ["/bin/sh", "-c", "exec api $0"]
    CMD ["x"]
    FROM alpine:3.24 AS five
    ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]
    CMD ["x"]
  `;
  fixes(rule, "unsafe", "Use exec form for ENTRYPOINT")`
    FROM node:24-alpine
    ENTRYPOINT ["/bin/sh", "-c", "/entrypoint.sh"]
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    ENTRYPOINT ["/entrypoint.sh"]
    CMD ["node", "server.js"]
  `;
});

import { test } from "vitest";
import { scriptNotExecutable as rule } from "../../../../server/src/rules/dockerfile/script-not-executable.ts";
import { fixes, offersNothing, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const files = { "start.sh": "#!/bin/sh\n", "good.sh": "#!/bin/sh\n" };
const context = contextOf(files, "guessed", ["good.sh"]);

test("a mode that lets nobody execute it", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    COPY --chown=1000 start.sh good.sh /
    RUN /good.sh && /start.sh
                    ^^^^^^^^^ script-not-executable: /start.sh is not executable: neither is start.sh in the build context.
    ENTRYPOINT ["/start.sh"]
                ^^^^^^^^^^^ script-not-executable
  `;
});

test("not where the mode is set, is good, or not known", () => {
  reports(rule, { context })`
    FROM alpine:3.24 AS a
    COPY --chmod=0755 start.sh /
    RUN /start.sh
    FROM alpine:3.24 AS b
    COPY start.sh /
    RUN chmod +x /start.sh && /start.sh
    FROM alpine:3.24 AS pattern
    COPY start.sh good.sh /tmp/
    RUN chmod a+x /tmp/*.sh && /tmp/start.sh
    FROM alpine:3.24 AS found
    COPY start.sh good.sh /tmp/
    RUN find /tmp -name '*.sh' -exec chmod +x {} + && /tmp/start.sh
    FROM alpine:3.24 AS c
    COPY . /app
    RUN chmod -R +x /app
    RUN /app/start.sh
    FROM alpine:3.24 AS d
    COPY start.sh /
    RUN sh /start.sh
    ENTRYPOINT ["sh", "/start.sh"]
    FROM alpine:3.24
    COPY good.sh /
    ENTRYPOINT ["/good.sh"]
  `;
  reports(rule, { context: contextOf(files) })`
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});

test("sets it where it is copied: safe for one file", () => {
  fixes(rule, "safe", "", { context })`
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
    ->
    FROM alpine:3.24
    COPY --chmod=755 start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
  fixes(rule, "unsafe", "", { context })`
    FROM alpine:3.24
    COPY start.sh api.conf /
    ENTRYPOINT ["/start.sh"]
    ->
    FROM alpine:3.24
    COPY --chmod=755 start.sh api.conf /
    ENTRYPOINT ["/start.sh"]
  `;
  offersNothing(rule, { context })`
    # syntax=docker/dockerfile:1.1
    FROM alpine:3.24
    COPY start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});

test("one that tini, an official entrypoint or a health check starts, and one of a folder", () => {
  reports(rule, { context })`
    FROM node:24-alpine
    RUN apk add --no-cache tini
    COPY . /app/
    HEALTHCHECK CMD /app/start.sh || exit 1
                    ^^^^^^^^^^^^^ script-not-executable: /app/start.sh is not executable: neither is start.sh in the build context.
    ENTRYPOINT ["tini", "--"]
    CMD ["/app/start.sh"]
         ^^^^^^^^^^^^^^^ script-not-executable
  `;
  reports(rule, { context })`
    FROM eclipse-temurin:21-jre-alpine
    COPY --chmod=644 good.sh /
    CMD /good.sh && true
        ^^^^^^^^ script-not-executable: /good.sh is not executable: COPY gives it the mode 644.
  `;
});

test("not where a shell reads it, another mode is written, or the check goes on without it", () => {
  reports(rule, { context })`
    FROM alpine:3.24
    COPY --chmod=u+x start.sh /a.sh
    COPY --chmod=0750 start.sh /b.sh
    COPY start.sh /c.sh
    RUN /a.sh && /b.sh && exec sh /c.sh
    HEALTHCHECK CMD /c.sh || true
    CMD ["sh", "-eu", "/c.sh"]
  `;
});

test("beside others of a folder a RUN sets it; a mode that is written is written anew", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM alpine:3.24
    COPY . /app/
    ENTRYPOINT ["/app/start.sh"]
    ->
    FROM alpine:3.24
    COPY . /app/
    RUN chmod +x /app/start.sh
    ENTRYPOINT ["/app/start.sh"]
  `;
  fixes(rule, "unsafe", "", { context })`
    FROM alpine:3.24
    COPY --chmod=644 start.sh /
    ENTRYPOINT ["/start.sh"]
    ->
    FROM alpine:3.24
    COPY --chmod=755 start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
  offersNothing(rule, { context })`
    FROM alpine:3.24
    USER 1000
    COPY . /app/
    ENTRYPOINT ["/app/start.sh"]
  `;
});

test("a script that waits and starts another one is run itself", () => {
  const waiting = contextOf({ ...files, "wait-for-it.sh": "#!/bin/bash\n" }, "guessed", ["good.sh"]);
  reports(rule, { context: waiting })`
    FROM debian:trixie-slim
    COPY wait-for-it.sh good.sh /
    CMD ["/wait-for-it.sh", "db:5432", "--", "/good.sh"]
         ^^^^^^^^^^^^^^^^^ script-not-executable
  `;
});

test("not a source that the entrypoint of Node's or Bun's image starts with its runtime", () => {
  const sources = { context: contextOf({ "src/index.js": "", "start.sh": "#!/bin/sh\n" }, "guessed", []) };
  reports(rule, sources)`
    FROM node:24
    COPY . /app
    WORKDIR /app
    CMD ["./src/index.js"]
  `;
  reports(rule, sources)`
    FROM oven/bun:1-alpine
    COPY . /app
    WORKDIR /app
    CMD ["./src/index.js"]
  `;
  reports(rule, sources)`
    FROM node:24
    COPY . /app
    WORKDIR /app
    CMD ["./start.sh"]
         ^^^^^^^^^^^^ script-not-executable
  `;
  reports(rule, sources)`
    FROM node:24
    COPY . /app
    WORKDIR /app
    ENTRYPOINT ["./src/index.js"]
                ^^^^^^^^^^^^^^^^ script-not-executable
  `;
});

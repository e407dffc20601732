import { expect, test } from "vitest";
import { runsAsRoot as rule } from "../../../../server/src/rules/dockerfile/runs-as-root.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("the base's user, when nothing changes it", () => {
  reports(rule)`
    FROM alpine:3.24
         ^^^^^^^^^^^ runs-as-root: The container runs as root: nothing here sets another user.
    CMD ["sleep", "1"]
  `;
});

test("the last USER", () => {
  reports(rule)`
    FROM node:24-alpine
    USER node
    USER root
         ^^^^ runs-as-root: The container runs as root: this is the last USER.
  `;
  reports(rule)`
    FROM node:24-alpine
    USER 0:1000
         ^^^^^^ runs-as-root
  `;
});

test("only the final stage counts, with the stages it is built on", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go version
    FROM alpine:3.24 AS base
    USER 1000
    FROM base
    CMD ["sleep", "1"]
  `;
});

test("not when another user is set, by name, number or variable", () => {
  reports(rule)`
    FROM node:24-alpine
    USER node
  `;
  reports(rule)`
    FROM alpine:3.24
    ARG UID
    USER $UID
  `;
  reports(rule)`
    FROM scratch
    USER 65532:65532
    ENTRYPOINT ["/api"]
  `;
});

test("not a base that is not root, or not known", () => {
  reports(rule)`
    FROM gcr.io/distroless/static-debian12:nonroot
    ENTRYPOINT ["/api"]
  `;
  reports(rule)`
    FROM example.com/team/base:1.0
    ENTRYPOINT ["/api"]
  `;
});

test("not images that start as root to step down", () => {
  reports(rule)`
    FROM postgres:18
    COPY init.sql /docker-entrypoint-initdb.d/
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN apk add --no-cache su-exec
    ENTRYPOINT ["/entrypoint.sh"]
  `;
  reports(rule)`
    FROM debian:trixie-slim
    ENTRYPOINT ["/init"]
  `;
});

test("creates a user in the image's own dialect, above the start and below what builds", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    COPY api /usr/local/bin/
    EXPOSE 8080
    # Start it.
    ENTRYPOINT ["/usr/local/bin/api"]
    ->
    FROM alpine:3.24
    COPY api /usr/local/bin/
    EXPOSE 8080
    RUN adduser -D -u 10001 app
    USER 10001
    # Start it.
    ENTRYPOINT ["/usr/local/bin/api"]
  `;
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    CMD ["sleep", "1"]
    RUN apt-get --version
    ->
    FROM debian:trixie-slim
    CMD ["sleep", "1"]
    RUN apt-get --version
    RUN useradd --create-home --uid 10001 app
    USER 10001
  `;
});

test("below a last line that is continued by nothing", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    ENV A=1 \
        B=2 \
    ->
    FROM node:24-alpine
    ENV A=1 \
        B=2
    USER node
  `;
});

test("nothing to offer where triggers may need root in the builds on top of it", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    ONBUILD COPY package.json ./
    ONBUILD RUN npm ci
  `;
});

test("nothing to offer below a here-document that nothing closes", () => {
  offersNothing(rule)`
    FROM node:24-alpine
    COPY <<EOT /app.conf
    port=80
  `;
});

test("in lower case among instructions in lower case", () => {
  fixes(rule, "unsafe")`
    from alpine:3.24
    copy api /usr/local/bin/
    ->
    from alpine:3.24
    copy api /usr/local/bin/
    run adduser -D -u 10001 app
    user 10001
  `;
});

test("takes the user that is there", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    USER node
    CMD ["node", "server.js"]
  `;
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN addgroup -S web && adduser -S -G web web
    CMD ["sleep", "1"]
    ->
    FROM alpine:3.24
    RUN addgroup -S web && adduser -S -G web web
    USER web
    CMD ["sleep", "1"]
  `;
  fixes(rule, "unsafe")`
    FROM gcr.io/distroless/static-debian12
    COPY api /api
    ENTRYPOINT ["/api"]
    ->
    FROM gcr.io/distroless/static-debian12
    COPY api /api
    USER nonroot
    ENTRYPOINT ["/api"]
  `;
});

test("a number where there are no users", () => {
  fixes(rule, "unsafe")`
    FROM scratch
    COPY api /api
    ENTRYPOINT ["/api"]
    ->
    FROM scratch
    COPY api /api
    USER 65532:65532
    ENTRYPOINT ["/api"]
  `;
});

test("the last USER is replaced when nothing is built behind it", () => {
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    USER root
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    USER node
    CMD ["node", "server.js"]
  `;
  fixes(rule, "unsafe")`
    FROM node:24-alpine
    USER root
    RUN apk add --no-cache git
    CMD ["node", "server.js"]
    ->
    FROM node:24-alpine
    USER root
    RUN apk add --no-cache git
    USER node
    CMD ["node", "server.js"]
  `;
});

test("not a server's image whose entrypoint gives root up, in versions without a table of their own too", () => {
  reports(rule)`
    FROM postgres:15.7-alpine
    USER root
    RUN apk add --no-cache git
  `;
  reports(rule)`
    FROM mongo:5
    USER root
    CMD ["mongod", "--quiet"]
  `;
  reports(rule)`
    FROM haproxy:3
    USER root
         ^^^^ runs-as-root
  `;
  reports(rule)`
    FROM postgres:15.7
    USER root
         ^^^^ runs-as-root
    ENTRYPOINT ["postgres"]
  `;
});

test("hadolint speaks of a USER root only", () => {
  const [implicit] = problemsOf(rule)`
    FROM alpine:3.24
  `;
  expect(implicit?.aliases).not.toContain("DL3002");
  const [explicit] = problemsOf(rule)`
    FROM alpine:3.24
    USER root
  `;
  expect(explicit?.aliases).toContain("DL3002");
});

test("not a stage on scratch that starts nothing", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go build -o /out/api .
    FROM scratch
    COPY --from=builder /out/api /
  `;
  reports(rule)`
    FROM scratch AS base
    FROM base
    COPY api /
  `;
  reports(rule)`
    FROM scratch
         ^^^^^^^ runs-as-root
    COPY api /
    CMD ["/api"]
  `;
});

test("but one that says it is root, which an image that nobody runs need not", () => {
  reports(rule)`
    FROM scratch
    COPY api /
    USER 0:0
         ^^^ runs-as-root: The container runs as root: this is the last USER.
  `;
  fixes(rule, "unsafe")`
    FROM scratch
    USER root
    ->
    FROM scratch
    USER 65532:65532
  `;
  reports(rule)`
    FROM scratch
    USER root
    WORKDIR /data
    USER 1000
  `;
});

test("not a stage that never becomes the image, whoever it builds as", () => {
  reports(rule)`
    FROM debian:trixie-slim AS tools
    USER root
    RUN apt-get --version
    FROM scratch
    USER 1000
  `;
});

test("not where a script may step down", () => {
  reports(rule)`
    FROM python:3.14-slim
    COPY entrypoint.sh /
    ENTRYPOINT ["tini", "--", "/entrypoint.sh"]
  `;
  reports(rule)`
    FROM debian:trixie-slim
    COPY --from=tools /usr /usr
    ENTRYPOINT ["/docker-entrypoint"]
  `;
  reports(rule)`
    FROM alpine:3.24
    COPY <<EOF /start.sh
    exec su app -c api
    EOF
    CMD /start.sh
  `;
  reports(rule, { context: contextOf({ "docker/start.sh": "#!/bin/sh\nexec setpriv --reuid=1000 api\n" }) })`
    FROM alpine:3.24
    COPY docker/start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
});

test("but where a script certainly does not, and where it is no script", () => {
  reports(rule, { context: contextOf({ "docker/start.sh": "#!/bin/sh\nexec api\n" }) })`
    FROM alpine:3.24
         ^^^^^^^^^^^ runs-as-root
    COPY docker/start.sh /
    ENTRYPOINT ["/start.sh"]
  `;
  reports(rule)`
    FROM node:24-alpine
         ^^^^^^^^^^^^^^ runs-as-root
    CMD ["node", "server.js"]
  `;
});

test("nginx of any version starts as root; no other user could start it", () => {
  for (const tag of ["latest", "1.27", "1.27-alpine", "1.25-alpine-slim", "1.14"]) {
    const text = [`FROM nginx:${tag}\nCOPY html /usr/share/nginx/html\n`];
    const problems = problemsOf(rule)(Object.assign(text, { raw: text }));
    expect(problems.length, tag).toBe(1);
    expect(
      problems.flatMap((it) => it.fixes),
      tag,
    ).toEqual([]);
  }
  reports(rule)`
    FROM nginx:1.27-alpine
    USER nginx
  `;
});

test("a user that is created and never switched to is part of the same finding", () => {
  const [forgotten] = problemsOf(rule)`
    FROM alpine:3.24 AS base
    RUN adduser -D app
    FROM base
    COPY --chown=app api /usr/local/bin/
    ENTRYPOINT ["/usr/local/bin/api"]
  `;
  expect(forgotten?.related.map((it) => it.message)).toContain(
    "app is created here, and nothing runs as it.",
  );
  expect(forgotten?.aliases).toContain("user-created-but-never-used");
  const [switched] = problemsOf(rule)`
    FROM alpine:3.24
    RUN adduser -D app
    USER app
    RUN touch /tmp/x
    USER root
  `;
  expect(switched?.aliases).not.toContain("user-created-but-never-used");
  const [numbered] = problemsOf(rule)`
    FROM alpine:3.24
    RUN adduser -D -u 10001 app
    USER 10001
    USER root
  `;
  expect(numbered?.aliases).not.toContain("user-created-but-never-used");
});

test("a user that comes of a variable without a value", () => {
  const [problem] = problemsOf(rule)`
    FROM alpine:3.24
    ARG NAME=
    USER $NAME
  `;
  expect(problem?.related.map((it) => it.message)).toContain("USER sets no user at all");
});

test("not the image of a system, and not what starts others as whoever these are meant to be", () => {
  reports(rule)`
    FROM scratch
    ADD rootfs.tar.xz /
    CMD ["/bin/bash"]
  `;
  reports(rule)`
    FROM scratch
         ^^^^^^^ runs-as-root
    ADD rootfs.tar.xz /
    CMD ["bash", "-c", "serve"]
  `;
  reports(rule)`
    FROM ubuntu:24.04
    RUN apt-get update && apt-get install -y openssh-server
    CMD ["/usr/sbin/sshd", "-D"]
  `;
  reports(rule)`
    FROM alpine:3.24
    ENTRYPOINT ["dumb-init", "--", "crond", "-f"]
  `;
});

test("another name where one may be taken", () => {
  fixes(rule, "unsafe")`
    FROM alpine:3.24
    RUN adduser -D -u 1000 app || true
    CMD ["sleep", "1"]
    ->
    FROM alpine:3.24
    RUN adduser -D -u 1000 app || true
    RUN adduser -D -u 10001 service
    USER 10001
    CMD ["sleep", "1"]
  `;
});

import { expect, test } from "vitest";
import { ownerUnknown as rule } from "../../../../server/src/rules/dockerfile/owner-unknown.ts";
import { problemsOf, reports } from "../../../support/check.ts";

test("users that are not there, or not yet", () => {
  reports(rule)`
    FROM scratch
    COPY a /a
    COPY --chown=app:app api /api
                 ^^^ owner-unknown: No user app is in this image here, so the files belong to root.
    FROM alpine:3.24
    ADD --chown=nginx a /a
                ^^^^^ owner-unknown
    FROM scratch
    WORKDIR /a
    COPY --chown=1000:staff a /a
                      ^^^^^ owner-unknown: No group staff is in this image here, so the files get the group of root.
  `;
});

test("says where the user comes too late", () => {
  const found = problemsOf(rule)`
    FROM alpine:3.24
    COPY --chown=app a /a
    RUN adduser -D app
  `;
  expect(found[0]?.related.map((it) => it.message)).toContain("The user app is created only here.");
});

test("not ids, root, users that are there, and images that are not known", () => {
  reports(rule)`
    FROM scratch
    COPY --chown=1000:1000 a /a
    COPY --chown=root:root a /a
    COPY --chmod=755 a /a
    FROM node:24-alpine
    COPY --chown=node:node a /a
    RUN adduser -D app
    COPY --chown=app a /a
    FROM example.com/team/base:1
    COPY --chown=app a /a
    FROM alpine:3.24
    ARG WHO=app
    COPY --chown=$WHO a /a
    RUN ./users.sh
    COPY --chown=app a /a
  `;
});

test("groups that no image of the system has", () => {
  reports(rule)`
    FROM python:3.14-slim
    RUN useradd app
    COPY --chown=app:web . /app
                     ^^^ owner-unknown: No group web is in this image here, so the files get the group of root.
    FROM alpine:3.24
    RUN adduser -S app
    COPY --chown=app:app . /app
                     ^^^ owner-unknown
    FROM debian:trixie-slim
    RUN groupadd web && useradd -g web app
    COPY --chown=app:web a /a
    COPY --chown=app:www-data b /b
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y nginx
    COPY --chown=root:web a /a
    FROM postgres:18
    COPY --chown=postgres:web a /a
    FROM example.com/base
    COPY --chown=root:web a /a
  `;
});

test("the build ends where nothing is there yet to look names up in", () => {
  reports(rule)`
    FROM scratch
    COPY --chown=app:app server /server
                 ^^^ owner-unknown: No user app is in this image here, and the build ends for that.
    FROM scratch
    ADD --chown=0:web server /server
                  ^^^ owner-unknown: No group web is in this image here, and the build ends for that.
    FROM scratch AS empty
    ENV A=1
    FROM empty
    COPY --chown=app server /server
                 ^^^ owner-unknown: No user app is in this image here, and the build ends for that.
    FROM scratch
    WORKDIR /srv
    COPY --chown=app server /server
                 ^^^ owner-unknown: No user app is in this image here, so the files belong to root.
    FROM scratch
    COPY --chown=root:root server /server
    FROM scratch
    COPY passwd /etc/passwd
    COPY --chown=app server /server
  `;
});

import { expect, test } from "vitest";
import { pathOverwritten as rule } from "../../../../server/src/rules/dockerfile/path-overwritten.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("a program that is called below is not found", () => {
  reports(rule)`
    FROM debian:trixie-slim
    ENV PATH=/opt/app
        ^^^^^^^^^^^^^ path-overwritten: This PATH lacks the directories of the system, and mkdir below is not found.
    RUN mkdir /srv/a
  `;
  reports(rule)`
    FROM alpine:3.24
    ARG HOME_OF_IT=/srv/go
    ENV PATH $HOME_OF_IT/bin:/srv/bin
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ path-overwritten
    RUN echo ok && mkdir /a
    RUN apk add --no-cache git
  `;
});

test("not with the old value or a directory of the system, and not where it is set again", () => {
  reports(rule)`
    FROM debian:trixie-slim AS one
    ENV PATH=/opt/app:$PATH
    RUN mkdir /a
    FROM debian:trixie-slim AS two
    ENV PATH=/opt/app:/usr/bin
    RUN mkdir /a
    FROM debian:trixie-slim AS three
    ENV PATH=/opt/app
    ENV PATH=/opt/app:/bin
    RUN mkdir /a
    FROM debian:trixie-slim AS four
    ENV PATH=/opt/app
    RUN export PATH=$PATH:/bin && mkdir /a
    RUN PATH=/bin mkdir /a
  `;
});

test("not where nothing needs it, or what is there is not known", () => {
  reports(rule)`
    FROM debian:trixie-slim AS one
    ENV PATH=/opt/app
    RUN echo hello && test -e /a && /bin/mkdir /a
    RUN ["/bin/mkdir", "/a"]
    RUN server --version
    FROM example.com/team/base:1
    ENV PATH=/opt/app
    RUN mkdir /a
    FROM scratch
    ENV PATH=/opt/app
  `;
});

test("a program of the image is missed where none of the directories has one", () => {
  reports(rule)`
    FROM node:24-alpine
    ENV PATH=/opt/bin
        ^^^^^^^^^^^^^ path-overwritten: This PATH lacks the directories of the system, and npm below is not found.
    RUN npm ci
    FROM node:24
    ENV PATH=/opt/bin
        ^^^^^^^^^^^^^ path-overwritten
    RUN printf a; node --version
    FROM node:24
    COPY --from=tools /opt /opt
    ENV PATH=/opt/bin
    RUN npm ci
    FROM node:24
    RUN ln -s /usr/local/bin/npm /opt/bin/npm
    ENV PATH=/opt/bin
    RUN npm --version; printf a; if false; then node --version; fi
    FROM python:3.14-slim
    RUN python -m venv /opt/venv
    ENV PATH=/opt/venv/bin
    RUN pip install flask
    FROM eclipse-temurin:21-jre-alpine
    ENV PATH=/opt/java/openjdk/bin
    RUN java --version
  `;
});

test("an error only where the build certainly fails", () => {
  const severities = problemsOf(rule)`
    FROM debian:trixie-slim
    ENV PATH=/app
    RUN mkdir /srv/a; true
    FROM debian:trixie-slim
    ENV PATH=/app
    RUN mkdir /srv/a
  `.map((it) => it.severity);
  expect(severities).toEqual(["warning", "error"]);
});

test("the old value is added", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    ENV A=1 PATH="/app/bin"
    RUN mkdir /srv/a
    ->
    FROM debian:trixie-slim
    ENV A=1 PATH="/app/bin:$PATH"
    RUN mkdir /srv/a
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    ENV PATH='/app/bin'
    RUN mkdir /srv/a
  `;
});

test("PATH without its sign", () => {
  reports(rule)`
    FROM node:24-slim AS one
    ENV PATH="./node_modules/.bin:PATH"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ path-overwritten: PATH is written without its $ here, so that the directories it had are lost.
    FROM node:24-slim AS two
    ENV PATH=/opt/bin:/usr/bin:PATH
    FROM node:24-slim AS three
    ENV PATH=/opt/PATH:$PATH MANPATH=/x:PATH
  `;
  fixes(rule, "unsafe", "Write $PATH")`
    FROM alpine:3.24
    ENV PATH=/opt/bin:PATH
    ->
    FROM alpine:3.24
    ENV PATH=/opt/bin:$PATH
  `;
});

test("what the container starts with", () => {
  reports(rule)`
    FROM node:24-slim
    ENV PATH=/app/bin
        ^^^^^^^^^^^^^ path-overwritten: This PATH lacks the directories of the system, and node below is not found.
    CMD ["node", "server.js"]
  `;
  reports(rule)`
    FROM python:3.14-slim
    ENV PATH=/opt/app/bin
        ^^^^^^^^^^^^^^^^^ path-overwritten
    ENTRYPOINT python3 -m app
  `;
});

test("not behind an entrypoint of the file's own, with PATH set again, or with a program of that name there", () => {
  for (const lines of [
    'COPY entrypoint.sh /\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["python3"]',
    'ENV PATH=/usr/local/bin:$PATH\nCMD ["python3"]',
    "CMD PATH=/usr/local/bin:$PATH python3",
    'CMD ["/usr/local/bin/python3"]',
    'CMD ["app"]',
    'COPY python3 /opt/app/bin/\nCMD ["python3"]',
    'CMD ["python3"]\nFROM alpine:3.24',
  ])
    reports(rule)(Object.assign([""], { raw: [`FROM python:3.14-slim\nENV PATH=/opt/app/bin\n${lines}\n`] }));
});

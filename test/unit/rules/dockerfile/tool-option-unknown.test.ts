import { expect, test } from "vitest";
import { toolOptionUnknown as rule } from "../../../../server/src/rules/dockerfile/tool-option-unknown.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";

test("options of GNU's programs where BusyBox's run", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN wget --progress=dot:giga https://example.com/a && echo "abc  a" | sha256sum --check
             ^^^^^^^^^^^^^^^^^^^ tool-option-unknown: BusyBox's wget has no option --progress.
                                                                                    ^^^^^^^ tool-option-unknown: BusyBox's sha256sum has no option --check.
    RUN adduser --disabled-login app
                ^^^^^^^^^^^^^^^^ tool-option-unknown: BusyBox's adduser has no option --disabled-login.
    FROM node:24-alpine
    RUN grep -oP 'a' /b
             ^^^ tool-option-unknown: BusyBox's grep has no option -P.
    RUN ["base64", "--decode", "/a"]
                   ^^^^^^^^^^ tool-option-unknown
  `;
});

test("not what BusyBox knows too", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN wget -q -O /a --no-check-certificate --header 'A: --progress' https://example.com/a
    RUN adduser --disabled-password --gecos "" --home /srv --shell /sbin/nologin --no-create-home --uid 1000 app
    RUN sha256sum -c /a && base64 -d /b && tar -xzf /c --strip-components=1
  `;
});

test("not where GNU's program is installed, may be, or was there before", () => {
  reports(rule)`
    FROM alpine:3.24 AS one
    RUN apk add --no-cache wget coreutils grep
    RUN wget --progress=dot:giga https://example.com/a && sha256sum --check /a && grep -P a /b
    FROM alpine:3.24 AS two
    RUN apk add --no-cache wget && wget --progress=dot:giga https://example.com/a && apk del wget
    FROM alpine:3.24 AS three
    RUN apk add --no-cache something
    RUN wget --progress=dot:giga https://example.com/a
    FROM debian:trixie-slim AS four
    RUN wget --progress=dot:giga https://example.com/a
    FROM php:8-alpine AS five
    RUN tar --wildcards -xf /a
    FROM example.com/team/base:1
    RUN wget --progress=dot:giga https://example.com/a
  `;
});

test("not where a mount, a function or PATH may bring another one", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN --mount=type=bind,from=tools,source=/wget,target=/usr/bin/wget wget --progress=dot:giga https://example.com/a
    RUN wget() { /opt/wget "$@"; }; wget --progress=dot:giga https://example.com/a
    RUN PATH=/opt/bin:$PATH wget --progress=dot:giga https://example.com/a
    RUN export PATH=/opt/bin:$PATH && wget --progress=dot:giga https://example.com/a
    RUN alias wget=/opt/wget && wget --progress=dot:giga https://example.com/a
    COPY --from=tools /opt /opt
    ENV PATH=/opt/bin:$PATH
    RUN wget --progress=dot:giga https://example.com/a
  `;
  reports(rule)`
    FROM golang:1.26-alpine
    ENV PATH=$PATH:/srv/bin
    RUN wget --progress=dot:giga https://example.com/a
             ^^^^^^^^^^^^^^^^^^^ tool-option-unknown
  `;
});

test("an error only where the build certainly ends", () => {
  const severities = problemsOf(rule)`
    FROM alpine:3.24
    RUN wget --progress=dot:giga https://example.com/a || true
    RUN wget --progress=dot:giga https://example.com/a; ls
    RUN set -e; wget --progress=dot:giga https://example.com/a; ls
    RUN wget --progress=dot:giga https://example.com/a && ls
  `.map((it) => it.severity);
  expect(severities).toEqual(["warning", "warning", "error", "error"]);
});

test("not in a branch that may be another system's", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN if command -v apt-get; then wget --progress=dot:giga https://example.com/a; fi
    ONBUILD RUN wget --progress=dot:giga https://example.com/a
  `;
});

test("BusyBox's own option", () => {
  fixes(rule, "safe")`
    FROM alpine:3.24
    RUN wget --progress=dot:giga https://example.com/a \
     && wget -q --show-progress https://example.com/b \
        # as published
     && echo "abc  a" | sha256sum --check \
     && echo "abc  a" | base64 --wrap=0
    RUN adduser --disabled-login --quiet app
    ->
    FROM alpine:3.24
    RUN wget -q https://example.com/a \
     && wget -q https://example.com/b \
        # as published
     && echo "abc  a" | sha256sum -c \
     && echo "abc  a" | base64 -w 0
    RUN adduser -D app
  `;
  offersNothing(rule)`
    FROM alpine:3.24
    RUN grep -P a /b
    RUN wget --max-redirect=2 https://example.com/a
  `;
});

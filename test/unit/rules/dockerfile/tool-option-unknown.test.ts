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

test("slips of a program's own options", () => {
  reports(rule)`
    FROM debian:trixie-slim AS debian
    RUN apt-get update && apt-get install -y --no-install-recommend curl
                                             ^^^^^^^^^^^^^^^^^^^^^^ tool-option-unknown: apt-get has no option --no-install-recommend: use --no-install-recommends.
    RUN curl --fial --slient https://example.com/a | tar -xz --strip-component=1 --direcotry=/a
             ^^^^^^ tool-option-unknown: curl has no option --fial: use --fail.
                    ^^^^^^^^ tool-option-unknown
                                                                                 ^^^^^^^^^^^^^^ tool-option-unknown
    RUN useradd --systm app && git clone --depht 1 https://example.com/a && mkdir --parnts /b
                ^^^^^^^ tool-option-unknown
                                         ^^^^^^^ tool-option-unknown: git clone has no option --depht: use --depth.
                                                                                  ^^^^^^^^ tool-option-unknown
    FROM python:3.13 AS python
    RUN pip install --no-cahce-dir a && python -m pip install --nocache-dir -no-cache-dir a
                    ^^^^^^^^^^^^^^ tool-option-unknown: pip install has no option --no-cahce-dir: use --no-cache-dir.
                                                              ^^^^^^^^^^^^^ tool-option-unknown
                                                                            ^^^^^^^^^^^^^ tool-option-unknown
    FROM golang:1.26 AS go
    RUN go build -ldflag=-s -trimpth .
                 ^^^^^^^^^^ tool-option-unknown: go build has no option -ldflag: use -ldflags.
                            ^^^^^^^^ tool-option-unknown
    FROM rust:1.90 AS rust
    RUN cargo build --relase && cargo build -release
                    ^^^^^^^^ tool-option-unknown
                                            ^^^^^^^^ tool-option-unknown: cargo build has no option -release: use --release.
    FROM alpine:3.24
    RUN apk add --nocache curl
                ^^^^^^^^^ tool-option-unknown: apk add has no option --nocache: use --no-cache.
    RUN ["apk", "add", "--no-cahce", "curl"]
                       ^^^^^^^^^^^^ tool-option-unknown
  `;
});

test("options of another program", () => {
  reports(rule)`
    FROM debian:trixie-slim AS debian
    RUN apt-get install --assumeyes curl && wget -fsSL https://example.com/a && curl --no-check-certificate https://example.com/a
                        ^^^^^^^^^^^ tool-option-unknown: apt-get has no option --assumeyes: use -y.
                                                 ^^^^^ tool-option-unknown: wget has no option -f.
                                                                                     ^^^^^^^^^^^^^^^^^^^^^^ tool-option-unknown
    FROM python:3.13 AS python
    RUN pip install -y a && pip install --no-install-recommends a
                    ^^ tool-option-unknown: pip install has no option -y.
                                        ^^^^^^^^^^^^^^^^^^^^^^^ tool-option-unknown
    FROM ruby:3.4 AS ruby
    RUN gem install a --no-ri --no-rdoc
                      ^^^^^^^ tool-option-unknown: gem install has no option --no-ri: use --no-document.
                              ^^^^^^^^^ tool-option-unknown
    FROM node:22
    RUN npm ci --omit-dev && pnpm install --omit=dev && npm install --no-dev
               ^^^^^^^^^^ tool-option-unknown: npm ci ignores --omit-dev: use --omit=dev.
                                          ^^^^^^^^^^ tool-option-unknown: pnpm install has no option --omit: use --prod.
                                                                    ^^^^^^^^ tool-option-unknown
  `;
});

test("not their beginnings, values, settings, nor what other commands take", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get -o --no-install-recommend=1 install --no-install-recommends --no-upgrade a && apt-get install $OPTIONS a
    RUN pip install --no-cache --require a.txt --index https://example.com a --global-option --quite && pip uninstall -y --yes a
    RUN npm ci --sqlite=/usr --ignore-script --legacy-peer-dep --prod && npm run build --frozen-lockfile && npm i -- --frozen-lockfile
    RUN yarn --frozen-lockfile && yarn build --relase && pnpm i --no-optional --frozen-lockfil
    RUN curl --no-silent --retry-al 3 -H --fial --data --slient https://example.com/a && wget --no-check-cert -qO- https://example.com/a
    RUN cargo run -- --relase && cargo install a --version 1 && cargo chef cook --relase && go run . --relase && go vet -x
    RUN composer dump-autoload --optimize && composer install --optimize-autoloader --no-dev && bundle exec rake --job=1 && bundle config set --local job 1
    RUN tar -xzf a.tgz --strip=1 --no-same-own && useradd --no-create-hom --home /a a && git clone --dept 1 a && git -C a log --onelin
    RUN gem install a --no-doc -- --with-relase && dnf install --nodoc --setopt=a=b a && zypper -n in --no-recommends a
    RUN if [ -n "$A" ]; then pip install -y a; fi
    RUN pip() { :; }; pip install -y a
    FROM ruby:2.5
    RUN gem install a --no-ri --no-rdoc
    FROM debian:10
    RUN gem install a --no-ri --no-rdoc
    FROM alpine:3.24
    RUN apk add --no-cache --virtual .a gcc && apk add -U -X https://example.com/a --allow-untrusted a
  `;
});

test("an error where the program refuses it, a warning where it goes on", () => {
  const severities = problemsOf(rule)`
    FROM node:22
    RUN pip install -y a
    RUN pip install -y a; ls
    RUN npm ci --frozen-lockfile
    RUN yarn install --imutable
  `.map((it) => it.severity);
  expect(severities).toEqual(["error", "warning", "warning", "warning"]);
});

test("the option that was meant", () => {
  fixes(rule, "safe")`
    FROM debian:trixie-slim
    RUN apt-get install --assumeyes --no-cache --no-recommends curl
    RUN pip install -y --index-ur=https://example.com --requirements a.txt
    RUN ["cargo", "build", "--relase", "--traget=x"]
    RUN pnpm i --omit=dev && tar --strip-componets=1 -xf a
    ->
    FROM debian:trixie-slim
    RUN apt-get install -y --no-install-recommends curl
    RUN pip install --index-ur=https://example.com --requirement a.txt
    RUN ["cargo", "build", "--release", "--target=x"]
    RUN pnpm i --prod && tar --strip-components=1 -xf a
  `;
  fixes(rule, "unsafe")`
    FROM node:22
    RUN npm ci --only-production --frozen-lockfile
    ->
    FROM node:22
    RUN npm ci --omit=dev
  `;
  offersNothing(rule)`
    FROM debian:trixie-slim
    RUN wget -fsSL https://example.com/a
  `;
});

test("tar that unpacks to where another one could be, in both forms", () => {
  reports(rule)`
    FROM alpine:3.24
    RUN tar --wildcards -xzf /a.tgz 'x/*'
            ^^^^^^^^^^^ tool-option-unknown: BusyBox's tar has no option --wildcards.
    FROM alpine:3.24
    RUN ["tar", "-xzf", "/a.tgz", "--transform", "s/a/b/"]
                                  ^^^^^^^^^^^^^ tool-option-unknown: BusyBox's tar has no option --transform.
    FROM alpine:3.24
    RUN tar -xzf /a.tgz && tar --wildcards -xzf /b.tgz 'x/*'
  `;
});

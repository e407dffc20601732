import { describe, test } from "vitest";
import { answers } from "../../../support/stage-questions.ts";

describe("programs", () => {
  test("of the base: there, missing, not known", () => {
    answers({
      "tool wget": "yes",
      "tool curl": "no",
      "tool lua": "?",
      shell: "yes",
      "tool /bin/sh": "yes",
      "tool /bin/bash": "no",
    })`
      FROM alpine:3.24
    `;
    answers({ "tool curl": "no", shell: "no", "tool sh": "no", "tool anything": "no" })`
      FROM scratch
    `;
    answers({ "tool curl": "no", shell: "no", "tool sh": "no" })`
      FROM gcr.io/distroless/static-debian12
    `;
    answers({ "tool curl": "?", shell: "?" })`
      FROM example.com/app:1
    `;
  });

  test("apk add brings what a package is known to hold, and nothing else", () => {
    answers({
      "tool curl": "yes",
      "tool bash": "yes",
      "tool git": "no",
      certificates: "yes",
      "time-zones": "yes",
    })`
      FROM alpine:3.24
      RUN apk add --no-cache curl 'bash=~5' tzdata ca-certificates
    `;
  });

  test("a package that is not known may bring anything of a system", () => {
    answers({
      "tool curl": "?",
      "tool nginx": "?",
      "user? nginx": "?",
      "path /app": "no",
      "path /usr/bin/curl": "?",
    })`
      FROM alpine:3.24
      RUN apk add --no-cache nginx
    `;
  });

  test("what is removed again is gone", () => {
    answers({ "tool curl": "no", "tool git": "yes" })`
      FROM node:24-alpine
      RUN apk add --no-cache --virtual .build-deps curl \
       && apk add git \
       && curl -o /x https://example.com/x \
       && apk del .build-deps
    `;
  });

  test("where a package's program is taken away, BusyBox's is back", () => {
    answers({ "tool wget": "yes", "tool bash": "no" })`
      FROM alpine:3.24
      RUN apk add --no-cache --virtual .deps wget bash && apk del .deps
    `;
  });

  test("BusyBox's own programs, until something may have come in front of them", () => {
    answers({ "busybox wget": "yes", "busybox tar": "yes", "busybox apk": "?" })`
      FROM alpine:3.24
      RUN apk add --no-cache curl
      COPY app /srv/
    `;
    answers({ "busybox wget": "no", "busybox sha256sum": "no", "busybox tar": "yes" })`
      FROM alpine:3.24
      RUN apk add --no-cache wget coreutils
    `;
    answers({ "busybox wget": "?" })`
      FROM alpine:3.24
      RUN apk add --no-cache something
    `;
    answers({ "busybox wget": "yes", "busybox tar": "?" })`
      FROM php:8-fpm-alpine
    `;
    answers({ "busybox wget": "no" })`
      FROM debian:trixie-slim
    `;
    answers({ "busybox wget": "?" })`
      FROM example.com/app:1
    `;
    answers({ "busybox wget": "?", "busybox tar": "yes" })`
      FROM alpine:3.24 AS one
      RUN apk add --no-cache wget || true
      FROM one
    `;
  });

  test("apt-get", () => {
    answers({ "tool curl": "yes", "tool wget": "no", certificates: "yes" })`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*
    `;
    answers({ "tool curl": "?" })`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y $PACKAGES
    `;
  });

  test("a command that may not run leaves it open", () => {
    answers({ "tool curl": "?", "tool git": "?", "tool jq": "yes", "tool bash": "?" })`
      FROM alpine:3.24
      RUN apk add curl || true
      RUN if [ -n "$X" ]; then apk add git; fi
      RUN set -e; apk add jq; [ -f /x ] && apk add bash; true
    `;
  });

  test.each([
    "make install",
    "./setup.sh",
    "curl -fsSL https://example.com/x | sh",
    "eval $X",
    "$CMD",
    "sh setup.sh",
  ])("%s may bring anything", (command) => {
    answers({ "tool curl": "?", "user? app": "?", "path /app": "?", certificates: "?" })(
      Object.assign([""], { raw: [`FROM debian:trixie-slim\nRUN ${command}\n`] }),
    );
  });

  test("languages' packages bring no programs of the system", () => {
    answers({ "tool curl": "no", "tool gunicorn": "?", "tool pnpm": "yes", "user? app": "no" })`
      FROM node:24-alpine
      RUN npm ci && npm run build && npm install -g pnpm@9
      RUN pip install gunicorn
    `;
  });

  test.each([
    "echo hi",
    "ls -la /",
    "test -f /x",
    "cat /etc/passwd | grep root",
    "chmod +x /x",
    "sleep 1",
    "set -eux",
    "go mod download",
    "cd /tmp",
  ])("%s changes nothing", (command) => {
    answers({ "tool curl": "no", "user? app": "no" })(
      Object.assign([""], { raw: [`FROM alpine:3.24\nRUN ${command}\n`] }),
    );
  });

  test("wrappers run what is behind them", () => {
    answers({ "tool curl": "yes", "tool git": "yes", "tool jq": "yes" })`
      FROM alpine:3.24
      RUN sudo -E apk add curl && time env A=1 apk add git
      RUN ["sh", "-c", "true"]
      RUN sh -c 'apk add jq'
    `;
  });

  test("copied to where programs are looked for", () => {
    answers({
      "tool curl": "yes",
      "tool api": "yes",
      "tool own": "?",
      "tool wget": "no",
      "tool /usr/bin/curl": "yes",
    })`
      FROM alpine:3.24 AS tools
      RUN apk add curl && mkdir /out && touch /out/api
      FROM gcr.io/distroless/static-debian12
      COPY --from=tools /usr/bin/curl /usr/bin/curl
      COPY --from=tools /out/ /usr/local/bin/
      COPY own /usr/local/bin/
    `;
  });

  test("in a directory that PATH names", () => {
    answers({ "tool server": "yes", "tool curl": "no" })`
      FROM alpine:3.24
      RUN mkdir -p /app/bin && touch /app/bin/server
      ENV PATH=/app/bin:$PATH
    `;
  });

  test("with a shell that is brought to an image that has none", () => {
    answers({ shell: "yes", "tool sh": "yes" })`
      FROM busybox:musl AS box
      FROM gcr.io/distroless/static-debian12
      COPY --from=box /bin/sh /bin/sh
    `;
    answers({ shell: "?", libc: "?", "package-manager": "?", os: "?" })`
      FROM scratch
      ADD rootfs.tar.gz /
    `;
    answers({ shell: "no" })`
      FROM gcr.io/distroless/static-debian12:debug
    `;
    answers({ shell: "yes" })`
      FROM gcr.io/distroless/static-debian12:debug
      SHELL ["/busybox/sh", "-c"]
    `;
  });

  test("SHELL asks for another program", () => {
    answers({ shell: "no" })`
      FROM alpine:3.24
      SHELL ["/bin/bash", "-c"]
    `;
    answers({ shell: "yes" })`
      FROM alpine:3.24
      RUN apk add bash
      SHELL ["/bin/bash", "-c"]
    `;
  });

  test("a RUN in an image without a shell changes nothing: it fails", () => {
    answers({ shell: "no", "tool curl": "no" })`
      FROM scratch
      RUN ./setup.sh
    `;
  });

  test("what another shell runs is not understood", () => {
    answers({ "tool curl": "?" })`
      FROM alpine:3.24
      RUN apk add python3
      SHELL ["python3", "-c"]
      RUN print(1)
    `;
  });

  test("here-documents are scripts, those of other interpreters are not understood", () => {
    answers({ "tool curl": "yes", "tool git": "no" })`
      FROM alpine:3.24
      RUN <<EOF
      set -e
      apk add curl
      echo "apk add git"
      EOF
    `;
    answers({ "tool curl": "?" })`
      FROM alpine:3.24
      RUN apk add python3
      RUN <<EOF
      #!/usr/bin/env python3
      print(1)
      EOF
    `;
  });
});

test("a virtual environment on PATH may hold programs of its language, and none of the system", () => {
  answers({ "tool pip": "?", "tool curl": "no" })`
    FROM debian:13-slim
    RUN apt-get update && apt-get install -y --no-install-recommends python3-venv && python3 -m venv /opt/venv
    ENV PATH=/opt/venv/bin:$PATH
  `;
});

test("system, C library and package manager", () => {
  answers({ os: "alpine", libc: "musl", "package-manager": "apk" })`
    FROM golang:1.22-alpine AS a
    FROM a
    COPY --from=golang:1.27 /usr/local/go /usr/local/go
  `;
  answers({ os: "none", libc: "none", "package-manager": "none" })`
    FROM scratch
    COPY app /app
  `;
  answers({ os: "?", libc: "?", "package-manager": "?" })`
    FROM example.com/app:1
  `;
});

test("certificates and time zones", () => {
  answers({ certificates: "no", "time-zones": "no" })`
    FROM scratch
    COPY app /app
  `;
  answers({ certificates: "yes", "time-zones": "yes" })`
    FROM golang:1.27 AS builder
    FROM scratch
    COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
    COPY --from=builder /usr/share/zoneinfo /usr/share/zoneinfo
  `;
  answers({ certificates: "?" })`
    FROM scratch
    COPY --from=example.com/x /etc/ssl /etc/ssl
  `;
});

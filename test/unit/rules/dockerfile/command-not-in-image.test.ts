import { test } from "vitest";
import { commandNotInImage as rule } from "../../../../server/src/rules/dockerfile/command-not-in-image.ts";
import { fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("exec form and shell form, absolute and from the working directory", () => {
  reports(rule)`
    FROM golang:1.27-alpine AS build
    WORKDIR /src
    RUN go build -o /out/api ./cmd
    FROM alpine:3.24
    WORKDIR /app
    COPY --from=build /out/api /app/api
    CMD ["./server", "--port", "80"]
         ^^^^^^^^^^ command-not-in-image: Nothing puts /app/server into this image.
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    ENTRYPOINT /bin2/api --port 80
               ^^^^^^^^^ command-not-in-image: Nothing puts /bin2/api into this image.
  `;
});

test("not what is there, or may be", () => {
  reports(rule)`
    FROM golang:1.27-alpine AS build
    RUN go build -o /out/api ./cmd
    FROM alpine:3.24
    WORKDIR /app
    COPY --from=build /out/api ./
    CMD ["./api"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    COPY . /srv
    ENTRYPOINT ["/srv/start.sh"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    RUN ./install.sh
    ENTRYPOINT ["/opt/tool/run"]
    FROM alpine:3.24
    COPY --from=build /out/api /app/api
    CMD ["/bin/sh"]
    FROM example.com/team/base:1
    COPY --from=build /out/api /app/api
    CMD ["/run.sh"]
  `;
});

test("not what is mounted when the container starts", () => {
  reports(rule)`
    FROM golang:1.27-alpine
    WORKDIR /app
    CMD ["/app/dev"]
    FROM alpine:3.24
    COPY <<EOF /etc/motd
    hello
    EOF
    VOLUME /data
    CMD ["/data/run"]
  `;
});

test("not the CMD of an image with an entrypoint, nor one that is replaced", () => {
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM postgres:18
    COPY api /api
    CMD ["/no/such/file"]
    FROM alpine:3.24
    COPY api /api
    ENTRYPOINT ["/nope"]
    ENTRYPOINT ["/api"]
  `;
});

test("starts what is there", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS build
    RUN go build -o /out/api ./cmd
    FROM scratch
    COPY --from=build /out/api /bin/api
    ENTRYPOINT ["/app/api", "-v"]
    ->
    FROM golang:1.27 AS build
    RUN go build -o /out/api ./cmd
    FROM scratch
    COPY --from=build /out/api /bin/api
    ENTRYPOINT ["/bin/api", "-v"]
  `;
});

test("not a venv, an archive that ADD unpacks, or what a package brings", () => {
  reports(rule, { context: contextOf({ "main.py": "", "root.tar.gz": "" }) })`
    FROM python:3.14-slim
    RUN python -m venv /venv && /venv/bin/pip install gunicorn
    COPY main.py /app/
    CMD ["/venv/bin/gunicorn", "main:app"]
    FROM alpine:3.24
    ADD root.tar.gz /
    COPY main.py /app/
    ENTRYPOINT ["/init"]
    FROM alpine:3.24
    RUN apk add --no-cache tini
    COPY main.py /app/
    ENTRYPOINT ["/sbin/tini", "--", "/app/main.py"]
  `;
});

test("not what a stage built on this one brings", () => {
  reports(rule, { context: contextOf({ "start.sh": "", api: "" }) })`
    FROM debian:trixie-slim AS base
    COPY api /usr/bin/api
    WORKDIR /srv
    ENTRYPOINT ["./start.sh"]
    FROM base AS ship
    COPY start.sh ./
    FROM base AS moved
    COPY start.sh /run/
    WORKDIR /run
  `;
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM debian:trixie-slim AS base
    COPY api /srv/api
    ENTRYPOINT ["/srv/start"]
                ^^^^^^^^^^^^ command-not-in-image: Nothing puts /srv/start into this image.
    FROM base AS other
    ENTRYPOINT ["/srv/api"]
  `;
});

test("not in a working directory that holds nothing, unless the name stands elsewhere", () => {
  reports(rule, { context: contextOf({ api: "" }) })`
    FROM debian:trixie-slim
    COPY api /usr/local/bin/tool
    WORKDIR /workspace
    ENTRYPOINT ["scripts/dev"]
    FROM debian:trixie-slim
    COPY api /usr/local/bin/
    WORKDIR /workspace
    CMD ["./api"]
         ^^^^^^^ command-not-in-image: Nothing puts /workspace/api into this image.
  `;
});

import { expect, test } from "vitest";
import { missingCaCertificates as rule } from "../../../../server/src/rules/dockerfile/missing-ca-certificates.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("RUN with curl, wget or git installed without what they recommend", () => {
  reports(rule)`
    FROM ubuntu:24.04
    RUN apt-get update && apt-get install -y --no-install-recommends git wget && git clone https://example.com/x.git
                                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-ca-certificates: This image has no CA certificates, so that git trusts no server.
    RUN wget -q https://example.com/x | tar xz
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends wget
    RUN wget -q https://example.com/x | tar xz
                ^^^^^^^^^^^^^^^^^^^^^ missing-ca-certificates
  `;
});

test("not with certificates, without a check, or where it is not known", () => {
  reports(rule)`
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y curl && curl -O https://example.com/x
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates
    RUN curl -O https://example.com/x
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl git wget
    RUN curl -kO https://example.com/x && wget --no-check-certificate https://example.com/y
    RUN curl -O http://example.com/x
    RUN curl -O https://example.com/x || true
    RUN git -c http.sslVerify=false clone https://example.com/x
    RUN --mount=from=alpine,source=/etc/ssl,target=/etc/ssl curl -O https://example.com/x
    COPY ca.crt /etc/ssl/certs/
    RUN curl -O https://example.com/x
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl some-package
    RUN curl -O https://example.com/x
    FROM python:3.14-slim
    RUN apt-get update && apt-get install -y --no-install-recommends curl && curl -O https://example.com/x
    FROM alpine:3.24
    RUN wget https://example.com/x
    FROM busybox
    RUN wget https://example.com/x
  `;
});

test("installs them beside", () => {
  fixes(rule, "unsafe")`
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install -y --no-install-recommends \
          # To fetch.
          curl \
     && curl -O https://example.com/x
    ->
    FROM debian:trixie-slim
    RUN apt-get update \
     && apt-get install -y --no-install-recommends \
          # To fetch.
          ca-certificates curl \
     && curl -O https://example.com/x
  `;
});

const files = (main: string) => ({
  "go.mod": "module example.com/api\n",
  "main.go": `package main\n${main}\n`,
});
const caller = contextOf(files('import "net/http"\nfunc main() { http.Get("https://api.example.com/v1") }'));
const server = contextOf(
  files('import "net/http"\n// See https://example.com/.\nfunc main() { http.ListenAndServe(":8080", nil) }'),
);

test("a Go program that calls a server", () => {
  fixes(rule, "unsafe", "", { context: caller })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  fixes(rule, "unsafe", "", { context: caller })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM debian:trixie-slim
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
    ->
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN go build -o /api .
    FROM debian:trixie-slim
    RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  const [problem] = problemsOf(rule, { context: caller })`
    FROM golang:1.27 AS builder
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /api .
    FROM scratch
    COPY --from=builder /api /api
    ENTRYPOINT ["/api"]
  `;
  expect(problem?.message).toBe(
    "This image has no CA certificates, and the program calls https://api.example.com (main.go).",
  );
});

test("not one that only serves, or an image that has them, or without sources", () => {
  const text = (base: string) =>
    [
      "FROM golang:1.27 AS builder\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\n",
      `FROM ${base}\nCOPY --from=builder /api /api\nENTRYPOINT ["/api"]\n`,
    ].join("");
  const run = (base: string, context: ReturnType<typeof contextOf> | undefined) =>
    problemsOf(rule, { context })(Object.assign([text(base)], { raw: [text(base)] }));
  expect(run("scratch", server)).toEqual([]);
  expect(run("scratch", undefined)).toEqual([]);
  expect(run("alpine:3.24", caller)).toEqual([]);
  expect(run("gcr.io/distroless/static-debian13", caller)).toEqual([]);
  expect(run("example.com/base:1", caller)).toEqual([]);
  expect(run("scratch", caller)).toHaveLength(1);
});

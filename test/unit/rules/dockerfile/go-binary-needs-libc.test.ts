import { expect, test } from "vitest";
import { goBinaryNeedsLibc as rule } from "../../../../server/src/rules/dockerfile/go-binary-needs-libc.ts";
import { fixes, offersNothing, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("glibc's builder, and an image with musl, nothing, or static alone", () => {
  reports(rule)`
    FROM golang:1.27 AS one
    RUN go build -o /api .
        ^^^^^^^^ go-binary-needs-libc: /usr/local/bin/api needs glibc, which is not in alpine:3.24.
    FROM golang:1.27-bookworm AS two
    RUN go build -o /api .
        ^^^^^^^^ go-binary-needs-libc: /api needs glibc, which is not in scratch.
    FROM golang:1.27 AS three
    RUN GOOS=linux go build -o /api .
                   ^^^^^^^^ go-binary-needs-libc
    FROM alpine:3.24 AS a
    COPY --from=one /api /usr/local/bin/api
    FROM scratch AS b
    COPY --from=two /api /api
    FROM gcr.io/distroless/static-debian12
    COPY --from=three /api /api
  `;
});

test("not without cgo, by the command, the environment or the image", () => {
  reports(rule)`
    FROM golang:1.27 AS one
    RUN CGO_ENABLED=0 go build -o /api .
    FROM golang:1.27 AS two
    ENV CGO_ENABLED=0
    RUN go build -o /api .
    FROM golang:1.27-alpine AS three
    RUN go build -o /api .
    FROM golang:1.27 AS four
    RUN export CGO_ENABLED=0 && go build -o /api .
    FROM scratch
    COPY --from=one /api /one
    COPY --from=two /api /two
    COPY --from=three /api /three
    COPY --from=four /api /four
  `;
});

test("not where the same library is, or a way to run foreign binaries", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN go build -o /api .
    FROM debian:trixie-slim AS a
    COPY --from=builder /api /api
    FROM gcr.io/distroless/base-debian13 AS b
    COPY --from=builder /api /api
    FROM example.com/team/base:1 AS c
    COPY --from=builder /api /api
    FROM alpine:3.24
    RUN apk add --no-cache gcompat
    COPY --from=builder /api /api
  `;
});

test("one report for a build, wherever its binary goes", () => {
  const found = problemsOf(rule)`
    FROM golang:1.27 AS builder
    RUN go build -o /api .
    FROM alpine:3.24 AS a
    COPY --from=builder /api /api
    FROM scratch
    COPY --from=builder /api /api
  `;
  expect(found).toHaveLength(1);
  expect(found[0]?.related.length).toBeGreaterThan(0);
});

test("turns cgo off in front of the command, keeping all else", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS builder
    WORKDIR /src
    # Build it.
    RUN --mount=type=cache,target=/go/pkg/mod \
        GOOS=linux go build -ldflags="-s -w" \
          -o /out/api ./cmd/api
    FROM alpine:3.24
    COPY --from=builder /out/api /usr/local/bin/
    ->
    FROM golang:1.27 AS builder
    WORKDIR /src
    # Build it.
    RUN --mount=type=cache,target=/go/pkg/mod \
        CGO_ENABLED=0 GOOS=linux go build -ldflags="-s -w" \
          -o /out/api ./cmd/api
    FROM alpine:3.24
    COPY --from=builder /out/api /usr/local/bin/
  `;
});

test("each of several builds in one RUN", () => {
  fixes(rule, "safe")`
    FROM golang:1.27 AS builder
    RUN go build -o /out/api ./cmd/api && go build -o /out/job ./cmd/job
    FROM scratch
    COPY --from=builder /out/api /out/job /
    ->
    FROM golang:1.27 AS builder
    RUN CGO_ENABLED=0 go build -o /out/api ./cmd/api && CGO_ENABLED=0 go build -o /out/job ./cmd/job
    FROM scratch
    COPY --from=builder /out/api /out/job /
  `;
});

test("a program that plainly holds C is left to the author", () => {
  fixes(rule, "unsafe")`
    FROM golang:1.27 AS builder
    RUN apt-get update && apt-get install -y libsqlite3-dev
    RUN go build -o /api .
    FROM alpine:3.24
    COPY --from=builder /api /api
    ->
    FROM golang:1.27 AS builder
    RUN apt-get update && apt-get install -y libsqlite3-dev
    RUN CGO_ENABLED=0 go build -o /api .
    FROM alpine:3.24
    COPY --from=builder /api /api
  `;
  offersNothing(rule)`
    FROM golang:1.27 AS builder
    RUN CGO_ENABLED=1 go build -o /api .
    FROM alpine:3.24
    COPY --from=builder /api /api
  `;
});

test("a program that go install names after its module or folder", () => {
  const context = contextOf({
    "go.mod": "module example.com/app\n\ngo 1.27\n",
    "main.go": 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":80", nil) }\n',
  });
  reports(rule, { context })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go install .
        ^^^^^^^^^^ go-binary-needs-libc: /app needs glibc, which is not in gcr.io/distroless/static-debian12.
    FROM gcr.io/distroless/static-debian12
    COPY --from=build /go/bin/app /app
  `;
  reports(rule, { context })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go install ./... && CGO_ENABLED=0 go install
    FROM gcr.io/distroless/static-debian12
    COPY --from=build /go/bin/app /app
  `;
});

test("a program that binds C: nothing is offered, as it does nothing without", () => {
  const context = contextOf({
    "go.mod": "module example.com/app\n\ngo 1.27\n",
    "main.go": 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n\nfunc main() {}\n',
  });
  reports(rule, { context })`
    FROM golang:1.27 AS build
    ENV CGO_ENABLED=1
    WORKDIR /src
    COPY . .
    RUN go build -o /app .
        ^^^^^^^^ go-binary-needs-libc
    FROM alpine:3.24
    COPY --from=build /app /
  `;
  offersNothing(rule, { context })`
    FROM golang:1.27 AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /app .
    FROM alpine:3.24
    COPY --from=build /app /
  `;
});

test("what go env -w has set, in a stage below too", () => {
  reports(rule)`
    FROM golang:1.26 AS base
    RUN go env -w GO111MODULE=on && go env -w GOPROXY=$PROXY CGO_ENABLED=0
    FROM base AS builder
    RUN go build -o /server .
    FROM alpine:3.24
    COPY --from=builder /server /server
    ENTRYPOINT ["/server"]
  `;
  reports(rule)`
    FROM golang:1.26 AS builder
    RUN go env -w "$SETTINGS" && go build -o /server .
    FROM alpine:3.24
    COPY --from=builder /server /server
    ENTRYPOINT ["/server"]
  `;
  reports(rule)`
    FROM golang:1.26 AS builder
    RUN go env -w CGO_ENABLED=0 GOPROXY=$PROXY && go env -u CGO_ENABLED
    RUN go build -o /server .
        ^^^^^^^^ go-binary-needs-libc: /server needs glibc, which is not in alpine:3.24.
    FROM alpine:3.24
    COPY --from=builder /server /server
    ENTRYPOINT ["/server"]
  `;
});

test("exec form, where no variable can be put in front", () => {
  const [problem] = problemsOf(rule)`
    FROM golang:1.26 AS builder
    RUN ["go", "build", "-o", "/server", "."]
    FROM alpine:3.24
    COPY --from=builder /server /server
    ENTRYPOINT ["/server"]
  `;
  expect(problem?.message).toBe("/server needs glibc, which is not in alpine:3.24.");
  expect(problem?.fixes).toEqual([]);
});

import { expect, test } from "vitest";
import { hardCodedArchitecture as rule } from "../../../../server/src/rules/dockerfile/hard-coded-architecture.ts";
import { fixes, problemsOf, reports } from "../../../support/check.ts";

test("builds and downloads for one architecture", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    ENV GOOS=linux GOARCH=amd64
                   ^^^^^^^^^^^^ hard-coded-architecture: This builds for amd64, whatever platform the image is for.
    RUN go build -o /out/api .
    FROM alpine:3.24
    ADD https://example.com/tool_linux_x86_64 /usr/local/bin/tool
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This is for x86_64 alone, whatever platform the image is for.
    RUN apk add curl && curl -fsSLo /bin/x "https://example.com/v$V/x-linux-arm64.gz"
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture
  `;
});

test("GOARCH alone without a sign of several platforms, for an image of whatever machine builds it", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build -o /out/api .
                                 ^^^^^^^^^^^^ hard-coded-architecture: This builds for amd64, whatever platform the image is for.
    FROM alpine:3.24
  `;
  const [problem] = problemsOf(rule)`
    FROM golang:1.27
    ENV GOARCH=amd64
  `;
  expect(problem?.severity).toBe("info");
});

test("not in a file for one platform, or for another system", () => {
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN GOARCH=amd64 go build -o /out/api .
    FROM --platform=linux/amd64 alpine:3.24
    RUN wget https://example.com/x-linux-amd64
  `;
  reports(rule)`
    FROM alpine:3.24
    RUN wget https://example.com/x-linux-amd64
  `;
  reports(rule)`
    FROM golang:1.27 AS builder
    RUN GOOS=windows GOARCH=amd64 go build -o /out/api.exe .
    ENV GOOS=darwin
    RUN GOARCH=arm64 go build -o /out/api .
    FROM alpine:3.24
  `;
});

test("a target of Cargo in a build for several platforms", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM rust:1.88-alpine AS builder
    RUN cargo build --release --target x86_64-unknown-linux-musl
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This builds for x86_64, whatever platform the image is for.
    RUN cargo build --target=wasm32-unknown-unknown && cargo test --target aarch64-unknown-linux-gnu
    RUN cargo zigbuild -r --target x86_64-unknown-linux-gnu --target aarch64-unknown-linux-gnu
    FROM alpine:3.24
  `;
});

test("not where the architecture is looked at, several are named, or a stage is for one", () => {
  reports(rule)`
    FROM alpine:3.24 AS base
    ARG TARGETARCH
    RUN case "$TARGETARCH" in amd64) wget https://e.com/x-amd64 ;; arm64) wget https://e.com/x-arm64 ;; esac
    RUN if [ "$(uname -m)" = x86_64 ]; then wget https://e.com/x-x86_64; fi
    RUN [ -f /x ] || wget https://e.com/x-amd64
    RUN wget https://e.com/x-amd64-and-arm64
    RUN wget https://e.com/x-$TARGETARCH
    RUN wget https://e.com/qemu-x86_64-static
    RUN wget https://e.com/x.tar.gz && echo amd64
    FROM --platform=linux/amd64 alpine:3.24 AS fixed
    RUN wget https://e.com/x-amd64
    FROM base AS tools-amd64
    RUN wget https://e.com/x-amd64
    FROM amd64/alpine:3.24 AS old
    RUN wget https://e.com/x-amd64
    FROM tools-amd64
    RUN wget https://e.com/x-amd64
  `;
  reports(rule)`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    RUN GOARCH=amd64 go build -o /out/amd64/api . && GOARCH=arm64 go build -o /out/arm64/api .
  `;
});

test("builds for the target", () => {
  fixes(rule, "unsafe")`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    # one program
    RUN GOOS=linux GOARCH="amd64" go build -o /out/api .
    FROM alpine:3.24
    ->
    FROM --platform=$BUILDPLATFORM golang:1.27 AS builder
    ARG TARGETARCH
    # one program
    RUN GOOS=linux GOARCH="$TARGETARCH" go build -o /out/api .
    FROM alpine:3.24
  `;
});

test("where a Compose file builds for several architectures", () => {
  reports(rule, { platforms: ["linux/amd64", "linux/arm64"] })`
    FROM golang:1.27 AS builder
    RUN GOARCH=amd64 go build -o /out/api .
        ^^^^^^^^^^^^ hard-coded-architecture
  `;
  reports(rule, { platforms: ["linux/arm64/v8"] })`
    FROM golang:1.27 AS builder
    RUN GOARCH=amd64 go build -o /out/api .
  `;
});

test("the runtime of dotnet publish", () => {
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    ARG TARGETARCH
    RUN dotnet publish -r linux-x64 -o /out
                          ^^^^^^^^^ hard-coded-architecture: This builds for x64, whatever platform the image is for.
    RUN dotnet publish -p:RuntimeIdentifier=linux-musl-x64 -o /out
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture
    RUN dotnet publish -r win-x64 -o /out && dotnet run -r linux-x64
    RUN dotnet publish -a $TARGETARCH -o /out
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    RUN dotnet publish -r linux-x64 -o /out
  `;
  reports(rule)`
    FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
    ARG TARGETARCH
    RUN dotnet publish -r linux-x64 -o /out/amd64
    RUN dotnet publish -r linux-arm64 -o /out/arm64
  `;
});

test("folders that are called after the architecture, in a build for several", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM golang:1.27 AS build
    ARG TARGETARCH
    RUN GOARCH=$TARGETARCH go build -o /out/api .
    FROM debian:13 AS libraries
    RUN apt-get update && apt-get install -y libpq5
    FROM debian:13-slim
    COPY --from=libraries /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This path is there on x86_64 alone, whatever platform the image is for.
    ENV LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture
    ENV JAVA_HOME=/usr/lib/jvm/java-21-openjdk-amd64
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture
  `;
  reports(rule)`
    FROM --platform=$BUILDPLATFORM debian:13 AS build
    FROM debian:13-slim
    ENV JAVA_HOME=/usr/lib/jvm/java-21-openjdk-amd64
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This path is there on amd64 alone, whatever platform the image is for.
    ENV LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu:/opt/lib
  `;
});

test("not such folders where the file is for one platform, names several or takes any", () => {
  reports(rule)`
    FROM debian:13 AS libraries
    FROM debian:13-slim
    COPY --from=libraries /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/
  `;
  reports(rule)`
    FROM --platform=$BUILDPLATFORM debian:13 AS build
    FROM debian:13 AS files-amd64
    FROM debian:13-slim
    COPY --from=build /usr/lib/*-linux-gnu/libpq.so.5 /usr/lib/
    COPY --from=files-amd64 /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/
  `;
  reports(rule)`
    FROM --platform=$BUILDPLATFORM debian:13 AS build
    FROM debian:13 AS intel
    COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/
    FROM debian:13 AS arm
    COPY --from=build /usr/lib/aarch64-linux-gnu/libpq.so.5 /usr/lib/
  `;
});

test("a stage of the machine that builds may start what it downloads, or hand it on", () => {
  reports(rule)`
    FROM --platform=$BUILDPLATFORM alpine:3.24 AS tools
    RUN wget https://e.com/upx-amd64.tar.xz
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This is for amd64 alone, whatever platform builds the image or runs it.
    FROM tools AS more
    RUN wget https://e.com/upx-amd64.tar.xz
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This is for amd64 alone, whatever platform builds the image or runs it.
    FROM alpine:3.24
    RUN wget https://e.com/upx-amd64.tar.xz
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hard-coded-architecture: This is for amd64 alone, whatever platform the image is for.
  `;
});

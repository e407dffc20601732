import { test } from "vitest";
import { foreignLibc as rule } from "../../../../server/src/rules/dockerfile/foreign-libc.ts";
import { reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

test("Rust and C, to musl and to nothing", () => {
  const context = contextOf({ "Cargo.toml": '[package]\nname = "tool"\n' });
  reports(rule, { context })`
    FROM rust:1-bookworm AS builder
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM scratch
    COPY --from=builder /src/target/release/tool /tool
    ^^^^ foreign-libc: /tool needs glibc, which is not in scratch.
  `;
  reports(rule)`
    FROM alpine:3.24 AS builder
    RUN apk add --no-cache gcc musl-dev
    RUN gcc -o /tool main.c
    FROM debian:trixie-slim
    COPY --from=builder /tool /usr/bin/
    ^^^^ foreign-libc: /usr/bin/tool needs musl, which is not in debian:trixie-slim.
  `;
});

test("not where it is static, at home, brought, or no program", () => {
  reports(rule)`
    FROM gcc:15 AS builder
    RUN gcc -static -o /one main.c && gcc -c -o /two.o main.c && gcc -shared -o /three.so main.c && gcc $FLAGS -o /four main.c
    RUN gcc -o /five main.c
    FROM golang:1.27 AS go
    RUN go build -o /six .
    FROM alpine:3.24 AS a
    COPY --from=builder /one /two.o /three.so /four /
    COPY --from=go /six /
    FROM debian:trixie-slim AS b
    COPY --from=builder /five /
    FROM alpine:3.24
    RUN apk add --no-cache gcompat
    COPY --from=builder /five /
  `;
});

test("not where the base image has both libraries", () => {
  reports(rule)`
    FROM gcc:15 AS builder
    RUN gcc -o /tool main.c
    FROM denoland/deno:alpine
    COPY --from=builder /tool /usr/local/bin/
    FROM denoland/deno:alpine-2.5.0
    COPY --from=builder /tool /usr/local/bin/
  `;
});

test("what is built in a cache mount and copied out of it, and what Cargo installs", () => {
  const context = contextOf({ "Cargo.toml": '[package]\nname = "api"\n', "src/main.rs": "fn main() {}\n" });
  reports(rule, { context })`
    FROM rust:1.90 AS build
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/api /bin/api
    FROM rust:1.90 AS install
    WORKDIR /src
    COPY . .
    RUN cargo install --path .
    FROM alpine:3.24
    COPY --from=build /bin/api /bin/
    ^^^^ foreign-libc
    FROM alpine:3.24
    COPY --from=install /usr/local/cargo/bin/api /bin/
    ^^^^ foreign-libc
  `;
  reports(rule, { context })`
    FROM rust:1.90-alpine AS musl
    WORKDIR /src
    COPY . .
    RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/api /bin/api
    FROM rust:1.90 AS other
    COPY . /src
    RUN cargo install --path /src/crates/tool
    FROM alpine:3.24
    COPY --from=musl /bin/api /bin/
    COPY --from=other /usr/local/cargo/bin/api /bin/
  `;
});

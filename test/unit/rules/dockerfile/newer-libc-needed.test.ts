import { expect, test } from "vitest";
import { newerLibcNeeded as rule } from "../../../../server/src/rules/dockerfile/newer-libc-needed.ts";
import { expectProblems, problemsOf, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const crate = { context: contextOf({ "Cargo.toml": '[package]\nname = "tool"\n' }) };

test("across glibc 2.34 each program fails", () => {
  reports(rule, crate)`
    FROM rust:1-bookworm AS builder
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    FROM debian:bullseye-slim
    COPY --from=builder /src/target/release/tool /usr/local/bin/tool
    ^^^^ newer-libc-needed: /usr/local/bin/tool needs glibc 2.34 or newer, and debian:bullseye-slim has 2.31.
  `;
  reports(rule)`
    FROM golang:1.27 AS builder
    COPY . .
    RUN CGO_ENABLED=1 go build -o /out/api .
    FROM ubuntu:20.04
    COPY --from=builder /out/api /api
    ^^^^ newer-libc-needed: /api needs glibc 2.34 or newer, and ubuntu:20.04 has 2.31.
    FROM rockylinux:8
    COPY --from=builder /out/api /api
    ^^^^ newer-libc-needed: /api needs glibc 2.34 or newer, and rockylinux:8 has 2.28.
    FROM registry.access.redhat.com/ubi8/ubi-minimal:8.10
    COPY --from=builder /out/api /api
    ^^^^ newer-libc-needed
    FROM gcr.io/distroless/base-debian11
    COPY --from=builder /out/api /api
    ^^^^ newer-libc-needed
    FROM amazonlinux:2
    COPY --from=builder /out/api /api
    ^^^^ newer-libc-needed
  `;
});

test("Ubuntu 26.04 by its number and its name", () => {
  const found = problemsOf(rule)`
    FROM rust:1.92 AS builder
    FROM ubuntu:26.04 AS newer
    RUN apt-get update && apt-get install -y g++
    RUN g++ -o /out/tool main.cpp
    FROM debian:bookworm-slim
    COPY --from=newer /out/tool /tool
    FROM ubuntu:resolute AS named
    RUN apt-get update && apt-get install -y g++
    RUN g++ -o /out/tool main.cpp
    FROM ubuntu:22.04
    COPY --from=named /out/tool /tool
  `;
  expect(found.map((it) => it.message)).toEqual([
    expect.stringContaining("2.43"),
    expect.stringContaining("2.43"),
  ]);
});

test("between later releases it may", () => {
  const found = problemsOf(rule)`
    FROM debian:trixie AS builder
    RUN apt-get update && apt-get install -y g++
    RUN g++ -o /out/tool main.cpp
    FROM debian:bookworm-slim
    COPY --from=builder /out/tool /tool
  `;
  expect(found.map((it) => [it.severity, it.message])).toEqual([
    [
      "info",
      "/tool is linked against glibc 2.41, and debian:bookworm-slim has 2.36: it may ask for functions that are not there.",
    ],
  ]);
  expect(found[0]?.related.map((it) => it.message)).toContain("This stage has glibc 2.41.");
});

test.each([
  ["the same release", "debian:12", "debian:12-slim", ""],
  ["a newer one", "debian:11", "debian:12", ""],
  ["nothing of weight between them", "ubuntu:22.04", "debian:12", ""],
  ["a release that is not known", "debian:12", "debian:oldstable", ""],
  ["another C library, which is another rule's", "debian:12", "alpine:3.24", ""],
  ["nothing at all", "debian:12", "scratch", ""],
  [
    "packages of another release",
    "debian:12",
    "debian:11",
    "RUN sed -i s/bullseye/bookworm/ /etc/apt/sources.list && apt-get update",
  ],
])("not on %s", (_, builder, runner, line) => {
  expectProblems(
    rule,
    `FROM ${builder} AS builder\nRUN apt-get update && apt-get install -y gcc\nRUN gcc -o /tool main.c\nFROM ${runner}\n${line}\nCOPY --from=builder /tool /tool\n`,
  );
});

test("not what is static, built for an older one, or no program", () => {
  reports(rule)`
    FROM debian:12 AS builder
    RUN gcc -static -o /one main.c && gcc -shared -o /two.so main.c && gcc $FLAGS -o /three main.c
    FROM debian:12 AS cross
    RUN gcc --sysroot=/opt/el8 -o /four main.c
    FROM golang:1.27 AS go
    RUN CGO_ENABLED=0 go build -o /five .
    FROM debian:11
    COPY --from=builder /one /two.so /three /
    COPY --from=cross /four /
    COPY --from=go /five /
    COPY --from=builder /etc/hosts /hosts
  `;
});

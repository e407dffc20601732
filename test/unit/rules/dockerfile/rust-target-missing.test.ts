import { test } from "vitest";
import { rustTargetMissing as rule } from "../../../../server/src/rules/dockerfile/rust-target-missing.ts";
import { expectProblems, fixes, reports } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const inputs = { context: contextOf({ "Cargo.toml": "" }) };

test("musl on Debian, Windows, WebAssembly", () => {
  fixes(rule, "unsafe", "", inputs)`
    FROM rust:1.90-slim
    WORKDIR /src
    COPY . .
    RUN cargo build --release --target=x86_64-unknown-linux-musl
    ->
    FROM rust:1.90-slim
    WORKDIR /src
    COPY . .
    RUN rustup target add x86_64-unknown-linux-musl
    RUN cargo build --release --target=x86_64-unknown-linux-musl
  `;
  reports(rule, inputs)`
    FROM rust:1-alpine AS base
    FROM base
    RUN cargo install --target wasm32-unknown-unknown --path .
                               ^^^^^^^^^^^^^^^^^^^^^^ rust-target-missing: rust:1-alpine has no standard library for wasm32-unknown-unknown.
  `;
});

test.each([
  "FROM rust:1.90\nRUN rustup target add x86_64-unknown-linux-musl && cargo build --target x86_64-unknown-linux-musl",
  "FROM rust:1.90 AS tools\nRUN rustup target add x86_64-unknown-linux-musl\nFROM tools\nRUN cargo build --target x86_64-unknown-linux-musl",
  "FROM rust:1.90-alpine\nRUN cargo build --target x86_64-unknown-linux-musl",
  "FROM rust:1.90\nRUN cargo build --target aarch64-unknown-linux-gnu",
  "FROM rust:1.90\nRUN cargo build --target targets/own.json",
  "FROM rust:1.90\nARG TARGET\nRUN cargo build --target $TARGET",
  "FROM rust:1.90\nRUN cargo build -Z build-std --target x86_64-unknown-linux-musl",
  "FROM rust:1.90\nRUN ./setup.sh && cargo build --target x86_64-unknown-linux-musl",
  "FROM clux/muslrust\nRUN cargo build --target x86_64-unknown-linux-musl",
  "FROM rust:1.90\nRUN cargo build --target x86_64-unknown-linux-musl || true",
])("silent for %s", (text) => expectProblems(rule, `${text}\n`, inputs));

test("silent where a file may say which targets there are", () => {
  expectProblems(rule, "FROM rust:1.90\nRUN cargo build --target x86_64-unknown-linux-musl\n", {
    context: contextOf({ "rust-toolchain.toml": "" }),
  });
});

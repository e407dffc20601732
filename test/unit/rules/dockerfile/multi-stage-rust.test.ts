import { test } from "vitest";
import { toolchainInFinalStage as rule } from "../../../../server/src/rules/dockerfile/toolchain-in-final-stage.ts";
import { fixes, offersNothing } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const context = contextOf({
  "Cargo.toml": '[package]\nname = "shop"\n',
  "src/main.rs": "",
  "Cargo.lock": "",
});

test("with the C library that it is linked against", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM rust:1-bookworm
    WORKDIR /src
    COPY Cargo.toml Cargo.lock ./
    COPY src ./src
    RUN cargo build --release
    CMD ["./target/release/shop"]
    ->
    FROM rust:1-bookworm AS builder
    WORKDIR /src
    COPY Cargo.toml Cargo.lock ./
    COPY src ./src
    RUN cargo build --release

    FROM gcr.io/distroless/cc-debian13:nonroot
    COPY --from=builder /src/target/release/shop /usr/local/bin/shop
    CMD ["/usr/local/bin/shop"]
  `;
});

test("static, from Alpine", () => {
  fixes(rule, "unsafe", "", { context })`
    FROM rust:1-alpine
    WORKDIR /src
    ENV RUST_LOG=info
    COPY . .
    RUN cargo build --release
    ENTRYPOINT ["/src/target/release/shop"]
    ->
    FROM rust:1-alpine AS builder
    WORKDIR /src
    ENV RUST_LOG=info
    COPY . .
    RUN cargo build --release

    FROM gcr.io/distroless/static-debian13:nonroot
    COPY --from=builder /src/target/release/shop /usr/local/bin/shop
    ENV RUST_LOG=info
    ENTRYPOINT ["/usr/local/bin/shop"]
  `;
});

test("nothing where a shell would need another C library, or the program is not known", () => {
  offersNothing(rule, { context })`
    FROM rust:1
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    CMD ./target/release/shop --port $PORT
  `;
  offersNothing(rule)`
    FROM rust:1
    WORKDIR /src
    COPY . .
    RUN cargo build --release
    CMD ["./target/release/shop"]
  `;
});

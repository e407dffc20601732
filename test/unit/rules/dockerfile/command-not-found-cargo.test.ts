import { test } from "vitest";
import { commandNotFound as rule } from "../../../../server/src/rules/dockerfile/command-not-found.ts";
import { expectProblems, fixes } from "../../../support/check.ts";
import { contextOf } from "../../../support/model.ts";

const LOCK = `version = 4

[[package]]
name = "api"
version = "0.1.0"
dependencies = [
 "reqwest",
]

[[package]]
name = "native-tls"
version = "0.2.14"
dependencies = [
 "openssl-sys",
]

[[package]]
name = "openssl-sys"
version = "0.9.109"

[[package]]
name = "prost-build"
version = "0.14.1"

[[package]]
name = "reqwest"
version = "0.12.24"
dependencies = [
 "native-tls",
 "url 2.5.0",
]
`;
const MANIFEST =
  '[package]\nname = "api"\n\n[dependencies]\nreqwest = { version = "0.12", features = ["json"] }\n';

const around = (files: Readonly<Record<string, string>> = {}) => ({
  context: contextOf({ "Cargo.toml": MANIFEST, "Cargo.lock": LOCK, "src/main.rs": "", ...files }),
});

test("openssl-sys asks pkg-config, which the slim image of Rust lacks", () => {
  fixes(rule, "unsafe", "", around())`
    FROM rust:1.90-slim
    WORKDIR /app
    COPY . .
    RUN cargo build --release
    ->
    FROM rust:1.90-slim
    WORKDIR /app
    COPY . .
    RUN apt-get update && apt-get install -y --no-install-recommends pkg-config libssl-dev && rm -rf /var/lib/apt/lists/*
    RUN cargo build --release
  `;
  expectProblems(
    rule,
    "FROM rust:1.90-alpine\nWORKDIR /app\nCOPY . .\nRUN cargo b --release\n          ^ command-not-found: pkg-config is not in this image, and openssl-sys asks it where OpenSSL is.\n",
    around(),
  );
});

test("prost-build starts protoc", () => {
  const manifest = '[package]\nname = "api"\n[build-dependencies]\ntonic-build = "0.14"\n';
  const script = 'fn main() { tonic_build::compile_protos("a.proto").unwrap(); }\n';
  const text = "FROM rust:1.90\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n";
  const marker =
    "          ^^^^^ command-not-found: protoc is not in this image, and prost-build starts it.\n";
  expectProblems(rule, text + marker, around({ "Cargo.toml": manifest, "build.rs": script }));
  expectProblems(rule, text, around({ "Cargo.toml": manifest, "build.rs": `// ${script}fn main() {}\n` }));
  expectProblems(
    rule,
    text,
    around({
      "Cargo.toml": manifest,
      "build.rs": script,
      "Cargo.lock": `${LOCK}\n[[package]]\nname = "protox"\n`,
    }),
  );
  expectProblems(
    rule,
    text.replace("RUN", "ENV PROTOC=/opt/protoc\nRUN"),
    around({ "Cargo.toml": manifest, "build.rs": script }),
  );
});

test.each([
  ["compiled itself", { "Cargo.lock": LOCK.replace(' "url 2.5.0",', ' "openssl-src",') }, ""],
  ["optional", { "Cargo.toml": MANIFEST.replace("{ version", "{ optional = true, version") }, ""],
  ["of tests too", { "Cargo.toml": `${MANIFEST}\n[dev-dependencies]\nreqwest = "0.12"\n` }, ""],
  ["a workspace", { "Cargo.toml": `${MANIFEST}\n[workspace]\nmembers = ["a"]\n` }, ""],
  [
    "of another system",
    { "Cargo.toml": MANIFEST.replace("[dependencies]", "[target.'cfg(unix)'.dependencies]") },
    "",
  ],
  ["no lock file", { "Cargo.lock": "" }, ""],
  ["told where it is", {}, "ENV OPENSSL_DIR=/opt/openssl"],
  ["installed", {}, "RUN apt-get update && apt-get install -y pkg-config libssl-dev"],
])("silent: %s", (_, files, line) => {
  expectProblems(
    rule,
    `FROM rust:1.90-slim\n${line}\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n`,
    around(files),
  );
});

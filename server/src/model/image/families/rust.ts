import {
  ALPINE,
  alpineTopLevel,
  BUILDPACK_DEPS,
  DEBIAN,
  environment,
  missing,
  there,
  topLevel,
} from "../operating-systems.ts";
import { ALPINE_TAG, ANY, BASH, type ImageFamily, SHELL, SLIM_TAG } from "./family.ts";

const RUST = {
  ...BASH,
  role: "toolchain",
  entrypoint: null,
  hasHealthcheck: false,
  defaultUser: "root",
  workdir: "/",
  ...environment({
    PATH: "/usr/local/cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ...{ RUSTUP_HOME: "/usr/local/rustup", CARGO_HOME: "/usr/local/cargo", RUST_VERSION: null },
  }),
} as const;
const RUST_TOOLS = there("cargo rustc rustup");

export const RUST_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^rust$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      ...RUST,
      ...SHELL,
      tools: {
        ...ALPINE.tools,
        ...RUST_TOOLS,
        ...there("gcc cc"),
        ...missing("bash curl git useradd groupadd usermod pkg-config pkgconf protoc cmake clang make"),
      },
      directories: alpineTopLevel(),
    },
    source: "rust-lang/docker-rust, alpine Dockerfiles",
  },
  {
    image: /^rust$/,
    tag: SLIM_TAG,
    facts: {
      ...DEBIAN,
      ...RUST,
      certificates: true,
      tools: {
        ...DEBIAN.tools,
        ...RUST_TOOLS,
        ...there("gcc cc"),
        ...missing("curl wget git make nc ps pgrep pkg-config pkgconf protoc cmake clang"),
      },
      directories: topLevel(),
    },
    source: "rust-lang/docker-rust, slim Dockerfiles",
  },
  {
    image: /^rust$/,
    tag: ANY,
    facts: {
      ...BUILDPACK_DEPS,
      ...RUST,
      tools: { ...BUILDPACK_DEPS.tools, ...RUST_TOOLS, ...missing("protoc cmake clang") },
    },
    source: "rust-lang/docker-rust, Debian Dockerfiles",
  },
];

import { BUILDPACK_DEPS, DEBIAN, missing, there } from "../operating-systems.ts";
import { ANY, type ImageFamily } from "./family.ts";

export const COMPILER_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^buildpack-deps$/,
    tag: /-(curl|scm)$|^(curl|scm)$/,
    facts: {
      ...DEBIAN,
      role: "base",
      defaultUser: "root",
      certificates: true,
      tools: { ...DEBIAN.tools, ...there("curl wget") },
    },
    source: "docker-library/buildpack-deps",
  },
  {
    image: /^buildpack-deps$/,
    tag: ANY,
    facts: { ...BUILDPACK_DEPS, role: "toolchain", defaultUser: "root" },
    source: "docker-library/buildpack-deps",
  },
  {
    image: /^gcc$/,
    tag: ANY,
    facts: {
      ...BUILDPACK_DEPS,
      role: "toolchain",
      defaultUser: "root",
      // GCC brings a `go` of its own.
      tools: { ...BUILDPACK_DEPS.tools, ...missing("cmake ninja clang cargo node npm jq") },
    },
    source: "docker-library/gcc; buildpack-deps, debian/bookworm (read 2026-11-27)",
  },
];

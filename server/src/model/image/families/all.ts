import { COMPILER_FAMILIES } from "./compilers.ts";
import { DISTRIBUTION_FAMILIES } from "./distributions.ts";
import { DISTROLESS_FAMILIES } from "./distroless.ts";
import { DOTNET_FAMILIES } from "./dotnet.ts";
import type { ImageFamily } from "./family.ts";
import { GO_FAMILIES } from "./go.ts";
import { JAVA_FAMILIES } from "./java.ts";
import { NODE_FAMILIES } from "./node.ts";
import { PHP_FAMILIES } from "./php.ts";
import { PYTHON_FAMILIES } from "./python.ts";
import { RUBY_FAMILIES } from "./ruby.ts";
import { RUST_FAMILIES } from "./rust.ts";
import { SERVER_FAMILIES } from "./servers.ts";
import { SYSTEM_FAMILIES } from "./systems.ts";
import { WEB_SERVER_FAMILIES } from "./web-servers.ts";
import { WINDOWS_FAMILIES } from "./windows.ts";

/** The day when the sources that families name were read. */
export const FAMILIES_DATE = "2026-11-20";

/** In this order, since the first match counts. */
export const IMAGE_FAMILIES: readonly ImageFamily[] = [
  ...DISTRIBUTION_FAMILIES,
  {
    // What their ONBUILD instructions leave behind is not followed.
    image: /^(golang|node|python|ruby|php|rust|maven|gradle|gcc|openjdk)$/,
    tag: /onbuild/,
    facts: {},
    source: "docker-library, onbuild variants",
  },
  ...WINDOWS_FAMILIES,
  ...GO_FAMILIES,
  ...NODE_FAMILIES,
  ...PYTHON_FAMILIES,
  ...RUST_FAMILIES,
  ...SYSTEM_FAMILIES,
  ...JAVA_FAMILIES,
  ...PHP_FAMILIES,
  ...RUBY_FAMILIES,
  ...COMPILER_FAMILIES,
  ...DOTNET_FAMILIES,
  ...SERVER_FAMILIES,
  ...WEB_SERVER_FAMILIES,
  ...DISTROLESS_FAMILIES,
];

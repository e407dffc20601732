import {
  ALPINE,
  alpineTopLevel,
  BUILDPACK_DEPS,
  DEBIAN,
  environment,
  missing,
  NO_LIBRARIES,
  type SharedFacts,
  topLevel,
} from "../operating-systems.ts";
import { ALPINE_TAG, ANY, type ImageFamily, PLAIN, SLIM_TAG } from "./family.ts";

const RUBY: SharedFacts = { ...PLAIN, cmd: ["irb"] };
const RUBY_ENVIRONMENT = environment({
  PATH: "/usr/local/bundle/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  ...{
    LANG: "C.UTF-8",
    RUBY_MAJOR: null,
    RUBY_VERSION: null,
    RUBY_DOWNLOAD_URL: null,
    RUBY_DOWNLOAD_SHA256: null,
  },
  ...{ RUBYGEMS_VERSION: null, BUNDLER_VERSION: null, BUNDLE_PATH: null, BUNDLE_BIN: null },
  ...{
    GEM_HOME: "/usr/local/bundle",
    BUNDLE_SILENCE_ROOT_WARNING: "1",
    BUNDLE_APP_CONFIG: "/usr/local/bundle",
  },
});

export const RUBY_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^ruby$/,
    tag: ALPINE_TAG,
    facts: {
      ...RUBY_ENVIRONMENT,
      ...RUBY,
      ...ALPINE,
      ...NO_LIBRARIES,
      role: "runtime",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...missing("bash git gcc make useradd groupadd usermod") },
      directories: alpineTopLevel(),
    },
    source: "docker-library/ruby",
  },
  {
    image: /^ruby$/,
    tag: SLIM_TAG,
    facts: {
      ...RUBY_ENVIRONMENT,
      ...RUBY,
      ...DEBIAN,
      ...NO_LIBRARIES,
      role: "runtime",
      defaultUser: "root",
      // Until 2024 they brought procps.
      tools: { ...DEBIAN.tools, ...missing("curl wget git gcc make nc") },
      directories: topLevel(),
    },
    source: "docker-library/ruby, slim Dockerfiles of 3.1 to 4.0 (read 2026-11-27)",
  },
  {
    image: /^ruby$/,
    tag: ANY,
    facts: {
      ...RUBY_ENVIRONMENT,
      ...RUBY,
      ...BUILDPACK_DEPS,
      role: "runtime",
      defaultUser: "root",
      directories: topLevel(),
    },
    source: "docker-library/ruby",
  },
];

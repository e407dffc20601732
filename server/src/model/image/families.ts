import {
  ALPINE,
  alpineTopLevel,
  BUILDPACK_DEPS,
  BUSYBOX,
  DEBIAN,
  environment,
  missing,
  NO_LIBRARIES,
  NO_LIBRARIES_BUT_ICU,
  NO_PROJECTS,
  PLAIN_ALPINE,
  PLAIN_DEBIAN,
  SELDOM_IN_ALPINE,
  SELDOM_IN_BUILDPACK_DEPS,
  SELDOM_IN_DEBIAN,
  type SharedFacts,
  temurinFiles,
  there,
  topLevel,
} from "./operating-systems.ts";
import { PYTHON_SERVERS } from "./python-servers.ts";
import { SERVER_FAMILIES } from "./server-families.ts";
import { SYSTEM_FAMILIES } from "./system-families.ts";

/**
 * What all tags of an image of one kind share: only what has held for every release in use and is part of how the
 * image is built, so that it is as certain for `golang:1.22` as for a tag of the table. The first match counts.
 */
export interface ImageFamily {
  readonly image: RegExp;
  /** Matches a tag; no tag is asked about as `latest`. */
  readonly tag: RegExp;
  readonly facts: SharedFacts;
  readonly source: string;
  /** The day when it was written down, where that is another one than of most. */
  readonly date?: string;
}

/** The day when the sources named below were read. */
export const FAMILIES_DATE = "2026-11-20";

const ANY = /^/;
const ALPINE_TAG = /(^|-)alpine/;
const SLIM_TAG = /(^|-)slim(-|$)/;
/** Tags of images of Windows, beside those of Linux under one name. */
export const WINDOWS_TAG = /nanoserver|windowsservercore|windows/;

/** Nothing in the configuration but ENV and CMD, as images to build on have it. */
const PLAIN: SharedFacts = {
  absent: NO_PROJECTS,
  entrypoint: null,
  exposedPorts: [],
  volumes: [],
  stopSignal: null,
  hasHealthcheck: false,
};
/** A system as it comes, and toolchains on one, start its shell, whatever its path is in the one or other version. */
const SHELL: SharedFacts = { ...PLAIN, cmd: ["sh"] };
const BASH: SharedFacts = { ...PLAIN, cmd: ["bash"] };
/** Its entrypoint, which came at the end of 2018, ends in `exec "$@"`. */
const NODE: SharedFacts = { ...PLAIN, entrypoint: ["docker-entrypoint.sh"], cmd: ["node"] };
const PYTHON: SharedFacts = { ...PLAIN, cmd: ["python3"] };
const RUBY: SharedFacts = { ...PLAIN, cmd: ["irb"] };
const PHP: SharedFacts = { volumes: [], entrypoint: ["docker-php-entrypoint"], hasHealthcheck: false };
/** What PHP's images start and where they listen, by the kind in their tag; without one they are for the command line. */
const PHP_KINDS: readonly (readonly [tag: string, facts: SharedFacts])[] = [
  ["fpm", { cmd: ["php-fpm"], exposedPorts: ["9000/tcp"], workdir: "/var/www/html" }],
  ["apache", { cmd: ["apache2-foreground"], exposedPorts: ["80/tcp"], workdir: "/var/www/html" }],
  ["", { cmd: ["php", "-a"], exposedPorts: [] }],
];
const WINDOWS: SharedFacts = { os: { family: "other", version: "windows" } };
const GO = {
  ...BASH,
  role: "toolchain",
  entrypoint: null,
  hasHealthcheck: false,
  defaultUser: "root",
  workdir: "/go",
  ...environment({
    PATH: "/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  }),
} as const;
const GO_ENVIRONMENT = { ...GO.environment, GOPATH: "/go", GOTOOLCHAIN: "local", GOLANG_VERSION: null };
const NODE_ENVIRONMENT = environment({ NODE_VERSION: null, YARN_VERSION: null });
const PYTHON_ENVIRONMENT = environment({
  PATH: "/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  // LANG is no more set since 3.13, GPG_KEY since 3.14 (docker-library/python, Dockerfile-linux.template, read 2026-11-27).
  ...{ LANG: null, GPG_KEY: null, PYTHON_VERSION: null, PYTHON_SHA256: null, PYTHONUNBUFFERED: null },
  ...{
    PYTHON_PIP_VERSION: null,
    PYTHON_SETUPTOOLS_VERSION: null,
    PYTHON_GET_PIP_URL: null,
    PYTHON_GET_PIP_SHA256: null,
  },
});
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
const PHP_ENVIRONMENT = environment({
  ...{ PHPIZE_DEPS: null, PHP_INI_DIR: "/usr/local/etc/php", APACHE_CONFDIR: null, APACHE_ENVVARS: null },
  ...{ PHP_CFLAGS: null, PHP_CPPFLAGS: null, PHP_LDFLAGS: null, GPG_KEYS: null, PHP_VERSION: null },
  ...{ PHP_URL: null, PHP_ASC_URL: null, PHP_SHA256: null, PHP_MD5: null },
  ...{ PHP_EXTRA_BUILD_DEPS: null, PHP_EXTRA_CONFIGURE_ARGS: null },
});
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
const TEMURIN_ENVIRONMENT = environment({
  PATH: "/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  ...{ JAVA_HOME: "/opt/java/openjdk", JAVA_VERSION: null, JAVA_TOOL_OPTIONS: null },
  ...{ LANG: null, LANGUAGE: null, LC_ALL: null },
});
const UBUNTU: SharedFacts = {
  ...BASH,
  ...PLAIN_DEBIAN,
  ...environment(),
  ...{ role: "base", certificates: false, timeZones: false, defaultUser: "root", workdir: "/" },
};
/** Debian or Ubuntu with certificates and time zones; the user `app` is there from 8.0 on, and never the one in force. */
const DOTNET: SharedFacts = {
  ...PLAIN,
  ...PLAIN_DEBIAN,
  ...NO_LIBRARIES_BUT_ICU,
  tools: { ...PLAIN_DEBIAN.tools, ...there("dotnet openssl") },
  ...{ users: undefined, certificates: true, timeZones: true, defaultUser: "root", workdir: "/" },
  directories: { ...topLevel(), "/home": ["app", "ubuntu"] },
};
const DOTNET_ON_ALPINE: SharedFacts = {
  ...PLAIN,
  ...ALPINE,
  tools: { ...ALPINE.tools, dotnet: true, ...missing("bash curl git gcc make") },
  ...{ users: undefined, certificates: true, role: "runtime", defaultUser: "root", workdir: "/" },
  directories: { ...topLevel(), "/home": ["app"] },
};
/** Tags of .NET on Debian or Ubuntu with a shell: the others say so. */
const DOTNET_TAG =
  /^(?!.*(?:alpine|chiseled|distroless|windows|nanoserver|mariner|azurelinux|cbl))(?:[6-9]|1\d)\.\d/;
const DOTNET_ENVIRONMENT = {
  ...{ APP_UID: "1654", ASPNETCORE_HTTP_PORTS: "8080", DOTNET_RUNNING_IN_CONTAINER: "true" },
  ...{ DOTNET_VERSION: null, ASPNET_VERSION: null, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: null },
  ...{ LC_ALL: null, LANG: null },
};
const NGINX: SharedFacts = {
  ...{ role: "runtime", defaultUser: "root", workdir: "/", hasHealthcheck: false },
  ...environment({
    ...{ NGINX_VERSION: null, NJS_VERSION: null, NJS_RELEASE: null, ACME_VERSION: null },
    ...{ PKG_RELEASE: null, DYNPKG_RELEASE: null, OTEL_VERSION: null },
  }),
};
/** Since 1.19 the image has its entrypoint, and makes the user `nginx` with a fixed id before it installs. */
const NEWER_NGINX: SharedFacts = {
  ...NGINX,
  exposedPorts: ["80/tcp"],
  volumes: [],
  entrypoint: ["/docker-entrypoint.sh"],
  cmd: ["nginx", "-g", "daemon off;"],
};
/** Runtimes of languages, for what is built in another stage: none of nginx's modules needs one. */
const NOT_WITH_NGINX = missing(
  "node npm npx yarn pnpm bun deno python python3 pip pip3 uv ruby bundle php composer java go cargo dotnet",
);
const GO_TOOLS = there("go gofmt");
const NODE_TOOLS = there("node npm npx");
const PYTHON_TOOLS = { ...there("python python3 pip pip3"), ...missing([...PYTHON_SERVERS].join(" ")) };
const RUST_TOOLS = there("cargo rustc rustup");
const MAVEN_TOOLS = there("mvn java javac");
const GRADLE_TOOLS = there("gradle java javac");
const GO_DIRECTORIES = { "/go": ["bin", "src", "pkg"], "/go/bin": [] };

const distroless = (image: RegExp, libc: "glibc" | "none", more: SharedFacts = {}): ImageFamily[] => {
  const facts: SharedFacts = {
    libc,
    packageManager: "none",
    certificates: true,
    timeZones: true,
    users: { root: 0, nobody: 65534, nonroot: 65532 },
    ...more,
    directories: { ...topLevel("nodejs", "busybox", "cacert"), "/home": ["nonroot"] },
  };
  const source = "GoogleContainerTools/distroless, README and the images' definitions";
  const plain: SharedFacts = {
    ...facts,
    shell: "none",
    tools: {
      ...missing(
        "sh bash ash busybox curl wget nc ps apk apt-get git gcc useradd groupadd usermod adduser cat ls",
      ),
      ...more.tools,
    },
  };
  // Debug images keep BusyBox under /busybox, which their PATH has; /bin/sh is not there.
  const debug: SharedFacts = {
    ...facts,
    shell: "/busybox/sh",
    tools: {
      ...there("sh busybox wget nc cat ls"),
      ...missing("bash curl apk apt-get git gcc useradd groupadd usermod"),
      ...more.tools,
    },
  };
  return [
    // `nodejs:18` and `java:11-debug` were their names before the release stood behind them.
    { image, tag: /^(?:\d+-)?debug-nonroot/, facts: { ...debug, defaultUser: "65532" }, source },
    { image, tag: /^(?:\d+-)?debug/, facts: { ...debug, defaultUser: "0" }, source },
    { image, tag: /^(?:\d+-)?nonroot/, facts: { ...plain, defaultUser: "65532" }, source },
    { image, tag: /^(?:latest|\d+$)/, facts: { ...plain, defaultUser: "0" }, source },
  ];
};

/**
 * Of the package managers that Node's images had, corepack left with 25 and yarn with 26 (docker-node README and the
 * Dockerfiles of 22 to 26, read 2026-11-20); corepack came with 16.9. `lts` is a name whose number changes.
 */
const nodeImages = (kind: string, facts: SharedFacts, source: string): ImageFamily[] => {
  const generation = (tag: string, more: Readonly<Record<string, boolean>>): ImageFamily => {
    const { yarn: _, corepack: __, ...tools } = facts.tools ?? {};
    return {
      image: /^node$/,
      tag: new RegExp(`^(?=${tag})(?=.*${kind})`),
      facts: { ...facts, tools: { ...tools, ...more } },
      source,
    };
  };
  return [
    generation("(?:1[7-9]|2[0-4])(?:[.-]|$)|(?:iron|jod|krypton)(?:-|$)", there("yarn corepack")),
    generation("25(?:[.-]|$)", { yarn: true, corepack: false }),
    generation(
      "(?:2[6-9]|[3-9]\\d)(?:[.-]|$)|(?:latest|current|alpine|slim|bookworm|trixie)",
      missing("yarn corepack"),
    ),
    generation("", {}),
  ];
};

/** Windows images are all alike to us: nothing that is said of Linux holds. */
const windows = (image: RegExp, source: string): ImageFamily => ({
  image,
  tag: WINDOWS_TAG,
  facts: WINDOWS,
  source,
});

export const IMAGE_FAMILIES: readonly ImageFamily[] = [
  {
    image: /^alpine$/,
    tag: ANY,
    facts: {
      ...PLAIN_ALPINE,
      ...SHELL,
      ...environment(),
      role: "base",
      timeZones: false,
      defaultUser: "root",
      workdir: "/",
    },
    source: "alpinelinux/docker-alpine, minirootfs file lists",
  },
  {
    // apt no longer needs adduser.
    image: /^debian$/,
    tag: /^(13|14|trixie|forky)([.-]|$)|^(latest|(stable|testing|unstable|sid)(-slim)?)$/,
    facts: {
      ...PLAIN_DEBIAN,
      ...BASH,
      ...environment(),
      role: "base",
      certificates: false,
      defaultUser: "root",
      workdir: "/",
      tools: { ...PLAIN_DEBIAN.tools, ...missing("adduser addgroup deluser delgroup") },
    },
    source: "debuerreotype/docker-debian-artifacts, package lists since trixie",
  },
  {
    image: /^debian$/,
    tag: ANY,
    facts: {
      ...PLAIN_DEBIAN,
      ...BASH,
      ...environment(),
      role: "base",
      certificates: false,
      defaultUser: "root",
      workdir: "/",
    },
    source: "debuerreotype/docker-debian-artifacts, package lists",
  },
  {
    image: /^ubuntu$/,
    tag: /^(24|25|26)\.\d|^(latest|rolling|devel|noble|oracular|plucky|questing|resolute)(-|$)/,
    facts: {
      ...UBUNTU,
      users: { ...PLAIN_DEBIAN.users, ubuntu: 1000 },
      directories: { ...topLevel(), "/home": ["ubuntu"] },
    },
    source: "cloud-images.ubuntu.com, package manifests of 24.04 to 26.04",
  },
  {
    // The user `ubuntu` came with 23.04; before, the id of _apt was the first free one.
    image: /^ubuntu$/,
    tag: /^(18\.04|20\.04|22\.04)|^(bionic|focal|jammy)(-|$)/,
    facts: { ...UBUNTU, users: { ...PLAIN_DEBIAN.users, _apt: 100 } },
    source: "cloud-images.ubuntu.com, package manifests of 18.04 to 22.04",
  },
  {
    image: /^ubuntu$/,
    tag: ANY,
    facts: { ...UBUNTU, users: undefined, directories: { ...topLevel(), "/home": ["ubuntu"] } },
    source: "cloud-images.ubuntu.com, what all releases share",
  },
  {
    image: /^busybox$/,
    tag: ANY,
    facts: {
      ...BUSYBOX,
      ...SHELL,
      ...environment(),
      role: "base",
      shell: "/bin/sh",
      packageManager: "none",
      certificates: false,
      timeZones: false,
      directories: topLevel(),
    },
    source: "docker-library/busybox, Dockerfile.builder (neither certificates nor time zones)",
  },
  {
    // What their ONBUILD instructions leave behind is not followed.
    image: /^(golang|node|python|ruby|php|rust|maven|gradle|gcc|openjdk)$/,
    tag: /onbuild/,
    facts: {},
    source: "docker-library, onbuild variants",
  },
  {
    image: /^mcr\.microsoft\.com\/(windows(\/[\w/.-]+)?|dotnet\/framework\/[\w/.-]+)$/,
    tag: ANY,
    facts: WINDOWS,
    source: "hub.docker.com, Windows base images",
  },
  windows(/^golang$/, "docker-library/golang, windows Dockerfiles"),
  windows(
    /^mcr\.microsoft\.com\/(?:dotnet\/(?:nightly\/)?(?:sdk|runtime|aspnet|monitor)|powershell)$/,
    "dotnet/dotnet-docker and PowerShell/PowerShell-Docker, windows Dockerfiles",
  ),
  {
    image: /^golang$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      ...GO,
      ...SHELL,
      environment: GO_ENVIRONMENT,
      tools: {
        ...ALPINE.tools,
        ...SELDOM_IN_ALPINE,
        ...GO_TOOLS,
        ...missing("bash curl git gcc g++ cc make useradd groupadd usermod python3 sudo"),
      },
      directories: { ...alpineTopLevel("go"), ...GO_DIRECTORIES },
    },
    source: "docker-library/golang, alpine Dockerfiles of 1.11 to 1.27",
  },
  {
    image: /^golang$/,
    tag: ANY,
    facts: {
      ...DEBIAN,
      ...GO,
      environment: GO_ENVIRONMENT,
      certificates: true,
      tools: {
        ...DEBIAN.tools,
        ...SELDOM_IN_BUILDPACK_DEPS,
        ...GO_TOOLS,
        ...there("curl wget git gcc g++ cc make ps pgrep openssl"),
        ...missing("nc sudo"),
      },
      directories: { ...topLevel("go"), ...GO_DIRECTORIES },
    },
    source: "docker-library/golang, Debian Dockerfiles of 1.11 to 1.27 (buildpack-deps:*-scm and gcc)",
  },
  windows(
    /^(node|python|eclipse-temurin|maven|gradle)$/,
    "docker-library and docker-node, windows Dockerfiles",
  ),
  ...nodeImages(
    "(?:^|-)alpine",
    {
      ...ALPINE,
      ...NODE_ENVIRONMENT,
      ...NODE,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      users: { ...ALPINE.users, node: 1000 },
      tools: {
        ...ALPINE.tools,
        ...SELDOM_IN_ALPINE,
        ...NODE_TOOLS,
        ...missing("bash curl git gcc g++ cc make useradd groupadd usermod python3 sudo"),
      },
      directories: { ...alpineTopLevel(), "/home": ["node"] },
    },
    "nodejs/docker-node, alpine Dockerfiles of 12 to 26",
  ),
  ...nodeImages(
    "(?:^|-)slim(?:-|$)",
    {
      ...PLAIN_DEBIAN,
      ...NODE_ENVIRONMENT,
      ...NODE,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      certificates: false,
      users: { ...DEBIAN.users, node: 1000 },
      tools: { ...PLAIN_DEBIAN.tools, ...NODE_TOOLS },
      directories: { ...topLevel(), "/home": ["node"] },
    },
    "nodejs/docker-node, slim Dockerfiles of 12 to 26",
  ),
  ...nodeImages(
    "",
    {
      ...BUILDPACK_DEPS,
      ...NODE_ENVIRONMENT,
      ...NODE,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      users: { ...DEBIAN.users, node: 1000 },
      tools: { ...BUILDPACK_DEPS.tools, ...SELDOM_IN_BUILDPACK_DEPS, ...NODE_TOOLS },
      directories: { ...topLevel(), "/home": ["node"] },
    },
    "nodejs/docker-node, Debian Dockerfiles of 12 to 26",
  ),
  {
    image: /^python$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      ...NO_LIBRARIES,
      ...PYTHON_ENVIRONMENT,
      ...PYTHON,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      tools: {
        ...ALPINE.tools,
        ...SELDOM_IN_ALPINE,
        ...PYTHON_TOOLS,
        ...missing("bash curl git gcc g++ cc make useradd groupadd usermod node sudo"),
      },
      directories: alpineTopLevel(),
    },
    source: "docker-library/python, alpine Dockerfiles of 3.8 to 3.14",
  },
  {
    image: /^python$/,
    tag: SLIM_TAG,
    facts: {
      ...DEBIAN,
      ...NO_LIBRARIES,
      ...PYTHON_ENVIRONMENT,
      ...PYTHON,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      certificates: true,
      tools: {
        ...DEBIAN.tools,
        ...SELDOM_IN_DEBIAN,
        ...PYTHON_TOOLS,
        ...missing("curl wget git gcc g++ cc make nc ps pgrep sudo node"),
      },
      directories: topLevel(),
    },
    source: "docker-library/python, slim Dockerfiles of 3.8 to 3.14",
  },
  {
    image: /^python$/,
    tag: ANY,
    facts: {
      ...BUILDPACK_DEPS,
      ...PYTHON_ENVIRONMENT,
      ...PYTHON,
      role: "runtime",
      defaultUser: "root",
      workdir: "/",
      tools: { ...BUILDPACK_DEPS.tools, ...SELDOM_IN_BUILDPACK_DEPS, ...PYTHON_TOOLS },
    },
    source: "docker-library/python, Debian Dockerfiles of 3.8 to 3.14",
  },
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
  ...SYSTEM_FAMILIES,
  {
    image: /^(maven|gradle|eclipse-temurin)$/,
    tag: /(^|-)(ubi\d*|amazoncorretto|sapmachine|ibm|graalvm|windows)/,
    facts: {},
    source: "no more is shared",
  },
  {
    image: /^maven$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...MAVEN_TOOLS },
      ...temurinFiles(),
    },
    source: "carlossg/docker-maven",
  },
  {
    image: /^maven$/,
    tag: ANY,
    facts: {
      role: "toolchain",
      libc: "glibc",
      shell: "/bin/sh",
      defaultUser: "root",
      tools: { ...there("sh bash"), ...MAVEN_TOOLS },
      ...temurinFiles(),
    },
    source: "carlossg/docker-maven",
  },
  {
    image: /^gradle$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...GRADLE_TOOLS },
      ...temurinFiles("gradle"),
    },
    source: "keeganwitt/docker-gradle",
  },
  {
    image: /^gradle$/,
    tag: ANY,
    facts: {
      role: "toolchain",
      libc: "glibc",
      shell: "/bin/sh",
      defaultUser: "root",
      tools: { ...there("sh bash"), ...GRADLE_TOOLS },
      ...temurinFiles("gradle"),
    },
    source: "keeganwitt/docker-gradle",
  },
  {
    image: /^eclipse-temurin$/,
    tag: /-jre.*alpine/,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...ALPINE,
      role: "runtime",
      defaultUser: "root",
      tools: { ...ALPINE.tools, java: true, ...missing("javac bash curl") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: ALPINE_TAG,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...ALPINE.tools, ...there("java javac"), ...missing("bash curl") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: /-jre/,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...DEBIAN,
      users: undefined,
      role: "runtime",
      defaultUser: "root",
      tools: { ...DEBIAN.tools, java: true, javac: false },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  {
    image: /^eclipse-temurin$/,
    tag: ANY,
    facts: {
      ...TEMURIN_ENVIRONMENT,
      ...DEBIAN,
      users: undefined,
      role: "toolchain",
      defaultUser: "root",
      tools: { ...DEBIAN.tools, ...there("java javac") },
      ...temurinFiles(),
    },
    source: "adoptium/containers",
  },
  ...PHP_KINDS.map(([kind, facts]) => ({
    // `apk add --no-cache ca-certificates curl openssl tar xz`, `adduser -u 82 -D -S -G www-data www-data`.
    image: /^php$/,
    tag: new RegExp(`${kind}.*-?alpine`),
    facts: {
      ...PHP_ENVIRONMENT,
      ...PHP,
      ...ALPINE,
      ...NO_LIBRARIES,
      ...facts,
      users: { ...ALPINE.users, "www-data": 82 },
      role: "runtime",
      defaultUser: "root",
      tools: {
        ...ALPINE.tools,
        ...SELDOM_IN_ALPINE,
        ...there("curl php"),
        ...missing("bash git gcc make useradd groupadd usermod node python3 sudo"),
      },
      directories: { ...topLevel(), "/home": ["www-data"] },
    } as const,
    source: "docker-library/php",
  })),
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
  ...PHP_KINDS.map(([kind, facts]) => ({
    // `apt-get install $PHPIZE_DEPS ca-certificates curl xz-utils`; with Apache procps comes along.
    image: /^php$/,
    tag: new RegExp(kind),
    facts: {
      ...PHP_ENVIRONMENT,
      ...PHP,
      ...DEBIAN,
      ...NO_LIBRARIES_BUT_ICU,
      ...facts,
      role: "runtime",
      defaultUser: "root",
      tools: {
        ...DEBIAN.tools,
        ...SELDOM_IN_DEBIAN,
        ...there("php curl gcc g++ cc make autoconf pkg-config file"),
        ...missing("git wget unzip node nc ping python3 sudo"),
      },
      directories: topLevel(),
    } as const,
    source: "docker-library/php",
  })),
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
  {
    image: /^openjdk$/,
    tag: /jre/,
    facts: { role: "runtime" },
    source: "docker-library/openjdk",
  },
  { image: /^openjdk$/, tag: ANY, facts: { role: "toolchain" }, source: "docker-library/openjdk" },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: new RegExp(DOTNET_TAG.source.replace("[6-9]", "[89]")),
    facts: { ...DOTNET, ...environment(DOTNET_ENVIRONMENT), role: "runtime" },
    source: "dotnet/dotnet-docker, Dockerfiles of 8.0 to 10.0 on Debian and Ubuntu",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: DOTNET_TAG,
    facts: { ...DOTNET, role: "runtime" },
    source: "dotnet/dotnet-docker, Dockerfiles of 6.0 and 7.0 on Debian",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/sdk$/,
    tag: DOTNET_TAG,
    facts: {
      ...DOTNET,
      role: "toolchain",
      // Some brought procps too.
      tools: { ...DEBIAN.tools, ...SELDOM_IN_DEBIAN, ...there("dotnet openssl curl git wget") },
    },
    source: "dotnet/dotnet-docker, sdk Dockerfiles of 6.0 to 10.0 on Debian and Ubuntu",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: /^(?:[89]|\d\d)\.\d.*alpine/,
    facts: { ...DOTNET_ON_ALPINE, ...environment(DOTNET_ENVIRONMENT) },
    source: "dotnet/dotnet-docker, alpine Dockerfiles of 8.0 to 10.0",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: ALPINE_TAG,
    facts: DOTNET_ON_ALPINE,
    source: "dotnet/dotnet-docker, alpine Dockerfiles of 6.0 and 7.0",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: /^(?:[89]|\d\d)\.\d.*chiseled/,
    facts: {
      ...environment(DOTNET_ENVIRONMENT),
      tools: { dotnet: true, ...missing("sh bash curl wget apt-get") },
      ...{ role: "runtime", shell: "none", packageManager: "none", libc: "glibc" },
      ...{ defaultUser: "1654", workdir: "/", certificates: true, hasHealthcheck: false },
    },
    source: "dotnet/dotnet-docker, chiseled Dockerfiles of 8.0 to 10.0",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/(?:aspnet|runtime)$/,
    tag: /^(?!.*(windows|nanoserver))([89]|\d\d)\.\d/,
    facts: {
      ...environment(DOTNET_ENVIRONMENT),
      tools: there("dotnet"),
      role: "runtime",
      workdir: "/",
      hasHealthcheck: false,
    },
    source: "dotnet/dotnet-docker, runtime-deps and aspnet Dockerfiles of 8.0 to 10.0",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/sdk$/,
    tag: ALPINE_TAG,
    facts: {
      ...ALPINE,
      role: "toolchain",
      defaultUser: "root",
      users: undefined,
      tools: { ...ALPINE.tools, dotnet: true },
    },
    source: "dotnet/dotnet-docker",
  },
  {
    image: /^mcr\.microsoft\.com\/dotnet\/sdk$/,
    tag: ANY,
    facts: { role: "toolchain", tools: { dotnet: true } },
    source: "dotnet/dotnet-docker",
  },
  {
    image: /^nginx$/,
    tag: newerNginx("(?=.*alpine[\\d.]*-slim)"),
    facts: {
      ...ALPINE,
      ...NEWER_NGINX,
      users: { ...ALPINE.users, nginx: 101 },
      tools: {
        ...ALPINE.tools,
        nginx: true,
        ...missing("bash curl git gcc g++ cc make useradd groupadd usermod sudo"),
        ...NOT_WITH_NGINX,
      },
    },
    source: "nginxinc/docker-nginx, alpine-slim Dockerfiles of 1.23 to 1.29",
  },
  {
    image: /^nginx$/,
    tag: newerNginx("(?=.*alpine)"),
    facts: {
      ...ALPINE,
      ...NEWER_NGINX,
      users: { ...ALPINE.users, nginx: 101 },
      tools: {
        ...ALPINE.tools,
        nginx: true,
        ...missing("bash git gcc g++ cc make useradd groupadd usermod sudo"),
        ...NOT_WITH_NGINX,
      },
    },
    source: "nginxinc/docker-nginx, alpine Dockerfiles of 1.19 to 1.29",
  },
  {
    image: /^nginx$/,
    tag: newerNginx(""),
    facts: {
      ...DEBIAN,
      ...NEWER_NGINX,
      users: { ...DEBIAN.users, nginx: 101 },
      tools: {
        ...DEBIAN.tools,
        nginx: true,
        ...missing("wget git gcc g++ cc make nc ps pgrep unzip sudo"),
        ...NOT_WITH_NGINX,
      },
    },
    source: "nginxinc/docker-nginx, Debian Dockerfiles of 1.19 to 1.29",
  },
  {
    image: /^nginx$/,
    tag: ALPINE_TAG,
    facts: withoutUsers({ ...ALPINE, ...NGINX, tools: { ...ALPINE.tools, nginx: true } }),
    source: "nginxinc/docker-nginx, alpine Dockerfiles",
  },
  {
    image: /^nginx$/,
    tag: ANY,
    facts: withoutUsers({ ...DEBIAN, ...NGINX, tools: { ...DEBIAN.tools, nginx: true } }),
    source: "nginxinc/docker-nginx, Debian Dockerfiles",
  },
  ...SERVER_FAMILIES,
  {
    image: /^caddy$/,
    tag: /^(?!.*(?:windows|nanoserver))/,
    facts: withoutUsers({
      ...ALPINE,
      tools: { ...ALPINE.tools, ...missing("git gcc make") },
      exposedPorts: ["80/tcp", "443/tcp", "443/udp", "2019/tcp"],
    }),
    source: "caddyserver/caddy-docker, Dockerfiles on alpine",
  },
  ...distroless(/^gcr\.io\/distroless\/static(-debian\d+)?$/, "none", {
    role: "base",
    entrypoint: null,
  }),
  ...distroless(/^gcr\.io\/distroless\/(base|base-nossl|cc)(-debian\d+)?$/, "glibc", {
    role: "base",
    entrypoint: null,
  }),
  // Not `java-base`, which is the same without Java.
  ...distroless(/^gcr\.io\/distroless\/java(?!-base)[\w-]*$/, "glibc", {
    role: "runtime",
    tools: { java: true },
    entrypoint: ["/usr/bin/java", "-jar"],
  }),
  ...distroless(/^gcr\.io\/distroless\/nodejs[\w-]*$/, "glibc", {
    role: "runtime",
    entrypoint: ["/nodejs/bin/node"],
  }),
  ...distroless(/^gcr\.io\/distroless\/python3-debian12$/, "glibc", {
    role: "runtime",
    tools: { python3: true, python: true },
    entrypoint: ["/usr/bin/python3.11"],
  }),
  ...distroless(/^gcr\.io\/distroless\/python3[\w-]*$/, "glibc", {
    role: "runtime",
    tools: { python3: true },
  }),
];

/** Tags of 1.19 and later, and those that move with the newest; `kind` narrows them further. */
function newerNginx(kind: string): RegExp {
  const moving = "(?:1|latest|mainline|stable|perl|otel|bookworm|trixie)(?:-|$)|alpine";
  return new RegExp(`^${kind}(?:1\\.(?:19|[2-9]\\d)(?:[.-]|$)|${moving})`);
}

/** For images whose packages and scripts make users of their own. */
function withoutUsers(facts: SharedFacts): SharedFacts {
  return { ...facts, users: undefined };
}

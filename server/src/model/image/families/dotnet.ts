import {
  ALPINE,
  DEBIAN,
  environment,
  missing,
  NO_LIBRARIES_BUT_ICU,
  PLAIN_DEBIAN,
  SELDOM_IN_DEBIAN,
  type SharedFacts,
  there,
  topLevel,
} from "../operating-systems.ts";
import { ALPINE_TAG, ANY, type ImageFamily, PLAIN } from "./family.ts";

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

export const DOTNET_FAMILIES: readonly ImageFamily[] = [
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
];

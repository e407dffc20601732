import {
  BUSYBOX,
  environment,
  missing,
  PLAIN_ALPINE,
  PLAIN_DEBIAN,
  type SharedFacts,
  topLevel,
} from "../operating-systems.ts";
import { ANY, BASH, type ImageFamily, SHELL } from "./family.ts";

const UBUNTU: SharedFacts = {
  ...BASH,
  ...PLAIN_DEBIAN,
  ...environment(),
  ...{ role: "base", certificates: false, timeZones: false, defaultUser: "root", workdir: "/" },
};

/** Systems to build on, as they come. */
export const DISTRIBUTION_FAMILIES: readonly ImageFamily[] = [
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
];

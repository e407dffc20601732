import {
  ALPINE,
  alpineTopLevel,
  BUILDPACK_DEPS,
  DEBIAN,
  environment,
  missing,
  NO_LIBRARIES,
  SELDOM_IN_ALPINE,
  SELDOM_IN_BUILDPACK_DEPS,
  SELDOM_IN_DEBIAN,
  type SharedFacts,
  there,
  topLevel,
} from "../operating-systems.ts";
import { PYTHON_SERVERS } from "../python-servers.ts";
import { ALPINE_TAG, ANY, type ImageFamily, PLAIN, SLIM_TAG } from "./family.ts";

const PYTHON: SharedFacts = { ...PLAIN, cmd: ["python3"] };
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
const PYTHON_TOOLS = { ...there("python python3 pip pip3"), ...missing([...PYTHON_SERVERS].join(" ")) };

export const PYTHON_FAMILIES: readonly ImageFamily[] = [
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
];

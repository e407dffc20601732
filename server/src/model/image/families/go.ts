import {
  ALPINE,
  alpineTopLevel,
  DEBIAN,
  environment,
  missing,
  SELDOM_IN_ALPINE,
  SELDOM_IN_BUILDPACK_DEPS,
  there,
  topLevel,
} from "../operating-systems.ts";
import { ALPINE_TAG, ANY, BASH, type ImageFamily, SHELL } from "./family.ts";

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
const GO_TOOLS = there("go gofmt");
const GO_DIRECTORIES = { "/go": ["bin", "src", "pkg"], "/go/bin": [] };

export const GO_FAMILIES: readonly ImageFamily[] = [
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
];

import {
  ALPINE,
  alpineTopLevel,
  BUILDPACK_DEPS,
  DEBIAN,
  environment,
  missing,
  PLAIN_DEBIAN,
  SELDOM_IN_ALPINE,
  SELDOM_IN_BUILDPACK_DEPS,
  type SharedFacts,
  there,
  topLevel,
} from "../operating-systems.ts";
import { type ImageFamily, PLAIN } from "./family.ts";

/** Its entrypoint, which came at the end of 2018, ends in `exec "$@"`. */
const NODE: SharedFacts = { ...PLAIN, entrypoint: ["docker-entrypoint.sh"], cmd: ["node"] };
const NODE_ENVIRONMENT = environment({ NODE_VERSION: null, YARN_VERSION: null });
const NODE_TOOLS = there("node npm npx");
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

export const NODE_FAMILIES: readonly ImageFamily[] = [
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
];

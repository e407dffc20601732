import { ALPINE, DEBIAN, environment, missing, type SharedFacts } from "../operating-systems.ts";
import { ALPINE_TAG, ANY, type ImageFamily } from "./family.ts";

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

export const WEB_SERVER_FAMILIES: readonly ImageFamily[] = [
  newerNginx("(?=.*alpine[\\d.]*-slim)", ALPINE, {
    lacks: "bash curl git gcc g++ cc make useradd groupadd usermod sudo",
    source: "alpine-slim Dockerfiles of 1.23 to 1.29",
  }),
  newerNginx("(?=.*alpine)", ALPINE, {
    lacks: "bash git gcc g++ cc make useradd groupadd usermod sudo",
    source: "alpine Dockerfiles of 1.19 to 1.29",
  }),
  newerNginx("", DEBIAN, {
    lacks: "wget git gcc g++ cc make nc ps pgrep unzip sudo",
    source: "Debian Dockerfiles of 1.19 to 1.29",
  }),
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
];

/** Tags of 1.19 and later, and those that move with the newest, on a system; `kind` narrows them further. */
function newerNginx(
  kind: string,
  system: SharedFacts,
  { lacks, source }: { readonly lacks: string; readonly source: string },
): ImageFamily {
  const moving = "(?:1|latest|mainline|stable|perl|otel|bookworm|trixie)(?:-|$)|alpine";
  return {
    image: /^nginx$/,
    tag: new RegExp(`^${kind}(?:1\\.(?:19|[2-9]\\d)(?:[.-]|$)|${moving})`),
    facts: {
      ...system,
      ...NEWER_NGINX,
      users: { ...system.users, nginx: 101 },
      tools: { ...system.tools, nginx: true, ...missing(lacks), ...NOT_WITH_NGINX },
    },
    source: `nginxinc/docker-nginx, ${source}`,
  };
}

/** For images whose packages and scripts make users of their own. */
function withoutUsers(facts: SharedFacts): SharedFacts {
  return { ...facts, users: undefined };
}

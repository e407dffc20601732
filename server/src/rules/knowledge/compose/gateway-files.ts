import { pathFrom } from "../../../model/compose/files/path-from.ts";
import { mountPath } from "../../../model/compose/mount-path.ts";
import {
  type Build,
  type ComposeProject,
  notedOnService,
  type Service,
} from "../../../model/compose/project.ts";
import { knownAt } from "../../../model/compose/reading/known-at.ts";
import { targetFolder } from "../../../model/stage/copy-target.ts";
import { baseName, directoryOf } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import { says } from "../../../syntax/dockerfile/says.ts";
import { readCaddyfile } from "../../../syntax/gateway/caddyfile.ts";
import { readNginx } from "../../../syntax/gateway/nginx.ts";
import { readApache, readEnvoy, readHaproxy, readTraefik } from "../../../syntax/gateway/other-proxies.ts";
import type { GatewayConfiguration, PassedHost } from "../../../syntax/gateway/passed-host.ts";
import { readPrometheus } from "../../../syntax/gateway/prometheus.ts";
import { LineIndex } from "../../../text/line-index.ts";
import type { Span } from "../../../text/span.ts";
import { originOf } from "../files/file-origin.ts";

/** A configuration that a proxy of the project reads, or something else that names others. */
export interface GatewayFile {
  /** What it does to the hosts: `passes requests to`; it is a proxy only then. */
  readonly does: "passes requests to" | "scrapes";
  readonly gateway: Service;
  /** Without the groups that the proxy's configurations name. */
  readonly hosts: readonly PassedHost[];
  /** See `GatewayConfiguration`. */
  readonly loopbacks: readonly PassedHost[];
  /** As it is told of. */
  readonly path: string;
  /** What brings it to the proxy: the mount's source, or the build. */
  readonly place: Span;
  readonly text: string;
  readonly lines: LineIndex;
  /** Absolute; undefined where the place of the Compose file is not known. */
  readonly file: string | undefined;
  /** Where the proxy finds it. */
  readonly target: string;
  /** See `GatewayConfiguration`. */
  readonly listens: readonly number[] | undefined;
  /** True when this and the other files given here are all that the proxy reads: a name that none of them explains is a host. */
  readonly isAll: boolean;
}

interface Proxy {
  readonly image: RegExp;
  /** Paths of what it reads. */
  readonly files: RegExp;
  /** Folders of which it reads every file of `files`. */
  readonly folders: readonly string[];
  /** Of a mounted file in these folders nothing is known that is not read. */
  readonly own: string;
  /** It is no proxy: it asks others itself. */
  readonly asks?: true;
  /** Images of which it is known what they bring along; an image of one's own may name groups of servers too. */
  readonly official?: RegExp;
  read(text: string): GatewayConfiguration;
}

/** Where the official images look for their configuration (docker-library/docs, doc.traefik.io, read 2026-11). */
const proxies: readonly Proxy[] = [
  {
    image: /^(?:nginx|nginx-unprivileged|openresty)$/,
    files: /^\/etc\/nginx\/(?:nginx\.conf|conf\.d\/[^/]+\.conf|templates\/[^/]+\.template)$/,
    folders: ["/etc/nginx", "/etc/nginx/conf.d", "/etc/nginx/templates"],
    own: "/etc/nginx",
    official: /^(?:nginx|nginxinc\/nginx-unprivileged|openresty\/openresty)$/,
    read: readNginx,
  },
  {
    image: /^caddy$/,
    files: /^\/etc\/caddy\/Caddyfile$/,
    folders: ["/etc/caddy"],
    own: "/etc/caddy",
    read: readCaddyfile,
  },
  {
    image: /^haproxy$/,
    files: /^\/usr\/local\/etc\/haproxy\/[^/]+\.cfg$/,
    folders: ["/usr/local/etc/haproxy"],
    own: "/usr/local/etc/haproxy",
    read: readHaproxy,
  },
  {
    image: /^traefik$/,
    files: /^\/.+\.(?:ya?ml|toml)$/,
    folders: ["/etc/traefik", "/etc/traefik/dynamic", "/dynamic", "/config"],
    own: "/",
    read: readTraefik,
  },
  {
    image: /^envoy$/,
    files: /^\/etc\/envoy\/[^/]+\.ya?ml$/,
    folders: ["/etc/envoy"],
    own: "/etc/envoy",
    read: readEnvoy,
  },
  {
    image: /^httpd$/,
    files: /^\/usr\/local\/apache2\/conf\/(?:httpd|extra\/[^/]+)\.conf$/,
    folders: ["/usr/local/apache2/conf", "/usr/local/apache2/conf/extra"],
    own: "/usr/local/apache2/conf",
    read: readApache,
  },
  {
    // prometheus/prometheus Dockerfile: `--config.file=/etc/prometheus/prometheus.yml`; VictoriaMetrics reads the same form (2026-11, as generally known).
    image: /^(?:prometheus|vmagent)$/,
    files: /^\/(?:etc\/prometheus\/|etc\/)?[\w.-]*(?:prometheus|promscrape|scrape)[\w.-]*\.ya?ml$/,
    folders: ["/etc/prometheus"],
    own: "/etc/prometheus",
    asks: true,
    read: readPrometheus,
  },
];

/**
 * What the makers of a proxy publish: Docker's official images, which have no owner, and those of projects that have none there.
 * An image of somebody else may be of another version, and read or bring other configurations.
 */
const PUBLISHED =
  /^(?:[^/]+|envoyproxy\/envoy|prom\/prometheus|quay\.io\/prometheus\/prometheus|victoriametrics\/vmagent)$/;

/** Configurations of the proxies of a project that can be read: mounted from its folder, or copied by a Dockerfile. */
export function gatewayFilesOf(project: ComposeProject): readonly GatewayFile[] {
  const known = found.get(project) ?? findFiles(project);
  found.set(project, known);
  return known;
}

/** Several rules ask the same of a project. */
const found = new WeakMap<ComposeProject, readonly GatewayFile[]>();

function findFiles(project: ComposeProject): readonly GatewayFile[] {
  const read: GatewayFile[] = [];
  for (const it of project.services.values()) if (isRead(it, project)) read.push(...filesOf(it, project));
  return read;
}

const isRead = notedOnService((gateway, project: ComposeProject) => filesOf(gateway, project).length > 0);

function filesOf(gateway: Service, project: ComposeProject): readonly GatewayFile[] {
  const proxy = proxyOf(gateway);
  if (!proxy || !gateway.complete) return [];
  const files = [
    ...mounted(gateway, proxy, project),
    ...given(gateway, proxy, project),
    ...copied(gateway, proxy, project),
  ];
  const isAll = gateway.mounts.every(
    ({ target }) =>
      !target.value.includes(HOLE) &&
      (!isBelow(target.value, proxy.own) || files.some((it) => it.target === target.value)),
  );
  const hasGrants =
    !gateway.grantsComplete ||
    gateway.configs.some((it) => !files.some(({ target }) => target === it.target));
  const name = gateway.image?.value.name ?? "";
  const mayBringMore = gateway.imageBuild
    ? bringsMore(gateway.imageBuild, proxy, files)
    : !(proxy.official ?? PUBLISHED).test(name);
  const read = files.map((it) => ({ ...it, ...proxy.read(it.text) }));
  const groups = new Set(read.flatMap((it) => it.groups));
  const includesMore = read.some((it) => it.includesMore);
  return read.map(({ path, place, text, file, target, hosts, loopbacks, listens }) => ({
    path,
    place,
    text,
    lines: new LineIndex(text),
    file,
    // A group of servers may be called as a service is.
    hosts: hosts.filter((it) => it.isServer || !groups.has(it.host)),
    loopbacks,
    target,
    listens,
    does: proxy.asks ? "scrapes" : "passes requests to",
    gateway,
    isAll: isAll && !hasGrants && !mayBringMore && !includesMore,
  }));
}

type Found = Pick<GatewayFile, "path" | "place" | "text" | "file" | "target">;

/** May an image that is built have more configurations than those that were found? */
function bringsMore({ stage }: Build, { official, own }: Proxy, files: readonly Found[]): boolean {
  const base = stage?.bottom.base;
  if (!stage || base?.kind !== "image" || !official?.test(base.image.name)) return true;
  for (const it of stagesDownFrom(stage))
    for (const instruction of it.instructions) {
      if (instruction.name === "RUN" && says(/nginx|\.conf\b/, instruction)) return true;
      if (!/^(?:COPY|ADD)$/.test(instruction.name)) continue;
      const target = targetFolder(instruction, it);
      if (target === undefined || isBelow(own, target)) return true;
      const isFound = files.some((file) => file.target === target || directoryOf(file.target) === target);
      if (isBelow(target, own) && (!isFound || instruction.words.length > 2)) return true;
    }
  return false;
}

function mounted({ mounts }: Service, proxy: Proxy, { files }: ComposeProject): readonly Found[] {
  return mounts.flatMap(({ kind, source: path, target }) => {
    if (kind !== "bind" || !path?.known || !target.known) return [];
    const place = path.spanOf(0, path.value.length);
    const read = (written: string, inside: string): readonly Found[] => {
      const text = proxy.files.test(inside) ? files.readFile(written) : undefined;
      const file = pathFrom(files.directory, written);
      return text === undefined ? [] : [{ path: written, place, text, file, target: target.value }];
    };
    const to = mountPath({ target });
    if (!proxy.folders.includes(to)) return read(path.value, to);
    const folder = path.value.replace(/\/+$/, "");
    const below = proxy.folders.filter((it) => it.startsWith(`${to}/`)).map((it) => it.slice(to.length));
    return ["", ...below].flatMap((part) =>
      (files.list?.(`${folder}${part}`) ?? [])
        .slice(0, MOST_FILES)
        .flatMap((name) => read(`${folder}${part}/${name}`, `${to}${part}/${name}`)),
    );
  });
}

const MOST_FILES = 100;

/** Configs of the project that are a file, or stand in the Compose file itself. */
function given({ configs }: Service, proxy: Proxy, project: ComposeProject): readonly Found[] {
  const { files, file } = project;
  return configs.flatMap(({ value: name, span, target }) => {
    const path = knownAt(project, file.root, "configs", name, "file")?.value;
    if (target === undefined || !proxy.files.test(target)) return [];
    const content = path === undefined ? knownAt(project, file.root, "configs", name, "content") : undefined;
    if (content)
      return [{ path: `the config ${name}`, place: span, text: content.value, file: undefined, target }];
    if (path === undefined) return [];
    const text = files.readFile(path);
    return text === undefined
      ? []
      : [{ path, place: span, text, file: pathFrom(files.directory, path), target }];
  });
}

function copied(
  { imageBuild: build, mounts }: Service,
  proxy: Proxy,
  { files }: ComposeProject,
): readonly Found[] {
  const { stage, context } = build ?? {};
  if (!build || !stage) return [];
  return copiedPaths(stage, proxy).flatMap((path): Found[] => {
    // What is mounted there hides it.
    if (mounts.some((it) => it.target.value.includes(HOLE) || isBelow(path, it.target.value))) return [];
    const origin = originOf(path, stage);
    if (origin?.contextPath === undefined) return [];
    const written = `${(context?.value ?? ".").replace(/\/+$/, "")}/${origin.contextPath}`;
    const file = pathFrom(files.directory, written);
    return [{ path: written, place: (context ?? build).span, text: origin.text, file, target: path }];
  });
}

/** Paths that COPY of the stage itself may have filled. */
function copiedPaths({ instructions }: Stage, proxy: Proxy): readonly string[] {
  const paths = instructions
    .filter((it) => it.name === "COPY" || it.name === "ADD")
    .flatMap(({ words }) => {
      const to = words.at(-1)?.raw ?? "";
      const names = words.slice(0, -1).map((it) => baseName(it.raw));
      return [to, ...names.map((it) => `${to.replace(/\/+$/, "")}/${it}`)];
    });
  return [...new Set(paths)].filter((it) => proxy.files.test(it));
}

/**
 * Where a proxy listens by all the configurations that it reads; undefined where one of them is not known, or it is asked of a
 * service that reads none. The official image of nginx has a server on port 80 of its own, unless that file is another one.
 */
export function gatewayPorts(gateway: Service, project: ComposeProject): GatewayPorts | undefined {
  const files = isRead(gateway, project) ? filesOf(gateway, project) : [];
  const ports = files.flatMap((it) => it.listens ?? []);
  const [file] = files;
  if (!file || !files.every((it) => it.isAll && it.listens)) return undefined;
  if (proxyOf(gateway)?.own !== "/etc/nginx") return { ports, file };
  if (gateway.image?.value.name.includes("unprivileged")) return undefined;
  const main = files.find((it) => it.target === "/etc/nginx/nginx.conf");
  const isReplaced =
    files.some((it) => /^\/etc\/nginx\/(?:conf\.d|templates)\/default\.conf/.test(it.target)) ||
    gateway.mounts.some((it) => /^\/etc\/nginx(?:\/conf\.d)?\/?$/.test(it.target.value)) ||
    (main !== undefined && !main.text.includes("conf.d"));
  return { ports: isReplaced ? ports : [...ports, 80], file };
}

export interface GatewayPorts {
  readonly ports: readonly number[];
  /** One of the configurations that say so. */
  readonly file: GatewayFile;
}

/** The proxy that a service runs, told by its image or by what its stage is built on. */
function proxyOf({ image, imageBuild: build }: Service): Proxy | undefined {
  const base = build?.stage?.bottom.base;
  const name = build ? (base?.kind === "image" ? base.image.name : undefined) : image?.value.name;
  const last = name?.split("/").at(-1);
  return last === undefined ? undefined : proxies.find((it) => it.image.test(last));
}

function isBelow(path: string, folder: string): boolean {
  const clean = folder.replace(/\/+$/, "");
  return path === clean || path.startsWith(`${clean}/`);
}

import type { ImageConfig } from "../../engine/engine.ts";
import { bringingLayers } from "../lines/bringing-layers.ts";
import type { ChainLine } from "../lines/map-lines.ts";
import type { Stack, VisibleEntry } from "../stack.ts";
import type { WastePlace } from "../waste.ts";
import { buildToolsOf } from "./build-tools.ts";
import { type CachePlace, packageCacheOf } from "./package-caches.ts";
import { sourcesOf, testsOf } from "./sources.ts";
import { startedProgram } from "./started-program.ts";

/** Files that a container sees and nothing that the image starts needs, by the instruction that brought them. */
export interface Leftover {
  readonly kind: LeftoverKind;
  /** Whose they are: `apt`, `gcc`, `.go`; each once, that with the most bytes first. */
  readonly owners: readonly string[];
  readonly bytes: number;
  readonly files: number;
  /** Largest first. */
  readonly places: readonly WastePlace[];
  readonly storedBy: ChainLine;
}

/** `repository` and `host-dependencies` are `.git` and `node_modules` of the build context. */
export type LeftoverKind =
  | "repository"
  | "host-dependencies"
  | "package-cache"
  | "build-tools"
  | "sources"
  | "tests";

interface Found extends CachePlace {
  readonly kind: LeftoverKind;
}

export interface LeftoverParts {
  readonly stack: Pick<Stack, "visible" | "hidden">;
  /** By layer: the instruction of the Dockerfile; undefined for the base image's and for what is not known. */
  readonly makers: readonly (ChainLine | undefined)[];
  /** Undefined where it is not known what the image starts. */
  readonly config: Pick<ImageConfig, "entrypoint" | "command" | "environment" | "workdir"> | undefined;
}

/**
 * What an image carries beside what it needs: caches of package managers, compilers, sources, tests, and what came along with the build
 * context. Only of instructions of the Dockerfile, and only where it is certain; each file counts once, and one with several
 * names only when all of them are of this kind.
 */
export function leftoversOf({ stack, makers, config }: LeftoverParts): Leftover[] {
  const { visible } = stack;
  const bringing = bringingLayers(stack);
  // Not an instruction that only gave a file to somebody.
  const bringerOf = (path: string, layer: number) => makers[bringing(path, layer)];
  const classify = classifier(visible, makers, bringerOf, config);
  const names = otherNames(visible);
  const groups = new Map<string, { readonly line: ChainLine; readonly found: Found; places: Places }>();
  for (const [path, { entry, layer }] of visible) {
    const line = bringerOf(path, layer);
    if (entry.kind !== "file" || entry.size === 0 || !line) continue;
    const found = classify(path, line);
    if (!found) continue;
    const others = names.get(`${layer} ${path}`) ?? [];
    if (!others.every((it) => classify(it, line))) continue;
    const key = `${found.kind} ${line.line}`;
    const group = groups.get(key) ?? { line, found, places: new Map() };
    groups.set(key, group);
    const place = group.places.get(found.place) ?? { owner: found.owner, bytes: 0, files: 0 };
    group.places.set(found.place, place);
    place.bytes += entry.size;
    place.files++;
  }
  return [...groups.values()]
    .map(({ line, found, places }) => leftover(line, found.kind, places))
    .sort((a, b) => b.bytes - a.bytes || a.storedBy.line - b.storedBy.line);
}

type Places = Map<string, { readonly owner: string; bytes: number; files: number }>;

function leftover(storedBy: ChainLine, kind: LeftoverKind, all: Places): Leftover {
  const places = [...all]
    .map(([path, it]) => ({ path, ...it }))
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
  return {
    kind,
    owners: [...new Set(places.map((it) => it.owner))],
    bytes: places.reduce((sum, it) => sum + it.bytes, 0),
    files: places.reduce((sum, it) => sum + it.files, 0),
    places: places.map(({ path, bytes, files }) => ({ path, bytes, files })),
    storedBy,
  };
}

type BringerOf = (path: string, layer: number) => ChainLine | undefined;

/** The first that fits: what came with the build context is a mistake of the COPY, whatever it is. */
function classifier(
  visible: ReadonlyMap<string, VisibleEntry>,
  makers: LeftoverParts["makers"],
  bringerOf: BringerOf,
  config: LeftoverParts["config"],
): (path: string, line: ChainLine) => Found | undefined {
  const started = config && startedProgram(config, visible, (layer) => makers[layer] !== undefined);
  const environment = config?.environment ?? [];
  const tools = buildToolsOf(started, visible);
  const sources = sourcesOf(started, environment);
  const tests = testsOf(started, visible);
  const installed = installedModules(visible, bringerOf);
  const isUsed = ({ place }: CachePlace) =>
    (started?.words ?? []).some((it) => it.includes(place)) ||
    environment.some((it) => SEARCHED.test(it) && it.includes(place));
  const kinds: readonly (readonly [
    LeftoverKind,
    (path: string, line: ChainLine) => CachePlace | undefined,
  ])[] = [
    ["repository", (path, line) => (isFromContext(line) ? repositoryOf(path, visible) : undefined)],
    ["host-dependencies", (path, line) => (isFromContext(line) ? modulesOf(path, installed) : undefined)],
    ["package-cache", (path) => packageCacheOf(path, started !== undefined)],
    ["build-tools", tools],
    ["sources", sources],
    ["tests", (path, line) => (isFromContext(line) ? tests(path) : undefined)],
  ];
  return (path, line) => {
    if (path === started?.path || path === started?.script) return undefined;
    for (const [kind, of] of kinds) {
      const found = of(path, line);
      if (found) return kind === "package-cache" && isUsed(found) ? undefined : { ...found, kind };
    }
    return undefined;
  };
}

/** Where programs look for what they load. */
const SEARCHED = /^(CLASSPATH|LD_LIBRARY_PATH|NODE_PATH|PYTHONPATH|GEM_PATH)=/;

function isFromContext({ keyword, text }: ChainLine): boolean {
  return /^(COPY|ADD)$/i.test(keyword) && !/\s--from=/.test(text);
}

function repositoryOf(path: string, visible: ReadonlyMap<string, VisibleEntry>): CachePlace | undefined {
  const place = /^((?:\/.+?)?\/\.git)\/.+/.exec(path)?.[1];
  return place !== undefined && visible.has(`${place}/HEAD`) ? { owner: "git", place } : undefined;
}

/** Outermost folders of installed packages that a RUN of the Dockerfile has filled. */
function installedModules(
  visible: ReadonlyMap<string, VisibleEntry>,
  bringerOf: BringerOf,
): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const [path, { entry, layer }] of visible) {
    const folder = MODULES.exec(path)?.[1];
    if (folder !== undefined && entry.kind === "file" && /^RUN$/i.test(bringerOf(path, layer)?.keyword ?? ""))
      folders.add(folder);
  }
  return folders;
}

const MODULES = /^((?:\/.+?)?\/node_modules)\/.+/;

/** Packages of the host in a folder that is installed in the image as well. */
function modulesOf(path: string, installed: ReadonlySet<string>): CachePlace | undefined {
  const place = MODULES.exec(path)?.[1];
  return place !== undefined && installed.has(place) ? { owner: "node_modules", place } : undefined;
}

/** Of files with several names the others, by the layer and the path of the first. */
function otherNames(visible: ReadonlyMap<string, VisibleEntry>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const [path, { entry, layer }] of visible) {
    if (entry.kind !== "hard-link") continue;
    const key = `${layer} ${entry.target ?? ""}`;
    names.set(key, [...(names.get(key) ?? []), path]);
  }
  return names;
}

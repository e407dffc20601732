import { isObject } from "../../../../text/json.ts";
import type { BuildContext } from "../../../context/build-context.ts";
import type { ContentsView } from "../../contents/view.ts";
import { below, directoryOf, isWithin, joinPath, resolvePath } from "../../paths.ts";

/** What a compilation of TypeScript takes in, as its configuration says it. */
export interface CompilerInputs {
  /** Absolute, in the image: where the configuration stands. */
  readonly directory: string;
  /** `files`, as absolute paths; undefined without. */
  readonly files?: readonly string[] | undefined;
  /** `include` and `exclude`, as absolute patterns; undefined without. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly outDir: string;
  readonly rootDir?: string | undefined;
  /** Where `paths` counts from. */
  readonly pathsFolder: string;
}

/** Where the sources are. */
export interface SourcePlace {
  readonly context: BuildContext;
  /** The folder of the build context that lies at `directory`. */
  readonly folder: string;
  readonly directory: string;
  readonly now: ContentsView;
  /** Names of packages that imports may name without leading to a source of the project. */
  readonly packages: ReadonlySet<string>;
  /** Is it certain that the compiler is older than 6.0? */
  readonly isOld: boolean;
}

/** What is written below `outDir`. */
export interface Emission {
  /** Programs, in the order of their sources. */
  readonly files: readonly string[];
  /** May the compiler write this path? */
  has(path: string): boolean;
}

/**
 * The files that a compilation writes, where its sources and all that they import can be read. Without `rootDir` they are laid out
 * from the deepest folder that holds all sources; from 6.0 on from that of the configuration, and a deeper one is an error unless
 * `rootDir` says it (TS5011). Tried with 5.9, 6.0 and 7.0, 2026-11.
 */
export function emissionOf(inputs: CompilerInputs, place: SourcePlace): Emission | undefined {
  const sources = sourcesOf(inputs, place);
  if (!sources || sources.size === 0) return undefined;
  const emitted = [...sources].filter((it) => !DECLARATION.test(it));
  const root = rootOf(inputs, emitted, place);
  if (root === undefined) return undefined;
  const stems = new Set<string>();
  const files: string[] = [];
  const folders = new Set<string>([inputs.outDir]);
  for (const source of emitted) {
    if (!isWithin(source, root)) return undefined;
    const target = joinPath(inputs.outDir, below(source, root));
    for (let at = directoryOf(target); at !== inputs.outDir && at !== "/"; at = directoryOf(at))
      folders.add(at);
    stems.add(stemOf(target));
    if (!target.endsWith(".json")) files.push(programOf(target, inputs.options));
  }
  return {
    files,
    has: (path) =>
      folders.has(path) ||
      isWithin(inputs.outDir, path) ||
      path.endsWith(".tsbuildinfo") ||
      stems.has(stemOf(path)),
  };
}

const DECLARATION = /\.d\.(\w+\.)?[cm]?ts$/;

function rootOf(
  { directory, options, rootDir }: CompilerInputs,
  sources: readonly string[],
  { isOld }: SourcePlace,
): string | undefined {
  if (rootDir !== undefined) return rootDir;
  if (options["composite"] === true) return directory;
  let common = directoryOf(sources[0] ?? "/");
  for (const it of sources) while (!isWithin(it, common)) common = directoryOf(common);
  return common === directory || isOld ? common : undefined;
}

function stemOf(path: string): string {
  return path.replace(/(\.d)?\.[cm]?[jt]sx?(\.map)?$/, "");
}

function programOf(target: string, { jsx }: Readonly<Record<string, unknown>>): string {
  const isKept = jsx === "preserve" && /x$/.test(target);
  return target.replace(/\.([cm]?)[jt]sx?$/, isKept ? ".$1jsx" : ".$1js");
}

/** Sources by their absolute paths in the image; undefined where one of them cannot be told. */
function sourcesOf(inputs: CompilerInputs, place: SourcePlace): ReadonlySet<string> | undefined {
  const walked = walk(inputs, place);
  if (!walked) return undefined;
  for (const source of walked) {
    const text = place.context.read(contextPathOf(source, place) ?? "");
    if (text === undefined || walked.size > MOST_SOURCES) return undefined;
    if (source.endsWith(".json")) continue;
    for (const it of importsOf(text, /\.[cm]?jsx?$/.test(source))) {
      const found = resolveImport(it, source, inputs, place);
      if (found === "unknown") return undefined;
      if (found !== "none") walked.add(found);
    }
  }
  return walked;
}

const MOST_SOURCES = 500;
const MOST_FOLDERS = 200;

function walk(inputs: CompilerInputs, place: SourcePlace): Set<string> | undefined {
  const { files, include = files ? [] : [`${inputs.directory}/**/*`] } = inputs;
  const exclude = [
    ...(inputs.exclude ??
      ["node_modules", "bower_components", "jspm_packages"].map((it) => `${inputs.directory}/${it}`)),
    ...(inputs.exclude ? [] : [inputs.outDir]),
  ].map((it) => matcherOf(it, true));
  const included = include.map((it) => matcherOf(it, false));
  if ([...included, ...exclude].includes(undefined)) return undefined;
  const found = new Set<string>();
  for (const it of files ?? []) {
    if (place.now.hasPath(it).is !== "yes" || contextPathOf(it, place) === undefined) return undefined;
    found.add(it);
  }
  const isExcluded = (path: string) => exclude.some((it) => it?.test(path));
  const folders = include.length === 0 ? [] : [inputs.directory];
  for (const folder of folders) {
    const inContext = contextPathOf(folder, place);
    const names =
      inContext === undefined ? undefined : place.context.list(inContext === "" ? "." : inContext);
    if (!names || folders.length > MOST_FOLDERS) return undefined;
    for (const name of names) {
      const path = joinPath(folder, name);
      if (name.startsWith(".") || name === "node_modules" || isExcluded(path)) continue;
      if (isSource(name, inputs.options)) {
        if (!included.some((it) => it?.test(path))) continue;
        const there = place.now.hasPath(path);
        if (there.is === "yes") found.add(path);
        else if (there.is === "unknown" && !there.asContextIs) return undefined;
      } else if (!/\.\w+$/.test(name) || included.some((it) => it?.test(path))) {
        const kind = place.context.exists(contextPathOf(path, place) ?? "");
        if (kind === "unknown") return undefined;
        if (kind === "directory" && place.now.hasPath(path).is !== "no") folders.push(path);
      }
    }
  }
  return found;
}

function isSource(name: string, { allowJs, checkJs }: Readonly<Record<string, unknown>>): boolean {
  if (/\.[cm]?tsx?$/.test(name)) return true;
  return (allowJs === true || checkJs === true) && /\.[cm]?jsx?$/.test(name) && !name.endsWith(".min.js");
}

/**
 * Patterns of `include` and `exclude`: `*` and `?` within a part, `**` for any folders, and a folder stands for all that it holds,
 * in `include` where its name is written out (typescriptlang.org/tsconfig#include; read 2026-11). Undefined for one with other signs.
 */
function matcherOf(pattern: string, isExcluding: boolean): RegExp | undefined {
  if (!/^[\w./*?@+ -]+$/.test(pattern) || pattern.length > 200) return undefined;
  const parts = pattern.split("/").filter((it) => it !== "");
  const text = parts
    .map((it) => {
      if (it === "**") return "(?:/[^/]+)*?";
      return `/${it.replace(/[.+]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]")}`;
    })
    .join("");
  const holds = isExcluding || !/[*?]/.test(parts.at(-1) ?? "");
  if (parts.filter((it) => it === "**").length > 2) return undefined;
  return new RegExp(`^${text}${holds ? "(?:/.*)?" : ""}$`);
}

/** Modules that are compiled with the one that names them; `require()` is none of them in TypeScript. */
function importsOf(text: string, isJavaScript: boolean): readonly string[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/^[ \t]*\/\/(?!\/)[^\n]*/gm, " ");
  const required = isJavaScript ? plain.matchAll(/\brequire\s*\(\s*["']([^"'\n]+)["']/g) : [];
  return [
    ...required,
    ...plain.matchAll(
      /(?:\bfrom|\bimport|\bimport\s*\(|\bimport\s+\w+\s*=\s*require\s*\(|\/\/\/\s*<reference\s+path=)\s*["']([^"'\n]+)["']/g,
    ),
  ].map((it) => it[1] ?? "");
}

function resolveImport(
  name: string,
  from: string,
  inputs: CompilerInputs,
  place: SourcePlace,
): string | "none" | "unknown" {
  if (!/^\.{1,2}(\/|$)/.test(name)) {
    const { paths, baseUrl } = inputs.options;
    const mapped = isObject(paths) ? mappedPath(name, paths, inputs.pathsFolder) : undefined;
    if (mapped === "unknown") return "unknown";
    if (mapped !== undefined) return sourceAt(mapped, inputs, place);
    if (isPackage(name, place.packages)) return "none";
    const based = typeof baseUrl === "string" ? resolvePath(inputs.pathsFolder, name) : undefined;
    return based === undefined ? "unknown" : sourceAt(based, inputs, place);
  }
  const path = resolvePath(directoryOf(from), name);
  return path === undefined ? "unknown" : sourceAt(path, inputs, place);
}

/** `"@/*": ["./src/*"]`, with one place for each. */
function mappedPath(name: string, paths: Record<string, unknown>, folder: string): string | undefined {
  for (const [pattern, places] of Object.entries(paths)) {
    const [before = "", after] = pattern.split("*");
    const isMatch = after === undefined ? name === before : name.startsWith(before) && name.endsWith(after);
    if (!isMatch) continue;
    const [only, ...more] = Array.isArray(places) ? places : [];
    if (typeof only !== "string" || more.length > 0) return "unknown";
    const rest = after === undefined ? "" : name.slice(before.length, name.length - after.length);
    return resolvePath(folder, only.replace("*", rest)) ?? "unknown";
  }
  return undefined;
}

function isPackage(name: string, packages: ReadonlySet<string>): boolean {
  if (/^(node|bun|npm|virtual):/.test(name) || name.startsWith("#")) return !name.startsWith("#");
  const parts = name.split("/");
  const own = name.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
  return (
    BUILT_IN.has(own) ||
    packages.has(own) ||
    packages.has(`@types/${own.replace(/^@/, "").replace("/", "__")}`)
  );
}

/** Modules of Node's own (nodejs.org/api, read 2026-11). */
const BUILT_IN: ReadonlySet<string> = new Set(
  "assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder timers tls tty url util v8 vm wasi worker_threads zlib".split(
    " ",
  ),
);

/** The source that a path without, or with another, ending stands for. Styles and the like are no sources. */
function sourceAt(path: string, inputs: CompilerInputs, place: SourcePlace): string | "none" | "unknown" {
  if (
    /\.(css|s[ac]ss|less|svg|png|jpe?g|gif|webp|html|graphql|gql|sql|txt|md|wasm|node|vue|svelte)$/.test(path)
  )
    return "none";
  const stem = path.replace(/\.([cm]?)jsx?$/, "");
  const kind = /\.([cm])js$/.exec(path)?.[1] ?? "";
  const candidates = [
    ...(path.endsWith(".json") || isSource(path, inputs.options) ? [path] : []),
    ...[`${kind}ts`, "tsx", `d.${kind}ts`].map((it) => `${stem}.${it}`),
    ...["index.ts", "index.tsx", "index.d.ts"].map((it) => joinPath(path, it)),
    ...(inputs.options["allowJs"] === true
      ? [`${stem}.${kind}js`, `${stem}.jsx`, joinPath(path, "index.js")]
      : []),
  ];
  for (const it of candidates) {
    const inContext = contextPathOf(it, place);
    if (inContext === undefined || place.context.exists(inContext) !== "file") continue;
    const there = place.now.hasPath(it);
    if (there.is === "yes") return DECLARATION.test(it) ? "none" : it;
    if (there.is === "unknown" && !there.asContextIs) return "unknown";
  }
  return "unknown";
}

/** Where a path of the image lies in the build context; undefined above the project. */
function contextPathOf(path: string, { folder, directory }: SourcePlace): string | undefined {
  if (path === directory) return folder;
  if (!isWithin(path, directory)) return undefined;
  return joinPath(`/${folder}`, below(path, directory)).slice(1);
}

import type { BuildContext } from "../../context/build-context.ts";
import type { ContentsView } from "../contents/view.ts";
import { resolvePath } from "../paths.ts";
import type { SourceFile } from "../state.ts";

/** What is asked of an image. */
type GoFiles = Pick<ContentsView, "hasPath" | "contentAt">;

/**
 * The name in the go.mod of a directory of the image, as the build context has it; undefined when there is none or
 * nothing tells which folder of the context was copied there.
 */
export function goModuleName(
  context: BuildContext | undefined,
  directory: string,
  now: GoFiles,
): string | undefined {
  const folder = folderOf(context, directory, now);
  const text = folder === undefined ? undefined : context?.read(join(folder, "go.mod"));
  return text === undefined ? undefined : /^module\s+"?([^\s"]+)/m.exec(text)?.[1];
}

/** Where the packages of a `go build` are in the build context. */
export interface GoPackages {
  readonly context: BuildContext;
  readonly module: string | undefined;
  /** The folder that holds go.mod. */
  readonly root: string;
  readonly folders: readonly string[];
}

/** Undefined where nothing tells which folders of the context are built, as for `./...`. */
export function goPackages(
  context: BuildContext | undefined,
  directory: string | undefined,
  packages: readonly (string | undefined)[],
  now: GoFiles,
): GoPackages | undefined {
  if (!context || directory === undefined || packages.includes(undefined)) return undefined;
  const root = folderOf(context, directory, now);
  if (root === undefined) return undefined;
  const module = /^module\s+"?([^\s"]+)/m.exec(context.read(join(root, "go.mod")) ?? "")?.[1];
  const targets = packages.length === 0 ? ["."] : packages.flatMap((it) => it ?? []);
  const folders = targets.map((it) =>
    resolvePath(`/${root}`, it.endsWith(".go") ? it.replace(/[^/]*$/, ".") : it)?.slice(1),
  );
  if (folders.some((it) => it === undefined || it.includes("..."))) return undefined;
  return { context, module, root, folders: folders.flatMap((it) => it ?? []) };
}

/**
 * The program's own sources: the packages that are built and those of the module that they import. Undefined when one
 * of them cannot be read; what its dependencies hold is not among them.
 */
export function goSources(packages: GoPackages | undefined): readonly SourceFile[] | undefined {
  if (!packages) return undefined;
  const files: SourceFile[] = [];
  for (const file of walkSources(packages)) {
    if (!file) return undefined;
    files.push(file);
  }
  return files;
}

/**
 * What of the standard library makes a program need C: the import's name, `nothing` when its own sources have none and
 * it has no dependencies, `external` when a dependency may, `unknown` where the sources cannot be read.
 */
export function goImports(packages: GoPackages | undefined): string {
  if (!packages) return "unknown";
  let external = false;
  for (const file of walkSources(packages)) {
    if (!file) return "unknown";
    for (const path of importsOf(file.text)) {
      if (NEEDS_C.test(path) || NETWORK_MODULES.test(path) || BINDINGS.test(path)) return path;
      if (!isOwn(path, packages) && isExternal(path)) external = true;
    }
  }
  return external ? "external" : "nothing";
}

/** `net` and what stands on it; C itself. */
const NEEDS_C =
  /^(C|net|net\/(http|rpc|smtp|mail|textproto|http\/.*)|os\/user|crypto\/(tls|x509)|log\/syslog|expvar)$/;
/** Modules that import net themselves, so that whatever imports them does. */
const NETWORK_MODULES =
  /^(github\.com\/(gin-gonic|labstack\/echo|gofiber|go-chi|gorilla|julienschmidt\/httprouter|jackc\/pgx|lib\/pq|go-sql-driver|redis|go-redis|spf13|nats-io|segmentio\/kafka-go|IBM\/sarama|prometheus\/client_golang|aws\/aws-sdk-go|valyala\/fasthttp|hashicorp|docker|grpc-ecosystem|rabbitmq|minio)|google\.golang\.org\/(grpc|api)|go\.mongodb\.org|k8s\.io|cloud\.google\.com|golang\.org\/x\/net|connectrpc\.com|gorm\.io\/driver)(\/|$)/;
/** Modules that hold C and have no other way (their READMEs on pkg.go.dev, 2026-11, as generally known). */
const BINDINGS =
  /^(github\.com\/(mattn\/go-sqlite3|confluentinc\/confluent-kafka-go|h2non\/bimg|davidbyttow\/govips|marcboeker\/go-duckdb|libgit2\/git2go|pebbe\/zmq4)|gorm\.io\/driver\/sqlite|gocv\.io\/x\/gocv|gopkg\.in\/gographics\/imagick\.v\d)(\/|$)/;
const MOST_FOLDERS = 200;

/** The import of a binding to C in a program's own sources; a file with a build tag of its own may be left out. */
export function bindingIn(
  sources: readonly SourceFile[],
): { readonly module: string; readonly path: string } | undefined {
  for (const { path, text } of sources) {
    if (/^\s*\/\/\s*(go:build|\+build)/m.test(text)) continue;
    const module = importsOf(text).find((it) => BINDINGS.test(it));
    if (module !== undefined) return { module, path };
  }
  return undefined;
}

/** Each file once, in the order in which it is come to; undefined for what cannot be read. */
function* walkSources(packages: GoPackages): Generator<SourceFile | undefined> {
  const { context, module, root } = packages;
  const seen = new Set(packages.folders);
  for (const folder of seen) {
    const names = context.list(folder === "" ? "." : folder);
    const sources = (names ?? []).filter((it) => it.endsWith(".go") && !it.endsWith("_test.go"));
    if (sources.length === 0 || seen.size > MOST_FOLDERS) yield undefined;
    for (const name of sources) {
      const path = join(folder, name);
      const text = context.read(path);
      yield text === undefined ? undefined : { path, text };
      for (const it of importsOf(text ?? ""))
        if (module !== undefined && isOwn(it, packages)) seen.add(join(root, it.slice(module.length + 1)));
    }
  }
}

function isOwn(path: string, { module }: GoPackages): boolean {
  return module !== undefined && (path === module || path.startsWith(`${module}/`));
}

/** The first part of a path outside the standard library holds a dot. */
function isExternal(path: string): boolean {
  return path.split("/")[0]?.includes(".") ?? false;
}

/** Import paths of a Go file. Comments and strings elsewhere do not look like an import declaration. */
export function importsOf(text: string): string[] {
  const paths: string[] = [];
  for (const [, block, single] of text.matchAll(/^import\s*(?:\(([^)]*)\)|(?:[\w.]+\s+)?"([^"]+)")/gm)) {
    if (single !== undefined) paths.push(single);
    for (const line of (block ?? "").split("\n")) {
      const path = /^\s*(?:[\w.]+\s+)?"([^"]+)"/.exec(line)?.[1];
      if (path !== undefined) paths.push(path);
    }
  }
  return paths;
}

/** The folder of the context that is found at this directory of the image, if it is there at all. */
function folderOf(context: BuildContext | undefined, directory: string, now: GoFiles): string | undefined {
  if (!context) return undefined;
  const content = now.contentAt(resolvePath(directory, "go.mod") ?? "");
  if (content && content !== "empty" && "contextPath" in content)
    return content.contextPath.replace(/(^|\/)go\.mod$/, "");
  // COPY tells what of the context is where: the directory's own go.mod, or that of a folder above it.
  const candidates = [
    "",
    ...directory
      .split("/")
      .filter(Boolean)
      .map((_, at, all) => all.slice(at).join("/")),
  ];
  return candidates.find(
    (it) =>
      context.exists(join(it, "go.mod")) === "file" &&
      now.hasPath(resolvePath(directory, "go.mod") ?? "").is === "yes",
  );
}

/** What `./...` and `./cmd/...` match. */
export interface GoPrograms {
  /** Programs by their import paths: they are certainly built. */
  readonly certain: readonly string[];
  /** Those that a build constraint may leave out, or of which it is not known whether they are in the image. */
  readonly possible: readonly string[];
  /** How many packages there are at least, programs or not. */
  readonly packages: number;
}

/**
 * The programs below a folder of a module: packages called `main`, in folders whose name begins with neither `.` nor `_`, that are no
 * `testdata` or `vendor` and no module of their own (go.dev, "Package lists and patterns"; read and tried with go 1.19, 2026-11).
 * Undefined where nothing tells which folders of the context are built.
 */
export function goPrograms(
  context: BuildContext | undefined,
  directory: string | undefined,
  pattern: string,
  now: GoFiles,
): GoPrograms | undefined {
  const [, prefix] = /^(\.(?:\/[\w./-]*)?)\/\.\.\.$/.exec(pattern) ?? [];
  const packages = prefix === undefined ? undefined : goPackages(context, directory, [prefix], now);
  if (!packages || packages.module === undefined || directory === undefined) return undefined;
  // Behind what may write anything there may be more of them.
  if (!now.contentAt(resolvePath(directory, "go.mod") ?? "")) return undefined;
  const { root, module } = packages;
  const found = { certain: [] as string[], possible: [] as string[], packages: 0 };
  const folders = [...packages.folders];
  for (const folder of folders) {
    const names = packages.context.list(folder === "" ? "." : folder);
    if (!names || folders.length > MOST_FOLDERS) return undefined;
    if (folder !== root && names.includes("go.mod")) continue;
    for (const name of names)
      if (name !== "testdata" && name !== "vendor" && !/^[._]|\.\w+$/.test(name)) {
        const kind = packages.context.exists(join(folder, name));
        if (kind === "unknown") return undefined;
        if (kind === "directory") folders.push(join(folder, name));
      }
    const inModule = root === "" ? folder : folder.slice(root.length + 1);
    const kind = kindOfPackage(packages.context, names, folder, resolvePath(directory, inModule) ?? "/", now);
    if (kind !== "none") found.packages += kind === "possible" ? 0 : 1;
    const path = inModule === "" ? module : `${module}/${inModule}`;
    if (kind === "program") found.certain.push(path);
    if (kind === "possible") found.possible.push(path);
  }
  return found;
}

/** What the sources in a folder are, as far as they are in the image and no build constraint leaves them out. */
function kindOfPackage(
  context: BuildContext,
  names: readonly string[],
  folder: string,
  directory: string,
  now: GoFiles,
): "program" | "library" | "possible" | "none" {
  let kind: "program" | "library" | "none" = "none";
  let isPossible = false;
  for (const name of names) {
    if (!name.endsWith(".go") || name.endsWith("_test.go") || /^[._]/.test(name)) continue;
    const there = now.hasPath(resolvePath(directory, name) ?? "/");
    if (there.is === "no" || there.asContextIs) continue;
    const text = there.is === "yes" ? context.read(join(folder, name)) : undefined;
    const isProgram = text === undefined ? undefined : /^package\s+main\b/m.test(text);
    if (text === undefined || CONSTRAINED.test(text) || /_[a-z0-9]+\.go$/.test(name))
      isPossible ||= isProgram !== false;
    else kind = isProgram ? "program" : "library";
  }
  return kind === "none" && isPossible ? "possible" : kind;
}

/** `//go:build linux`, `// +build ignore`, and what needs C. */
const CONSTRAINED = /^\/\/(go:build| \+build)\b|^(import)?\s*"C"/m;

function join(folder: string, name: string): string {
  return (resolvePath(`/${folder}`, name) ?? "/").slice(1);
}

import type { Changes } from "../contents/changes.ts";
import { baseName, joinPath, resolvePath } from "../paths.ts";
import { pathsIn } from "../projects/project-build.ts";
import type { Binary } from "../state.ts";
import { type Call, type CommandFamily, optionSet, pathOf } from "./command-family.ts";
import { goLinkage } from "./go-linkage.ts";
import { goModuleName, goPackages, goSources } from "./go-sources.ts";

/** Options of `go build` and `go install` that take the next word. */
const OPTIONS = optionSet(
  "-o -p -asmflags -buildmode -compiler -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags -toolexec -C -covermode -coverpkg -buildvcs",
);

/** What `go build` and `go install` are given. */
export interface GoBuild {
  /** With one dash, whatever is written. */
  readonly options: ReadonlyMap<string, string | undefined>;
  /** Packages or files. */
  readonly packages: readonly (string | undefined)[];
}

export const go: CommandFamily = {
  programs: ["go"],
  run(call, changes) {
    const [verb, ...words] = call.words;
    if (verb === "build") build(call, readGoWords(words, call), changes);
    else if (verb === "install") installProgram(call, readGoWords(words, call), changes);
    else if (
      verb === "generate" ||
      verb === "test" ||
      verb === "run" ||
      verb === "tool" ||
      verb === undefined
    )
      changes.mayWriteAnywhere();
    else if (verb === "mod" && ["download", "verify", "graph", "why"].includes(words[0] ?? ""))
      changes.mayBuildBelow(joinPath(goPath(call), "pkg/mod"));
    else if (verb === "env" && words.includes("-w")) {
      // What is set here may say where later commands write to.
      for (const it of pathsIn(words, call.directory ?? "/") ?? ["/"]) changes.mayBuildBelow(it);
    } else if (QUIET.has(verb)) return;
    else if (verb === "get") {
      // Up to Go 1.17 it also installed what it got.
      changes.mayBuildBelow(call.directory ?? "/");
      changes.mayBuildBelow(goPath(call));
    } else if (verb === "work" || verb === "mod") changes.mayBuildBelow(call.directory ?? "/");
  },
};

const QUIET: ReadonlySet<string> = new Set(["env", "version", "vet", "fmt", "list", "clean", "doc", "help"]);

function goPath(call: Call): string {
  const path = call.variable("GOPATH");
  return path.known && path.value.startsWith("/") ? path.value : "/root/go";
}

/** Go's own way of options: one dash or two, `-o path` or `-o=path`; the first word without a dash ends them. */
function readGoWords(words: readonly (string | undefined)[], call: Call): GoBuild {
  const options = new Map<string, string | undefined>();
  for (let at = 0; at < words.length; at++) {
    // `-ldflags="-X main.version=$VERSION"`: the option is known, its value is not.
    const unknown =
      words[at] === undefined ? /^-?(-\w+)=/.exec(call.arguments[at + 1]?.raw ?? "")?.[1] : undefined;
    if (unknown !== undefined) {
      options.set(unknown, undefined);
      continue;
    }
    const word = words[at]?.replace(/^--/, "-");
    if (word === undefined || !word.startsWith("-")) return { options, packages: words.slice(at) };
    const equals = word.indexOf("=");
    if (equals > 0) options.set(word.slice(0, equals), word.slice(equals + 1));
    else if (OPTIONS.has(word)) options.set(word, words[++at]);
    else options.set(word, "");
  }
  return { options, packages: [] };
}

function build(call: Call, { options, packages }: GoBuild, changes: Changes): void {
  const from = options.has("-C") ? pathOf(call, options.get("-C")) : call.directory;
  const binary = (): Binary => binaryOf(call, { options, packages }, from, changes);
  if (options.get("-buildmode")?.includes("shared") || options.get("-buildmode")?.includes("archive")) {
    changes.mayBuildBelow(from ?? "/");
    return;
  }
  if (!options.has("-o")) {
    // `go build ./...` only checks that several packages compile.
    if (packages.length > 1 && !packages.every((it) => it?.endsWith(".go"))) return;
    const name = programName(call, packages, from, changes);
    if (from === undefined) changes.mayBuildBelow("/");
    else if (name !== undefined) changes.write(joinPath(from, name), "file", { binary: binary() });
    else changes.mayBuildBelow(from);
    return;
  }
  const output = options.get("-o");
  const path = output === undefined ? undefined : resolvePath(from, output);
  if (output === undefined || path === undefined) {
    changes.mayBuildBelow(output === undefined ? "/" : (from ?? "/"));
    return;
  }
  if (path.startsWith("/dev/")) return;
  const several =
    packages.some((it) => it?.includes("...")) || packages.filter((it) => !it?.endsWith(".go")).length > 1;
  if (!output.endsWith("/") && changes.now.fileAt(path)?.kind !== "directory") {
    if (several) changes.mayBuildBelow(path);
    changes.write(path, several ? "unknown" : "file", { binary: binary() });
    return;
  }
  // A directory takes each program under its own name.
  if (changes.now.hasPath(path).is !== "yes") changes.write(path, "directory");
  const names =
    packages.length === 0
      ? [programName(call, packages, from, changes)]
      : packages.map((it) => programName(call, [it], from, changes));
  if (several || names.includes(undefined)) changes.mayBuildBelow(path);
  if (several) {
    for (const name of new Set(names))
      if (
        name !== undefined &&
        packages.length === names.length &&
        !packages.some((it) => it?.includes("..."))
      )
        changes.write(joinPath(path, name), "file", { binary: binary() });
    return;
  }
  for (const name of names)
    if (name !== undefined) changes.write(joinPath(path, name), "file", { binary: binary() });
}

/** Sources are read when something asks for them. */
function binaryOf(call: Call, build: GoBuild, directory: string | undefined, changes: Changes): Binary {
  const packages = goPackages(call.context, directory, build.packages, changes.now);
  let sources: Binary["sources"];
  let isRead = false;
  return {
    language: "go",
    linkage: goLinkage(call, build, packages, changes),
    builtBy: changes.instruction,
    get sources() {
      if (!isRead) sources = goSources(packages);
      isRead = true;
      return sources;
    },
  };
}

/** `go install path@version` puts the program into GOBIN, or bin of GOPATH. */
function installProgram(call: Call, build: GoBuild, changes: Changes): void {
  const directory = binDirectory(call);
  if (directory === undefined) {
    changes.mayWriteAnywhere();
    return;
  }
  for (const target of build.packages) {
    const name = target === undefined ? undefined : nameOfPackage(target.replace(/@.*$/, ""));
    if (name === undefined || target === undefined || /\.\.\.|^\.\.?$/.test(target))
      changes.mayBuildBelow(directory);
    else {
      const binary = binaryOf(call, build, call.directory, changes);
      changes.write(joinPath(directory, name), "file", { binary });
      changes.addTool(name);
    }
  }
  if (build.packages.length === 0) changes.mayBuildBelow(directory);
}

/** GOBIN, else `bin` of GOPATH, which is `go` in the user's home where nothing sets it. */
function binDirectory(call: Call): string | undefined {
  const bin = call.variable("GOBIN");
  const path = call.variable("GOPATH");
  if (!bin.known || bin.value !== "") return bin.known ? bin.value : undefined;
  if (!path.known || path.value !== "") return path.known ? joinPath(path.value, "bin") : undefined;
  const home = call.variable("HOME");
  return home.known && home.value !== "" ? joinPath(home.value, "go/bin") : undefined;
}

/** The name that `go build` gives a program without `-o`; undefined where it depends on what cannot be read. */
function programName(
  call: Call,
  packages: readonly (string | undefined)[],
  from: string | undefined,
  changes: Changes,
): string | undefined {
  const [first] = packages;
  if (packages.length > 0 && first === undefined) return undefined;
  if (first?.endsWith(".go")) return baseName(first).slice(0, -".go".length);
  const path =
    from === undefined || first === undefined || first === "." || first === "./"
      ? from
      : resolvePath(from, first);
  if (path === undefined || first?.includes("...")) return undefined;
  // The module's own folder is named by go.mod, any other by itself.
  const module = goModuleName(call.context, path, changes.now);
  if (module !== undefined) return nameOfPackage(module);
  if (first !== undefined && first !== "." && first !== "./" && first.startsWith(".")) return baseName(path);
  return first !== undefined && !/^\.\.?($|\/)/.test(first) ? nameOfPackage(first) : undefined;
}

/** The last part of an import path, the one before it where that is a major version. */
function nameOfPackage(path: string): string | undefined {
  const parts = path.split("/").filter((it) => it !== "" && it !== ".");
  const last = parts.at(-1);
  return last !== undefined && /^v[2-9]\d*$/.test(last) ? parts.at(-2) : last;
}

import type { Changes } from "../contents/changes.ts";
import { baseName, joinPath, resolvePath } from "../paths.ts";
import { pathsIn } from "../projects/project-build.ts";
import type { Binary } from "../state.ts";
import { type Call, type CommandFamily, optionSet, pathOf } from "./command-family.ts";
import { goLinkage } from "./go-linkage.ts";
import { goVariable, setGoVariables } from "./go-settings.ts";
import { goModuleName, goPackages, goPrograms, goSources } from "./go-sources.ts";

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
    if (verb === "build") build(call, readGoWords(words, rawWords(call)), changes);
    else if (verb === "install") installProgram(call, readGoWords(words, rawWords(call)), changes);
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
    else if (verb === "env" && /^-[wu]$/.test(words[0] ?? "")) {
      setGoVariables(call, changes);
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
  const path = goVariable(call, "GOPATH");
  return path.known && path.value.startsWith("/") ? path.value : "/root/go";
}

function rawWords({ arguments: words }: Call): readonly string[] {
  return words.slice(1).map((it) => it.raw);
}

/**
 * Go's own way of options: one dash or two, `-o path` or `-o=path`; the first word without a dash ends them.
 *
 * @param words behind the verb
 * @param raws the same as they are written
 */
export function readGoWords(words: readonly (string | undefined)[], raws: readonly string[]): GoBuild {
  const options = new Map<string, string | undefined>();
  for (let at = 0; at < words.length; at++) {
    // `-ldflags="-X main.version=$VERSION"`: the option is known, its value is not.
    const unknown = words[at] === undefined ? /^-?(-\w+)=/.exec(raws[at] ?? "")?.[1] : undefined;
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
  const binary = (mayHaveOthers = false): Binary =>
    binaryOf(call, { options, packages }, from, changes, mayHaveOthers);
  if (options.get("-buildmode")?.includes("shared") || options.get("-buildmode")?.includes("archive")) {
    changes.mayBuildBelow(from ?? "/");
    return;
  }
  if (!options.has("-o")) {
    // `go build ./...` only checks that several packages compile.
    if (packages.length > 1 && !packages.every((it) => it?.endsWith(".go"))) return;
    const [first] = packages;
    const matched = first?.endsWith("...") ? goPrograms(call.context, from, first, changes.now) : undefined;
    if (matched && matched.packages > 1) return;
    const [only] = matched?.possible.length === 0 ? matched.certain : [];
    const name = only === undefined ? programName(call, packages, from, changes) : nameOfPackage(only);
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
  const names = programNames(call, packages, from, changes);
  writePrograms(names, path, binary, changes);
}

/** What a build or an installation of several packages makes. */
interface ProgramNames {
  readonly certain: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
  /** May there be any others? */
  readonly isOpen: boolean;
}

function programNames(
  call: Call,
  packages: readonly (string | undefined)[],
  from: string | undefined,
  changes: Changes,
): ProgramNames {
  const certain = new Set<string>();
  const possible = new Set<string>();
  let isOpen = false;
  const areFiles = packages.length > 0 && packages.every((it) => it?.endsWith(".go"));
  for (const word of packages.length === 0 || areFiles ? [packages[0] ?? "."] : packages) {
    const programs = word?.endsWith("...") ? goPrograms(call.context, from, word, changes.now) : undefined;
    const name = programs ? undefined : programName(call, [word], from, changes);
    if (name !== undefined) certain.add(name);
    else if (programs) {
      for (const it of programs.certain) certain.add(nameOfPackage(it) ?? "");
      for (const it of programs.possible) possible.add(nameOfPackage(it) ?? "");
    } else isOpen = true;
  }
  return { certain, possible, isOpen };
}

function writePrograms(
  { certain, possible, isOpen }: ProgramNames,
  directory: string,
  binary: (mayHaveOthers: boolean) => Binary,
  changes: Changes,
): void {
  if (isOpen) changes.mayBuildBelow(directory);
  else if (possible.size > 0) changes.mayBuildBelow(directory, (it) => possible.has(baseName(it)));
  const mayHaveOthers = isOpen || possible.size > 0;
  for (const name of certain) {
    changes.write(joinPath(directory, name), "file", { binary: binary(mayHaveOthers) });
  }
}

/** Sources are read when something asks for them. */
function binaryOf(
  call: Call,
  build: GoBuild,
  directory: string | undefined,
  changes: Changes,
  mayHaveOthers = false,
): Binary {
  const packages = goPackages(call.context, directory, build.packages, changes.now);
  let sources: Binary["sources"];
  let isRead = false;
  return {
    language: "go",
    linkage: goLinkage(call, build, packages, changes),
    builtBy: changes.instruction,
    mayHaveOthers,
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
  const isOf = (it: string | undefined) => it === undefined || it === "" || it.startsWith(".");
  const own = build.packages.filter(isOf);
  for (const target of build.packages) {
    if (target === undefined || isOf(target)) continue;
    const name = nameOfPackage(target.replace(/@.*$/, ""));
    if (name === undefined || target.includes("...")) changes.mayBuildBelow(directory);
    else {
      const binary = binaryOf(call, build, call.directory, changes);
      changes.write(joinPath(directory, name), "file", { binary });
      changes.addTool(name);
    }
  }
  // For another platform than this one it goes into a folder of its own.
  for (const name of ["GOOS", "GOARCH"]) {
    const value = goVariable(call, name);
    if (!value.known || value.value !== "") changes.mayBuildBelow(directory);
  }
  if (own.length === 0 && build.packages.length > 0) return;
  const from = build.options.has("-C") ? pathOf(call, build.options.get("-C")) : call.directory;
  const names = programNames(call, own, from, changes);
  const binary = (mayHaveOthers: boolean) => binaryOf(call, build, from, changes, mayHaveOthers);
  writePrograms(names, directory, binary, changes);
  for (const name of names.certain) changes.addTool(name);
}

/** GOBIN, else `bin` of GOPATH, which is `go` in the user's home where nothing sets it. */
function binDirectory(call: Call): string | undefined {
  const bin = goVariable(call, "GOBIN");
  const path = goVariable(call, "GOPATH");
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

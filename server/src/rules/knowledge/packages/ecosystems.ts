import type { BuildContext } from "../../../model/context/build-context.ts";
import { GRADLE_BUILD } from "../../../model/stage/projects/gradle-tasks.ts";
import type { Command } from "../../../syntax/shell/script.ts";

/**
 * How the projects of one package manager name their dependencies, and which command gets them. From the package
 * managers' own documentation and that of Docker's language guides (read 2026-11).
 */
export interface Ecosystem {
  readonly name: string;
  /** Does this command get the project's dependencies, alone or on its way? */
  readonly gets: (command: Command) => boolean;
  /** Files that name the dependencies. */
  readonly manifests: (command: Command) => readonly ManifestGroup[];
  /**
   * Undefined if the command needs nothing but the manifests, so that it can move up as it is. Else a command that
   * gets the dependencies ahead, with the manifests alone; `none` where there is no such command.
   */
  readonly ahead?: string | "none";
  /** What else has to be so, seen in the context; without a context it is not known to be so. */
  readonly evidence?: (isFile: (path: string) => boolean) => boolean;
}

/** Names of which a project has one. */
export interface ManifestGroup {
  readonly names: readonly string[];
  /**
   * `must`: the command fails without it. `may`: without it the command does something else, as without a lock file.
   * `extra`: only some projects have it.
   */
  readonly presence: "must" | "may" | "extra";
}

export const ecosystems: readonly Ecosystem[] = [
  {
    name: "Go modules",
    gets: (it) => starts(it, ["go"], ["mod", "download"]),
    manifests: () => [need("go.mod"), want("go.sum")],
  },
  {
    name: "Go modules",
    gets: (it) => it.name?.literal === "go" && /^(build|install|test|generate)$/.test(plain(it)[0] ?? ""),
    manifests: () => [need("go.mod"), want("go.sum")],
    ahead: "go mod download",
    // A project without dependencies, or with them in its own tree, downloads nothing.
    evidence: (isFile) => isFile("go.sum") && !isFile("vendor/modules.txt"),
  },
  {
    name: "npm",
    gets: (it) =>
      starts(it, ["npm"], ["ci"]) ||
      starts(it, ["npm"], ["clean-install"]) ||
      isInstallOfAll(it, ["npm"], ["install", "i"]),
    manifests: (it) => [
      need("package.json"),
      // `npm ci` is for projects with a lock file only.
      (isInstallOfAll(it, ["npm"], ["install", "i"]) ? want : need)(
        "package-lock.json",
        "npm-shrinkwrap.json",
      ),
      maybe(".npmrc"),
    ],
  },
  {
    name: "yarn",
    gets: (it) => it.name?.literal === "yarn" && plain(it).every((word) => word === "install"),
    manifests: () => [need("package.json"), want("yarn.lock"), maybe(".yarnrc.yml"), maybe(".npmrc")],
  },
  {
    name: "pnpm",
    gets: (it) => isInstallOfAll(it, ["pnpm"], ["install", "i"]),
    manifests: () => [
      need("package.json"),
      want("pnpm-lock.yaml"),
      maybe("pnpm-workspace.yaml"),
      maybe(".npmrc"),
    ],
  },
  {
    name: "bun",
    gets: (it) => isInstallOfAll(it, ["bun"], ["install", "i"]),
    manifests: () => [need("package.json"), want("bun.lock", "bun.lockb")],
  },
  {
    name: "pip",
    gets: (it) => requirementsOf(it).length > 0,
    // What stands at an absolute path is copied there; which source that is, is not said here.
    manifests: (it) => requirementsOf(it).map((name) => need(name.replace(/^\/.*\//, ""))),
  },
  {
    name: "Pipenv",
    gets: (it) =>
      it.name?.literal === "pipenv" && plain(it).length === 1 && /^(install|sync)$/.test(plain(it)[0] ?? ""),
    manifests: () => [need("Pipfile"), want("Pipfile.lock")],
  },
  {
    name: "uv",
    gets: (it) => starts(it, ["uv"], ["sync"]),
    manifests: () => [need("pyproject.toml"), want("uv.lock")],
    ahead: "uv sync --no-install-project",
  },
  {
    name: "Poetry",
    gets: (it) => starts(it, ["poetry"], ["install"]),
    manifests: () => [need("pyproject.toml"), want("poetry.lock")],
    ahead: "poetry install --no-root --no-interaction",
  },
  {
    name: "Cargo",
    gets: (it) => [["build"], ["fetch"], ["chef", "cook"]].some((words) => starts(it, ["cargo"], words)),
    manifests: () => [need("Cargo.toml"), want("Cargo.lock")],
    ahead: "mkdir -p src && echo 'fn main() {}' > src/main.rs && cargo fetch && rm -r src",
  },
  {
    name: "Maven",
    gets: (it) => isJavaBuild(it, ["mvn"]),
    manifests: () => [need("pom.xml")],
    ahead: "mvn --batch-mode dependency:go-offline",
  },
  {
    name: "Maven wrapper",
    gets: (it) => isJavaBuild(it, ["./mvnw", "mvnw"]),
    manifests: () => [need("pom.xml")],
    ahead: "none",
  },
  {
    name: "Gradle",
    gets: (it) => isJavaBuild(it, ["gradle", "./gradlew", "gradlew"]),
    manifests: () => [need("build.gradle", "build.gradle.kts")],
    ahead: "none",
  },
  {
    name: "Bundler",
    gets: (it) => starts(it, ["bundle"], ["install"]),
    manifests: () => [need("Gemfile"), want("Gemfile.lock")],
  },
  {
    name: "Composer",
    gets: (it) => starts(it, ["composer"], ["install"]),
    manifests: () => [need("composer.json"), want("composer.lock")],
    ahead: "composer install --no-scripts --no-autoloader --no-interaction",
  },
  {
    name: "NuGet",
    gets: (it) => ["restore", "build", "publish"].some((verb) => starts(it, ["dotnet"], [verb])),
    manifests: () => [],
    // Which projects there are, and where, only the solution says.
    ahead: "none",
  },
  {
    name: "Mix",
    gets: (it) => starts(it, ["mix"], ["deps.get"]),
    manifests: () => [need("mix.exs"), want("mix.lock")],
  },
  {
    name: "Swift packages",
    gets: (it) => [["build"], ["package", "resolve"]].some((words) => starts(it, ["swift"], words)),
    manifests: () => [need("Package.swift"), want("Package.resolved")],
    ahead: "swift package resolve",
  },
  {
    name: "pub",
    gets: (it) => ["dart", "flutter"].some((program) => starts(it, [program], ["pub", "get"])),
    manifests: () => [need("pubspec.yaml"), want("pubspec.lock")],
  },
  {
    name: "Deno",
    gets: (it) => isInstallOfAll(it, ["deno"], ["install"]),
    manifests: () => [need("deno.json", "deno.jsonc", "package.json"), want("deno.lock")],
  },
  {
    name: "sbt",
    gets: (it) =>
      it.name?.literal === "sbt" &&
      plain(it).some((word) =>
        /^(\w+\/)?(update|compile|package|assembly|stage|dist|packageBin)$/.test(word),
      ),
    manifests: () => [need("build.sbt")],
    // The folder `project` belongs to it, of which only the project knows what is in it.
    ahead: "none",
  },
  {
    name: "Stack",
    gets: (it) => [["build"], ["install"], ["setup"]].some((words) => starts(it, ["stack"], words)),
    manifests: () => [need("stack.yaml")],
    ahead: "none",
  },
];

function need(...names: string[]): ManifestGroup {
  return { names, presence: "must" };
}

/** Lock files: most projects have one. */
function want(...names: string[]): ManifestGroup {
  return { names, presence: "may" };
}

function maybe(...names: string[]): ManifestGroup {
  return { names, presence: "extra" };
}

/** Those to copy for a command; undefined where one that it must have is not there. */
export function manifestsOf(
  { manifests }: Ecosystem,
  command: Command,
  context: BuildContext | undefined,
): readonly string[] | undefined {
  const names: string[] = [];
  for (const group of manifests(command)) {
    const kinds = group.names.map((name) => ({ name, kind: context?.exists(name) ?? "unknown" }));
    const there = kinds.filter((it) => it.kind === "file").map((it) => it.name);
    const open = there.length > 0 ? [] : kinds.filter((it) => it.kind === "unknown").map((it) => it.name);
    names.push(...there);
    if (group.presence === "must" && there.length === 0) {
      const [likely] = open;
      if (likely === undefined) return undefined;
      names.push(likely);
    }
    // A pattern that nothing matches is no error for COPY next to a file that is there.
    if (group.presence === "may") names.push(...open.map((it) => `${it}*`));
  }
  return names;
}

function plain({ arguments: words }: Command): string[] {
  return words.map((it) => it.literal ?? it.raw).filter((it) => !it.startsWith("-"));
}

function starts(command: Command, programs: readonly string[], verbs: readonly string[]): boolean {
  if (!programs.includes(command.name?.literal ?? "")) return false;
  const words = plain(command);
  return verbs.every((it, index) => words[index] === it);
}

/** `npm install`, not `npm install --global pnpm` or `npm install express`. */
function isInstallOfAll(command: Command, programs: readonly string[], verbs: readonly string[]): boolean {
  if (!programs.includes(command.name?.literal ?? "")) return false;
  const [verb, ...packages] = plain(command);
  if (!verbs.includes(verb ?? "")) return false;
  return (
    packages.length === 0 && !command.arguments.some((it) => /^(-g|--global|--prefix|--system)/.test(it.raw))
  );
}

/** The files behind `-r`; none when something else is installed too, e.g. the project itself. */
function requirementsOf(command: Command): string[] {
  const program = command.name?.literal ?? "";
  if (!/(?:pip3?|uv|python[\d.]*)$/.test(program)) return [];
  const words = command.arguments.map((it) => it.literal);
  const isPip = /^(\/[\w./-]*\/bin\/)?pip3?$/.test(program);
  const isUv = program === "uv" && words[0] === "pip";
  const isModule =
    /^(\/[\w./-]*\/bin\/)?python[\d.]*$/.test(program) && words[0] === "-m" && words[1] === "pip";
  if (!(isPip || isUv || isModule) || !words.includes("install")) return [];

  const files: string[] = [];
  for (let at = words.indexOf("install") + 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word === "-e" || word === "--editable" || /^\.|^--editable=/.test(word))
      return [];
    if (word === "-r" || word === "--requirement") files.push(words[++at] ?? "");
    else if (/^(-r.|--requirement=)/.test(word)) files.push(word.replace(/^(-r|--requirement=)/, ""));
  }
  return files.every((it) => /^[\w./-]+$/.test(it)) ? files.map((it) => it.replace(/^\.\//, "")) : [];
}

function isJavaBuild(command: Command, programs: readonly string[]): boolean {
  const goals = /^:?([\w-]+:)*(package|verify|install|compile|dependencies|go-offline)$/;
  return (
    programs.includes(command.name?.literal ?? "") &&
    plain(command).some((it) => goals.test(it) || GRADLE_BUILD.test(it))
  );
}

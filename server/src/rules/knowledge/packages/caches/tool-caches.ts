import { baseName, isWithin, joinPath } from "../../../../model/stage/paths.ts";
import { GRADLE_BUILD } from "../../../../model/stage/projects/gradle-tasks.ts";
import type { Stage } from "../../../../model/stage/stage.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import { mountsOf } from "../../../../syntax/dockerfile/run-mounts.ts";
import type { FlagField, Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../../syntax/shell/script.ts";
import { idOfUser } from "../../users/user-ids.ts";

/** Where a tool keeps what it has fetched or compiled, so that a cache mount there makes the next build faster. */
export interface ToolCache {
  readonly tool: string;
  /** Other programs that are the tool: a wrapper, another name. */
  readonly others?: readonly string[];
  /** Does this command use the cache? */
  readonly uses: (command: Command) => boolean;
  /** Does a mount for it help a RUN by itself? False where a later RUN needs what is in it. */
  readonly alone: (command: Command) => boolean;
  /** Variables that name the directory, the first that is set counts, with what stands behind their value. */
  readonly variables: readonly (readonly [name: string, behind: string])[];
  /** Below the user's home where none of them is set. */
  readonly home: string;
  /** What a mount's target looks like that is meant for it. */
  readonly target: RegExp;
  /** A variable or option that turns it off. */
  readonly off?: { readonly variable: string; readonly option: string };
}

/**
 * From the tools' own documentation of their directories (npm-config(7), pip, uv, go, cargo, Maven, Gradle, bun, pnpm
 * "storeDir", Composer "COMPOSER_CACHE_DIR", NuGet "global-packages"; read 2026-11). Bundler has none that could be mounted: what it
 * keeps is what the program needs.
 */
export const toolCaches: readonly ToolCache[] = [
  {
    tool: "npm",
    uses: (it) => calls(it, "npm", /^(ci|clean-install|install|i)$/),
    alone: () => true,
    variables: [
      ["NPM_CONFIG_CACHE", ""],
      ["npm_config_cache", ""],
    ],
    home: ".npm",
    target: /\/\.npm\/?$/,
  },
  {
    tool: "pnpm",
    uses: (it) => calls(it, "pnpm", /^(install|i|add|fetch)$/),
    // What a RUN has only fetched is for a later one.
    alone: (it) => calls(it, "pnpm", /^(install|i|add)$/),
    variables: [
      ["PNPM_HOME", "store"],
      ["XDG_DATA_HOME", "pnpm/store"],
    ],
    home: ".local/share/pnpm/store",
    target: /\/pnpm\/store\/?$/,
  },
  {
    tool: "bun",
    uses: (it) => calls(it, "bun", /^(install|i)$/),
    alone: () => true,
    variables: [["BUN_INSTALL_CACHE_DIR", ""]],
    home: ".bun/install/cache",
    target: /\.bun\/install\/cache\/?$/,
  },
  {
    tool: "pip",
    others: ["pip3"],
    uses: (it) => calls(it, "pip", /^install$/) || calls(it, "pip3", /^install$/),
    alone: () => true,
    variables: [
      ["PIP_CACHE_DIR", ""],
      ["XDG_CACHE_HOME", "pip"],
    ],
    home: ".cache/pip",
    target: /\.cache\/pip\/?$/,
    off: { variable: "PIP_NO_CACHE_DIR", option: "--no-cache-dir" },
  },
  {
    tool: "uv",
    uses: (it) => calls(it, "uv", /^(sync|pip)$/),
    alone: () => true,
    variables: [
      ["UV_CACHE_DIR", ""],
      ["XDG_CACHE_HOME", "uv"],
    ],
    home: ".cache/uv",
    target: /\.cache\/uv\/?$/,
    off: { variable: "UV_NO_CACHE", option: "--no-cache" },
  },
  {
    tool: "go",
    uses: (it) => calls(it, "go", /^(build|install|test|run|vet)$/),
    alone: (it) => calls(it, "go", /^(build|install)$/),
    variables: [
      ["GOCACHE", ""],
      ["XDG_CACHE_HOME", "go-build"],
    ],
    home: ".cache/go-build",
    target: /\/go-build\/?$/,
  },
  {
    tool: "go",
    uses: (it) => calls(it, "go", /^(build|install|test|run|mod)$/),
    alone: () => false,
    variables: [
      ["GOMODCACHE", ""],
      ["GOPATH", "pkg/mod"],
    ],
    home: "go/pkg/mod",
    target: /\/pkg\/mod(\/cache)?\/?$/,
  },
  {
    tool: "cargo",
    uses: (it) => calls(it, "cargo", /^(build|install|fetch|chef|test)$/),
    alone: (it) => calls(it, "cargo", /^(build|install)$/),
    variables: [["CARGO_HOME", "registry"]],
    home: ".cargo/registry",
    target: /\/registry\/?$/,
  },
  {
    tool: "mvn",
    others: ["mvnw"],
    uses: (it) => calls(it, "mvn", /^(package|verify|install|compile|dependency:.*)$/, "mvnw"),
    alone: (it) => calls(it, "mvn", /^(package|verify|install)$/, "mvnw"),
    variables: [],
    home: ".m2/repository",
    target: /\/\.m2(\/repository)?\/?$/,
  },
  {
    tool: "gradle",
    others: ["gradlew"],
    uses: (it) =>
      calls(it, "gradle", GRADLE_BUILD, "gradlew") ||
      calls(it, "gradle", /^:?(.*:)?dependencies$/, "gradlew"),
    alone: (it) => !it.arguments.some((word) => /dependencies$/.test(word.literal ?? "")),
    variables: [["GRADLE_USER_HOME", ""]],
    home: ".gradle",
    target: /\/\.gradle(\/caches)?\/?$/,
  },
  {
    tool: "composer",
    uses: (it) => calls(it, "composer", /^(install|i|update|require|create-project)$/),
    alone: () => true,
    variables: [
      ["COMPOSER_CACHE_DIR", ""],
      ["COMPOSER_HOME", "cache"],
    ],
    home: ".composer/cache",
    target: /\/\.composer\/cache\/?$/,
  },
  {
    tool: "dotnet",
    uses: (it) => calls(it, "dotnet", /^(restore|build|publish|test|pack)$/),
    // A build reads the packages from there, wherever they were fetched.
    alone: (it) =>
      calls(it, "dotnet", /^(build|publish|pack)$/) &&
      !it.arguments.some((word) => word.raw === "--no-restore"),
    variables: [["NUGET_PACKAGES", ""]],
    home: ".nuget/packages",
    target: /\/\.nuget\/packages\/?$/,
  },
];

/** Programs that use one of them. */
export const CACHE_USERS: readonly string[] = [...new Set(toolCaches.flatMap(programsOf))];

function programsOf({ tool, others = [] }: ToolCache): readonly string[] {
  return [tool, ...others];
}

/** Is the cache's tool among the programs that a script calls? */
export function mayUse(cache: ToolCache, called: readonly string[]): boolean {
  return programsOf(cache).some((it) => called.includes(it));
}

function calls(
  { name, arguments: words }: Command,
  program: string,
  verb: RegExp,
  wrapper?: string,
): boolean {
  if (name?.literal === undefined) return false;
  const isCalled = name.literal === program || (wrapper !== undefined && baseName(name.literal) === wrapper);
  return isCalled && words.some((it) => verb.test(it.literal ?? ""));
}

/** The directory of a cache for the user that runs here; undefined where that is not certain, or the cache is off. */
export function directoryOfCache(
  { variables, home, off }: ToolCache,
  command: Command,
  script: Script,
  state: StageState,
): string | undefined {
  const names = (name: string) =>
    name === "HOME" || name === off?.variable || variables.some(([it]) => it === name);
  for (const { name, assignments, arguments: words } of script.commands) {
    const program = name?.literal;
    if (program === "." || program === "source") return undefined;
    if (assignments.some((it) => names(it.name))) return undefined;
    if (program === "export" && words.some((it) => names(it.raw.replace(/=.*$/s, "")))) return undefined;
  }
  const isOff =
    off && (state.isSet(off.variable).is !== "no" || command.arguments.some((it) => it.raw === off.option));
  if (isOff || command.arguments.some((it) => /^--(cache|cache-dir|target-dir)(=|$)/.test(it.raw)))
    return undefined;
  for (const [name, behind] of variables) {
    if (state.isSet(name).is === "no") continue;
    const value = state.variable(name);
    if (!value.known) return undefined;
    if (value.value !== "") return joinPath(value.value, behind);
  }
  const directory = homeOf(state);
  return directory === undefined ? undefined : joinPath(directory, home);
}

/** The home of the user that runs here. */
function homeOf(state: StageState): string | undefined {
  const set = state.variable("HOME");
  if (set.known && set.value.startsWith("/")) return set.value;
  if (state.isSet("HOME").is !== "no" || !state.user.known || !state.os.known) return undefined;
  // Windows has neither.
  if (state.os.value.family === "other" || state.os.value.family === "none") return undefined;
  const { isRoot, name } = state.user.value;
  if (isRoot) return "/root";
  const home = `/home/${name}`;
  return /^[a-z_]\w*$/.test(name) && (name === "node" || state.hasPath(home).is === "yes") ? home : undefined;
}

/** A cache mount that the user of the RUN can write to; undefined where the user's id is not known. */
export function cacheMount(path: string, state: StageState, stage: Stage): string | undefined {
  if (!state.user.known || /[\s,"'\\$]/.test(path)) return undefined;
  const { isRoot, name } = state.user.value;
  const id = isRoot ? undefined : idOfUser(name, stage);
  if (!isRoot && id === undefined) return undefined;
  return `--mount=type=cache,target=${path}${id === undefined ? "" : `,uid=${id}`}`;
}

/** Targets of the `--mount=type=cache` of a RUN, as written. */
export function cacheTargets(run: Instruction): readonly FlagField[] {
  return mountsOf(run).flatMap(({ type, target }) => (type === "cache" && target ? [target] : []));
}

/** Has a RUN a cache mounted at this path, above it or below it? */
export function isCachedAt(path: string, run: Instruction): boolean {
  for (const { value: target } of cacheTargets(run)) {
    if (target === undefined) continue;
    const directory = target.length > 1 && target.endsWith("/") ? target.slice(0, -1) : target;
    if (isWithin(path, directory) || isWithin(target, path)) return true;
  }
  return false;
}

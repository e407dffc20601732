import type { Reason } from "../../../../model/known.ts";
import type { Stage } from "../../../../model/stage/stage.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import { mountsOf } from "../../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Assignment, Command, Script } from "../../../../syntax/shell/script.ts";
import { grouped } from "../../../../text/grouped.ts";
import { wordsOfVariables } from "../../shell/variable-options.ts";
import {
  type ManagerName,
  type PackageAct,
  programsOf,
  readPackageCommand,
  textOf,
} from "../package-commands.ts";

/** How a package manager fills a cache, and how a RUN keeps it out of the image. */
export interface PackageCache {
  readonly name: string;
  /** As the message names it. */
  readonly what: string;
  readonly aliases: readonly string[];
  readonly manager: ManagerName;
  /** Those of the manager's programs that use this cache; all of them when left out. */
  readonly programs?: readonly string[];
  /** What fills it. */
  readonly fills: readonly PackageAct[];
  /** Programs whose command for cleaning empties it; all of the manager's when left out. */
  readonly cleaners?: readonly string[];
  /** The command for it, where not each one that cleans empties this cache. */
  readonly cleaning?: RegExp;
  /** What `rm` removes to empty it. */
  readonly content: RegExp;
  /** Where it may be: a cache or tmpfs mount there, or above, keeps it out of the image. */
  readonly folders: RegExp;
  /** Where it is unless a setting says otherwise; `folders` when left out. */
  readonly ownFolders?: RegExp;
  /** An option that turns it off. */
  readonly off?: string;
  /** An option with which nothing new comes into it: what is read is there already. */
  readonly unfilled?: string;
  /** A variable that turns it off when it is set. */
  readonly variable?: string;
  /** A command that empties it, where no option turns it off. */
  readonly clean?: (program: string) => string;
  /** A file by which the package manager itself empties it after each installation. */
  readonly cleaningFile?: string;
  /** Filled for nothing where every installation of the same RUN brings what it needs with it, and told of only there. */
  readonly isNeedless?: true;
  readonly fix: "safe" | "unsafe";
}

/**
 * The folders are those of the managers' own documentation (apk(8), apt(8), pip "Caching", conda "clean", dnf.conf(5), yum.conf(5),
 * zypper(8), "yarn cache"; read 2026-11).
 */
export const packageCaches: readonly PackageCache[] = [
  {
    name: "apk",
    what: "apk leaves its cache",
    aliases: ["DL3019", "DS-0025", "DKL-DI-0004", "S6587"],
    manager: "apk",
    fills: ["install"],
    content: /^\/var\/cache(\/apk)?(\/\*?)?$/,
    folders: /^\/var\/cache(\/apk)?\/?$|^\/etc\/apk(\/cache)?\/?$/,
    off: "--no-cache",
    unfilled: "--no-network",
    fix: "safe",
  },
  {
    name: "apk index",
    what: "apk update leaves its index, which nothing here needs,",
    aliases: [],
    manager: "apk",
    fills: ["refresh"],
    content: /^\/var\/cache(\/apk)?(\/\*?)?$/,
    folders: /^\/var\/cache(\/apk)?\/?$|^\/etc\/apk(\/cache)?\/?$/,
    unfilled: "--no-cache",
    isNeedless: true,
    fix: "safe",
  },
  {
    name: "apt",
    what: "apt leaves its cache",
    aliases: ["DL3009", "DKL-DI-0005", "S6587"],
    manager: "apt",
    fills: ["refresh"],
    // `clean` removes packages, `dist-clean` (apt 2.7.8) lists too.
    cleaning: /^dist-?clean$/,
    content: /^\/var(\/lib(\/apt(\/lists(\/.*)?)?)?)?\/?\*?$/,
    folders: /^\/var\/lib(\/apt(\/lists)?)?\/?$/,
    clean: () => "rm -rf /var/lib/apt/lists/*",
    fix: "safe",
  },
  {
    name: "apt downloads",
    what: "apt leaves the packages that it downloaded",
    aliases: ["DL3009", "DKL-DI-0005", "S6587"],
    manager: "apt",
    fills: ["install", "upgrade", "release"],
    content: /^\/var(\/cache(\/apt(\/archives(\/.*)?)?)?)?\/?\*?$/,
    folders: /^\/var\/cache(\/apt(\/archives)?)?\/?$/,
    clean: () => "apt-get clean",
    // In the images of Debian and Ubuntu, and all that are built on them.
    cleaningFile: "/etc/apt/apt.conf.d/docker-clean",
    fix: "safe",
  },
  {
    name: "pip",
    what: "pip leaves its cache",
    aliases: ["DL3042"],
    manager: "pip",
    fills: ["install"],
    content: /\.cache(\/pip)?(\/\*?)?$/,
    folders: /\.cache(\/pip)?\/?$|\/pip/,
    ownFolders: /\.cache(\/pip)?\/?$/,
    off: "--no-cache-dir",
    variable: "PIP_NO_CACHE_DIR",
    fix: "safe",
  },
  {
    name: "conda",
    what: "conda leaves the packages that it downloaded",
    aliases: [],
    manager: "conda",
    fills: ["install", "upgrade"],
    content: /\/pkgs(\/\*?)?$/,
    folders: /\/pkgs\/?$/,
    clean: (program) => `${program} clean --all --yes`,
    fix: "safe",
  },
  rpmCache("dnf", ["dnf", "dnf5"], ["dnf", "dnf5", "yum"]),
  rpmCache("microdnf", ["microdnf"], ["microdnf"]),
  rpmCache("tdnf", ["tdnf"], ["tdnf"]),
  {
    ...rpmCache("yum", ["yum"], ["yum", "dnf"]),
    manager: "yum",
    aliases: ["DL3032", "DS-0015", "S6587"],
  },
  {
    name: "zypper",
    what: "zypper leaves its cache",
    aliases: ["DL3036", "DS-0020", "S6587"],
    manager: "zypper",
    fills: ["install", "upgrade", "release", "refresh"],
    content: /^\/var\/cache(\/zypp)?(\/\*?)?$/,
    folders: /^\/var\/cache(\/zypp)?\/?$/,
    clean: () => "zypper clean --all",
    fix: "safe",
  },
  {
    name: "yarn",
    what: "yarn leaves its cache",
    aliases: ["DL3060"],
    manager: "yarn",
    fills: ["install"],
    content: /\.cache(\/yarn)?(\/\*?)?$/,
    folders: /\.cache(\/yarn)?\/?$|\/\.?yarn/,
    ownFolders: /\.cache(\/yarn(\/v\d+)?)?\/?$|\/\.yarn(\/berry)?(\/cache)?\/?$/,
    clean: () => "yarn cache clean",
    // Yarn 2 and later may keep what the program needs in its cache.
    fix: "unsafe",
  },
];

/** microdnf has its cache where yum has it, and so have systems in which yum is dnf by another name. */
function rpmCache(name: string, programs: readonly string[], cleaners: readonly string[]): PackageCache {
  return {
    name,
    what: `${name} leaves its cache`,
    aliases: ["DL3040", name === "microdnf" ? "DS-0027" : "DS-0019", "S6587"],
    manager: "dnf",
    programs,
    fills: ["install", "upgrade", "release", "refresh"],
    cleaners,
    content: /^\/var\/cache(\/((lib|t)?dnf5?\*?|yum\*?))?(\/\*?)?$/,
    folders: /^\/var\/cache(\/((lib|t)?dnf5?|yum))?\/?$/,
    clean: (program) => `${program} clean all`,
    fix: "safe",
  };
}

/** Those of one package manager, and of its programs. */
export function cachesOf(manager: ManagerName): readonly PackageCache[] {
  return byManager.get(manager) ?? NONE;
}

const byManager = grouped(packageCaches, (it) => it.manager);
const NONE: readonly never[] = [];

/** By the cache's own name, of which a manager may have several. */
export function cacheOf(name: string): PackageCache | undefined {
  return packageCaches.find((it) => it.name === name);
}

/** Programs that fill one of them. */
export const CACHING: readonly string[] = programsOf(...byManager.keys());

/** npm's is of use in a mount alone; nobody is told that it is left. */
const npmCache: PackageCache = {
  name: "npm",
  what: "npm leaves its cache",
  aliases: [],
  manager: "npm",
  fills: ["install"],
  content: /\/\.npm(\/(_cacache\/?)?\*?)?$/,
  folders: /\/\.npm(\/_cacache)?\/?$/,
  fix: "safe",
};

/** Caches that are worth a mount. */
export const mountedCaches: readonly PackageCache[] = [...packageCaches, npmCache];

/** Programs that fill one of those. */
export const CACHING_IN_MOUNTS: readonly string[] = [...CACHING, ...programsOf("npm")];

/** Does this command put something into the cache, unless it is turned off? */
export function usesCache({ manager, programs, fills }: PackageCache, command: Command): boolean {
  const call = readPackageCommand(command);
  if (call?.manager !== manager || !fills.includes(call.act)) return false;
  return programs?.includes(call.program) ?? true;
}

/** Does this command turn the cache off for itself? */
export function isTurnedOff({ off, unfilled }: PackageCache, command: Command): boolean {
  const options = readPackageCommand(command)?.options;
  return [...(options?.keys() ?? [])].some((it) => it === off || it === unfilled || isShortened(it, off));
}

/** pip takes a long option by as much of it as no other begins with: `--no-cache` (optparse; "pip install --help", 2026-11). */
function isShortened(option: string, off: string | undefined): boolean {
  return off === "--no-cache-dir" && option.startsWith("--no-ca") && off.startsWith(option);
}

/** The same, or is a variable handed to it which says so, or may? `before`: what is known where it starts. */
export function mayBeTurnedOff(
  cache: PackageCache,
  command: Command,
  before: Pick<StageState, "variable">,
): boolean {
  if (cache.off === undefined && cache.unfilled === undefined) return false;
  if (isTurnedOff(cache, command)) return true;
  const given = wordsOfVariables(command, before);
  return !given || given.some((it) => it === cache.off || it === cache.unfilled);
}

/** Does this command empty the cache? */
export function emptiesCache(cache: PackageCache, command: Command): boolean {
  const { manager, cleaners, cleaning = /^/, content } = cache;
  const program = command.name?.literal;
  if (program === "rm" || program === "find") return command.arguments.some((it) => content.test(textOf(it)));
  const call = readPackageCommand(command);
  if (call?.act !== "clean" || !cleaning.test(call.verb)) return false;
  return cleaners ? cleaners.includes(call.program) : call.manager === manager;
}

/** One command of a RUN, or of a trigger, and where the state can be asked. */
interface CommandPlace {
  readonly script: Script;
  readonly command: Command;
  /** The RUN, or the ONBUILD in front of it. */
  readonly instruction: Instruction;
  readonly stage: Stage;
}

/** A variable that decides whether there is a cache: its value for one command, and what sets it. */
export interface CacheVariable {
  readonly name: string;
  readonly value: string;
  /** What it says. pip turns its cache off for any value (since 19.0), but `0` and the like say the opposite. */
  readonly says: "on" | "off";
  /** The assignment in front of the command, where that is what sets it. */
  readonly assignment: Assignment | undefined;
  readonly because: readonly Reason[];
}

/** Undefined where it is not set, or its value is not known. */
export function variableOf(
  { variable: name }: PackageCache,
  { script, command, instruction, stage }: CommandPlace,
): CacheVariable | undefined {
  if (name === undefined) return undefined;
  const variable = (value: string | undefined, because: readonly Reason[], assignment?: Assignment) =>
    value === undefined || value === ""
      ? undefined
      : { name, value, says: NO.test(value) ? ("on" as const) : ("off" as const), assignment, because };
  const assignment = command.assignments.find((it) => it.name === name);
  if (assignment) return variable(assignment.value?.literal, [], assignment);
  const exported = script.commands
    .filter((it) => it.name?.literal === "export" && it.span.start < command.span.start && !it.subshell)
    .flatMap((it) => it.arguments)
    .findLast((it) => it.raw.startsWith(`${name}=`));
  if (exported)
    return variable(exported.literal?.slice(name.length + 1), [
      { message: `${name} is exported here`, span: exported.span },
    ]);
  const known = stage.before(instruction).variable(name);
  return known.known ? variable(known.value, known.because) : undefined;
}

const NO = /^(0|f|false|n|no|off)$/i;

/** Is the cache in a mount, so that it stays between builds or is gone with the RUN? */
export function isMounted({ folders }: PackageCache, run: Instruction): boolean {
  return hasMount(run, folders, ["cache", "tmpfs"]);
}

/** Is it certainly in a mount that stays between builds? */
export function isKeptInMount({ folders, ownFolders = folders }: PackageCache, run: Instruction): boolean {
  return hasMount(run, ownFolders, ["cache"]);
}

function hasMount(run: Instruction, folders: RegExp, types: readonly string[]): boolean {
  return mountsOf(run).some(({ type, target }) => types.includes(type) && folders.test(target?.value ?? ""));
}

import type { ShellWord } from "../../../syntax/shell/script.ts";
import { hasOption, type ManagerName, type PackageCommand, textOf } from "./package-commands.ts";

/** How one package manager's packages are given a version. */
interface Pinning {
  /** hadolint's rule for it, where it has one. */
  readonly alias?: string;
  /** Verbs that take names of packages. */
  readonly verbs: readonly string[];
  /** Does this name say which version, or is it no name that can? */
  readonly isPinned: (name: string, command: PackageCommand) => boolean;
  /** Options with which the versions come from elsewhere, or with which the words are no packages. */
  readonly elsewhere?: readonly string[];
}

/** From the managers' own documentation (as in `package-commands.ts`), and hadolint's rules for what it takes for pinned. */
const pinnings: Readonly<Partial<Record<ManagerName, Pinning>>> = {
  apk: {
    alias: "DL3018",
    verbs: ["add"],
    // `.name` is a group that `--virtual` has made, `!name` keeps a package away.
    isPinned: (it) => /[=~<>]|\.apk$|^[.!]/.test(it),
  },
  apt: {
    alias: "DL3008",
    verbs: ["install"],
    // `name-` removes, `?…` and `~…` are patterns.
    isPinned: (it) => /[=/]|\.deb$|-$|^[?~]/.test(it),
  },
  dnf: { alias: "DL3041", verbs: ["install", "module install"], isPinned: isPinnedRpm },
  yum: { alias: "DL3033", verbs: ["install", "module install"], isPinned: isPinnedRpm },
  zypper: {
    alias: "DL3037",
    verbs: ["install", "in"],
    isPinned: (it, { options }) =>
      /[=<>]|^[!~+]/.test(it) ||
      isPinnedRpm(it) ||
      !/^(package)?$/.test(options.get("-t") ?? options.get("--type") ?? ""),
  },
  pip: {
    alias: "DL3013",
    verbs: ["install"],
    isPinned: isPinnedForPip,
    elsewhere: ["-r", "--requirement", "-c", "--constraint", "--group", "--no-index"],
  },
  npm: { alias: "DL3016", verbs: ["install", "i", "add"], isPinned: isPinnedForNpm },
  gem: {
    alias: "DL3028",
    verbs: ["install", "i"],
    isPinned: (it) => /:|\.gem$/.test(it),
    elsewhere: ["-v", "--version", "-g", "--file"],
  },
  pecl: { verbs: ["install"], isPinned: isPinnedForPecl },
  go: { alias: "DL3062", verbs: ["install", "get", "run"], isPinned: isPinnedForGo },
};

export interface Unpinned {
  readonly aliases: readonly string[];
  /** Names of the packages. */
  readonly packages: readonly string[];
}

/**
 * The packages that a command installs in whatever version there is; undefined when it installs none. `lookup` gives
 * the value of a variable that is a word of its own, e.g. a list of packages; undefined for one that is not known.
 */
export function unpinnedBy(
  command: PackageCommand,
  lookup: (variable: string) => string | undefined,
): Unpinned | undefined {
  const pinning = pinnings[command.manager];
  if (!pinning?.verbs.includes(command.verb) || hasOption(command, ...(pinning.elsewhere ?? [])))
    return undefined;
  const names = operandsOf(command).flatMap((it) => namesIn(it, lookup));
  // `pip install .[dev]` takes the versions from the project.
  if (command.manager === "pip" && names.some((it) => /^\.($|\[)/.test(it))) return undefined;
  const packages = names.filter((it) => !NEWEST.has(it) && !pinning.isPinned(it, command));
  const aliases = pinning.alias === undefined ? [] : [pinning.alias];
  return packages.length > 0 ? { aliases, packages } : undefined;
}

/** A variable or a substitution in a name may bring the version. */
function namesIn(word: ShellWord, lookup: (variable: string) => string | undefined): readonly string[] {
  if (word.literal !== undefined || !/[$`]/.test(word.raw)) return [textOf(word)];
  const [, plain, braced] = /^\$(?:(\w+)|\{(\w+)\})$/.exec(word.raw) ?? [];
  const variable = plain ?? braced;
  const value = variable === undefined ? undefined : lookup(variable);
  return value?.split(/\s+/).filter((it) => /^[^-$`'"\\][^$`'"\\]*$/.test(it)) ?? [];
}

/** Data that only the newest of is right: nobody wants the certificates or the time zones of last year. */
const NEWEST: ReadonlySet<string> = new Set(["ca-certificates", "ca-certificates-bundle", "tzdata"]);

function operandsOf({ manager, verb, operands, command }: PackageCommand): readonly ShellWord[] {
  // What stands behind the package is for the program.
  if (manager === "go" && verb === "run") return operands.slice(0, 1);
  if (manager !== "gem") return operands;
  // What stands behind `--` is for the build of an extension.
  const dashes = command.arguments.find((it) => it.literal === "--");
  return dashes ? operands.filter((it) => it.span.start < dashes.span.start) : operands;
}

/** `name-1.2`, `name-1:1.2-3.el9`, `module:stream`, a file or a path. Groups (`@name`) and what packages provide (`dnf-command(…)`) have no versions. */
function isPinnedRpm(name: string, { verb }: { readonly verb?: string } = {}): boolean {
  if (verb?.startsWith("module ")) return name.includes(":");
  return /-\d[^-]*$|\.rpm$|\/|^@|\(/.test(name);
}

function isPinnedForPip(name: string): boolean {
  if (/^(git|hg|svn|bzr)[+:]/.test(name)) return /:\/\/[^/#]*\/[^#]*@/.test(name);
  return /[=<>~]|!=|\/|^\.|\.(whl|zip|tgz|tar\.\w+)$/.test(name);
}

function isPinnedForNpm(name: string): boolean {
  if (/^git(\+\w+)?:\/\//.test(name)) return name.includes("#");
  // `--unsafe-perm true`: the value of a flag.
  if (/^(true|false)$/.test(name)) return true;
  return /^([./~]|file:|https?:|workspace:)|\.(tar|tar\.gz|tgz)$|#|.@/.test(name);
}

/** `redis-6.1.0`, with a channel in front or not; `redis-beta` takes the newest of them. What is a file or an address has one version. */
function isPinnedForPecl(name: string): boolean {
  return /-\d[^/]*$|^[./]|\.(tgz|tar|xml)$|^https?:/.test(name);
}

function isPinnedForGo(name: string): boolean {
  if (name.includes("@")) return !/@latest$/.test(name);
  // Directories, files, and packages of Go itself.
  return /^[./]|\.go$|^(std|cmd|all|tool)$|^[^./]+\//.test(name);
}

import { optionSet, readWords } from "../../../model/stage/commands/command-family.ts";
import {
  APK_VALUED,
  APT_VALUED,
  CONDA_VALUED,
  DNF_VALUED,
  GEM_VALUED,
  GO_VALUED,
  NPM_VALUED,
  PECL_VALUED,
  PIP_VALUED,
  ZYPPER_VALUED,
} from "../../../model/stage/commands/manager-options.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { type Command, notedOnCommand, notedOnScript, type ShellWord } from "../../../syntax/shell/script.ts";
import type { Span } from "../../../text/span.ts";

/** `apt` is apt-get and aptitude too, `dnf` is microdnf and tdnf, `pip` is `python -m pip`, `conda` mamba and micromamba too. */
export type ManagerName =
  | "apk"
  | "apt"
  | "conda"
  | "dnf"
  | "gem"
  | "go"
  | "npm"
  | "pecl"
  | "pip"
  | "pnpm"
  | "yarn"
  | "yum"
  | "zypper";

/** They install packages of the system, by name; `npm install` and `pip install .` take what is there. */
export const SYSTEM_MANAGERS: ReadonlySet<ManagerName> = new Set(["apk", "apt", "dnf", "yum", "zypper"]);

/** What a verb does. `refresh` gets lists of packages, `release` may also remove packages to upgrade others. */
export type PackageAct = "install" | "refresh" | "upgrade" | "release" | "remove" | "clean" | "other";

/** One call of a package manager, taken apart. */
export interface PackageCommand {
  readonly manager: ManagerName;
  /** Name without directory. */
  readonly program: string;
  readonly command: Command;
  readonly act: PackageAct;
  /** As written; of two words where the first is a group of verbs: `module install`, `cache clean`. */
  readonly verb: string;
  /** The last word of the verb: options can stand behind it. */
  readonly verbWord: ShellWord;
  /** From the program's name to the verb: what a finding marks. */
  readonly span: Span;
  /** `--name` or `-n` to its value; empty for a flag. A group of short flags counts as each of them. */
  readonly options: ReadonlyMap<string, string | undefined>;
  /** What stands behind the verb and is no option, most often packages. */
  readonly operands: readonly ShellWord[];
  /** All words as far as they are known: without quotes, variables as written. */
  readonly words: readonly string[];
  /** Does a variable or a substitution make whole words, which may be options? */
  readonly isOpen: boolean;
}

interface Manager {
  readonly programs: readonly string[];
  readonly valued: ReadonlySet<string>;
  readonly acts: Readonly<Partial<Record<PackageAct, string>>>;
  /** Words that a second one completes. */
  readonly groups?: string;
}

const MINORS = [...Array(16).keys()].map((it) => `3.${it}`);
const PYTHONS: ReadonlySet<string> = new Set(["", "2", "2.7", "3", ...MINORS].map((it) => `python${it}`));

/** Verbs from the managers' own documentation (as in `manager-options.ts`, read 2026-11). */
const managers: Readonly<Record<ManagerName, Manager>> = {
  apk: {
    programs: ["apk"],
    valued: APK_VALUED,
    acts: { install: "add", refresh: "update", upgrade: "upgrade", remove: "del" },
    groups: "cache",
  },
  apt: {
    programs: ["apt-get", "apt", "aptitude"],
    valued: APT_VALUED,
    acts: {
      install: "install reinstall build-dep satisfy",
      refresh: "update",
      upgrade: "upgrade safe-upgrade",
      release: "dist-upgrade full-upgrade dselect-upgrade",
      remove: "remove purge autoremove auto-remove autopurge",
      clean: "clean dist-clean distclean",
    },
  },
  conda: {
    programs: ["conda", "mamba", "micromamba"],
    valued: CONDA_VALUED,
    acts: {
      install: "install create env:create env:update",
      upgrade: "update upgrade",
      remove: "remove uninstall",
      clean: "clean",
    },
    groups: "env config",
  },
  dnf: rpmManager(["dnf", "dnf5", "microdnf", "tdnf"]),
  yum: rpmManager(["yum"]),
  zypper: {
    programs: ["zypper"],
    valued: ZYPPER_VALUED,
    acts: {
      install: "install in source-install si",
      refresh: "refresh ref",
      upgrade: "update up patch",
      release: "dist-upgrade dup",
      remove: "remove rm",
      clean: "clean cc",
    },
  },
  pip: {
    programs: ["", "2", "2.7", "3", ...MINORS].map((it) => `pip${it}`),
    valued: PIP_VALUED,
    acts: { install: "install", remove: "uninstall", clean: "cache:purge cache:remove" },
    groups: "cache config",
  },
  npm: {
    programs: ["npm"],
    valued: NPM_VALUED,
    acts: { install: "install i add ci clean-install", remove: "uninstall", clean: "cache:clean" },
    groups: "cache config",
  },
  pnpm: {
    programs: ["pnpm"],
    valued: NPM_VALUED,
    acts: { install: "install i add", clean: "store:prune" },
    groups: "store config",
  },
  yarn: {
    programs: ["yarn"],
    valued: NPM_VALUED,
    acts: { install: "install add global:add", clean: "cache:clean" },
    groups: "cache config global",
  },
  gem: {
    programs: ["gem"],
    valued: GEM_VALUED,
    acts: { install: "install i", remove: "uninstall", upgrade: "update", clean: "cleanup" },
  },
  pecl: {
    programs: ["pecl"],
    valued: PECL_VALUED,
    acts: { install: "install", remove: "uninstall", upgrade: "upgrade upgrade-all" },
  },
  go: {
    programs: ["go"],
    valued: GO_VALUED,
    acts: { install: "install get run" },
  },
};

function rpmManager(programs: readonly string[]): Manager {
  return {
    programs,
    valued: DNF_VALUED,
    acts: {
      install: "install reinstall localinstall groupinstall module:install group:install",
      refresh: "makecache check-update",
      upgrade: "update upgrade update-minimal groupupdate downgrade swap",
      release: "distro-sync dsync",
      remove: "remove erase autoremove groupremove",
      clean: "clean",
    },
    groups: "module group groups config-manager",
  };
}

interface Reading {
  readonly name: ManagerName;
  readonly valued: ReadonlySet<string>;
  readonly acts: ReadonlyMap<string, PackageAct>;
  readonly groups: ReadonlySet<string>;
}

const readings = new Map<string, Reading>();
for (const [name, { programs, valued, acts, groups = "" }] of Object.entries(managers)) {
  const verbs = new Map<string, PackageAct>();
  for (const [act, words] of Object.entries(acts))
    for (const word of words.split(" ")) verbs.set(word.replace(":", " "), act as PackageAct);
  const reading = { name: name as ManagerName, valued, acts: verbs, groups: optionSet(groups) };
  for (const program of programs) readings.set(program, reading);
}

/** The programs of some package managers, for a rule that looks at their calls. */
export function programsOf(...names: readonly ManagerName[]): readonly string[] {
  return names.flatMap((it) =>
    it === "pip" ? [...managers[it].programs, ...PYTHONS] : managers[it].programs,
  );
}

/** All of them in one place, since each command of a file is looked up. */
const programs: ReadonlySet<string> = new Set([...readings.keys(), ...PYTHONS]);

/** Undefined for any other program, and for a package manager without a verb. */
export function readPackageCommand(command: Command): PackageCommand | undefined {
  const name = command.name?.literal;
  if (!command.name || name === undefined) return undefined;
  return programs.has(name.includes("/") ? baseName(name) : name) ? takenApart(command) : undefined;
}

/** Kept, since several rules ask for each command. */
const takenApart = notedOnCommand((command) => {
  const { name } = command;
  return name && takeApart(baseName(name.literal ?? ""), name, command);
});

/** The calls of package managers in a script, in order; kept, since several rules ask for each RUN. */
export const packageCommandsIn = notedOnScript(({ commands }): readonly PackageCommand[] => {
  const calls: PackageCommand[] = [];
  for (const command of commands) {
    const call = readPackageCommand(command);
    if (call) calls.push(call);
  }
  return calls;
});

function takeApart(program: string, name: ShellWord, command: Command): PackageCommand | undefined {
  const skipped = PYTHONS.has(program) ? moduleWords(command) : 0;
  const reading = readings.get(skipped > 0 ? "pip" : program);
  if (!reading) return undefined;

  const { arguments: all } = command;
  const words = all.map(textOf);
  const { options, operands, places } = readWords(skipped > 0 ? words.slice(skipped) : words, reading.valued);
  const [first, second] = operands;
  if (first === undefined) return undefined;
  const isGroup = reading.groups.has(first) && second !== undefined;
  const verb = isGroup ? `${first} ${second}` : first;
  const verbWord = all[skipped + (places[isGroup ? 1 : 0] ?? 0)];
  if (!verbWord) return undefined;
  const behindVerb: ShellWord[] = [];
  for (let at = isGroup ? 2 : 1; at < places.length; at++) {
    const operand = all[skipped + (places[at] ?? 0)];
    // Nothing is called so: the slip is told by `escaped-blank`.
    if (operand && !operand.literal?.startsWith(" ")) behindVerb.push(operand);
  }
  return {
    manager: reading.name,
    program,
    command,
    act: reading.acts.get(verb) ?? "other",
    verb,
    verbWord,
    span: { start: name.span.start, end: verbWord.span.end },
    options,
    operands: behindVerb,
    words,
    isOpen: all.some((it) => it.literal === undefined && /^["']?[$`]/.test(it.raw)),
  };
}

/** How many words `-m pip` takes; 0 for any other call of Python. */
function moduleWords({ arguments: words }: Command): number {
  const at = words.findIndex((it) => it.literal === "-m");
  const isFirst = at >= 0 && words.slice(0, at).every((it) => /^-[A-Za-z]+$/.test(it.literal ?? ""));
  return isFirst && words[at + 1]?.literal === "pip" ? at + 2 : 0;
}

/** A word as the program sees it, as far as that is known: quotes taken away, variables as they are written. */
export function textOf({ literal, raw }: ShellWord): string {
  return literal ?? raw.replace(/["']/g, "");
}

/** Was one of these options given, in any form? */
export function hasOption({ options }: PackageCommand, ...names: readonly string[]): boolean {
  return names.some((it) => options.has(it));
}

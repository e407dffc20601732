import type { BuildContext } from "../../../../model/context/build-context.ts";
import type { PackageManager } from "../../../../model/image/facts.ts";
import { PYTHON_SERVERS } from "../../../../model/image/python-servers.ts";
import { installerAt } from "../../../../model/stage/commands/installers.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import type { Command, Script, ShellWord } from "../../../../syntax/shell/script.ts";
import { feederOf } from "../../shell/script-flow.ts";
import {
  type PackageFiles,
  pipWords,
  requirementsOf,
  type SourcePackage,
  sourcePackages,
} from "../compiled/source-packages.ts";
import { neededByCargo } from "./cargo-needs.ts";
import { neededToFetch } from "./go-fetch-needs.ts";
import { neededByMix } from "./mix-needs.ts";

/** A program that another one starts by itself. */
export interface NeededProgram {
  readonly program: string;
  /** Who needs it and why, to stand behind "git is not in this image, and …". */
  readonly why: string;
  /** The word that makes it so. */
  readonly word: ShellWord;
  /** What installs without it; undefined when nothing does. */
  readonly instead?: string;
  /** What brings it, with what else is needed then; without, the package of its name. */
  readonly install?: Readonly<Partial<Record<PackageManager, string>>>;
}

/** Programs that start others. */
export const STARTING_OTHERS: ReadonlySet<string> = new Set([
  "bash",
  "bundle",
  "cargo",
  "go",
  "mix",
  "mvn",
  "mvnw",
  "./mvnw",
  "pip",
  "pip3",
  "pdm",
  "pecl",
  "pipenv",
  "poetry",
  "tar",
  "python",
  "python3",
  "uv",
]);

/**
 * What a command needs beside its own program. `context` is asked for files that the command reads, and `read` for those of the project in
 * the working directory.
 */
export function neededPrograms(
  command: Command,
  state: StageState,
  context: BuildContext | undefined,
  read: (file: string) => string | undefined,
): readonly NeededProgram[] {
  const program = command.name?.literal;
  if (PYTHON.test(program ?? "")) {
    const needed = neededByPackages(command, state, { context, read });
    return needed.length > 0 ? needed : neededByPython(command);
  }
  if (program === "go") return [...neededToFetch(command, state, read), ...neededByGo(command, state, read)];
  if (program === "cargo") return neededByCargo(command, state, context);
  if (program === "bundle") return neededByBundler(command, state, context);
  if (program === "pecl") return neededByPecl(command);
  if (program === "mix") return neededByMix(command, read);
  if (program === "tar") return neededByTar(command, state);
  if (/^(?:mvn|(?:\.\/)?mvnw)$/.test(program ?? "")) return neededByMaven(command, context);
  return [];
}

/** The phases that compile end with "No compiler is provided in this environment" on a Java runtime (maven.apache.org, the compiler plugin; read 2026-11). */
function neededByMaven({ arguments: words }: Command, context: BuildContext | undefined): NeededProgram[] {
  const word = words.find((it) => /^(?:compile|test|package|verify|install|deploy)$/.test(it.literal ?? ""));
  if (
    !word ||
    words.some((it) => it.literal === undefined || /^-t$|toolchain|-Dmaven\.main\.skip/.test(it.literal))
  )
    return [];
  return context?.exists("src/main/java") === "directory"
    ? [{ program: "javac", why: `Maven's ${word.literal} compiles`, word }]
    : [];
}

/**
 * The race detector is built on cgo (go help build). With CGO_ENABLED=1 packages with code in C are compiled too, where go without it
 * leaves that out when there is no compiler (cmd/cgo, since Go 1.20; read 2026-11).
 */
function neededByGo(
  command: Command,
  state: StageState,
  read: (file: string) => string | undefined,
): NeededProgram[] {
  const [verb, ...words] = command.arguments;
  if (!verb || !["build", "test", "run", "install"].includes(verb.literal ?? "")) return [];
  const race = words.find((it) => it.literal === "-race");
  if (race) return [{ program: "gcc", why: "-race needs a C compiler", word: race }];
  // Of another module nothing is known.
  if (words.some((it) => it.raw.includes("@"))) return [];
  // Another compiler is named.
  if (state.isSet("CC").is !== "no" || command.assignments.some((it) => it.name === "CC")) return [];
  if (!asksForCgo(command, state)) return [];
  const module = CGO_MODULES.exec(read("go.mod") ?? "")?.[1];
  if (module === undefined) return [];
  const why = `${module} has code in C, which CGO_ENABLED=1 compiles`;
  return [{ program: "gcc", why, word: verb, install: { apk: "gcc musl-dev", apt: "gcc libc6-dev" } }];
}

function asksForCgo({ assignments }: Command, state: StageState): boolean {
  const own = assignments.findLast((it) => it.name === "CGO_ENABLED");
  if (own) return own.value?.literal === "1";
  const value = state.variable("CGO_ENABLED");
  return value.known && value.value === "1";
}

/** Modules that are nothing without their C, where the project asks for them itself. */
const CGO_MODULES =
  /^[ \t]*(?:require[ \t]+)?(github\.com\/(?:mattn\/go-sqlite3|confluentinc\/confluent-kafka-go(?:\/v\d+)?|gographics\/imagick|h2non\/bimg|godror\/godror)) v\S+[ \t]*$/m;

/** What an installer needs that is piped into this command. */
export function neededByInstaller(command: Command, script: Script): readonly NeededProgram[] {
  const feeder = command.name?.literal === "bash" ? feederOf(command, script) : undefined;
  if (!/^(?:curl|wget)$/.test(feeder?.name?.literal ?? "")) return [];
  for (const word of feeder?.arguments ?? []) {
    const { needs, tool } = installerAt(word.literal ?? "") ?? {};
    if (needs) return needs.map((program) => ({ program, word, why: `the installer of ${tool} wants it` }));
  }
  return [];
}

const PYTHON = /^(?:uv|poetry|pdm|pipenv|pip3?|python3?)$/;

/** git for what pip clones, and a compiler for what is compiled. */
function neededByPackages(
  command: Command,
  state: StageState,
  files: PackageFiles,
): readonly NeededProgram[] {
  const words = pipWords(command);
  const cloned = (words ? requirementsOf(words, files) : []).filter(({ text }) =>
    /^(?:-e\s+|--editable[ =])?(?:[\w.[\],-]+\s*@\s*)?git\+/.test(text),
  );
  return [
    ...cloned.map(({ text, word }) => ({
      program: "git",
      why: `pip clones ${text.replace(/^.*?git\+/, "git+")}`,
      word,
    })),
    ...sourcePackages(command, state, files).flatMap((it): NeededProgram[] => [
      {
        program: "gcc",
        why: it.why,
        word: it.word,
        install: it.install,
        ...(it.instead !== undefined && { instead: it.instead }),
      },
      ...pkgConfigFor(it, state),
    ]),
  ];
}

/** mysqlclient asks it since 2.2 where its library is, unless variables say so (its setup.py and changelog, as generally known, 2026-11). */
function pkgConfigFor({ name, version, word }: SourcePackage, state: StageState): NeededProgram[] {
  const isOlder = /^\s*(?:==|~=|<|\^|~)\s*(?:1\.|2\.[01](?:\.|$|\*)|2\.2$)/.test(version);
  // Without a compiler, or the library, that is said.
  if (name !== "mysqlclient" || isOlder || state.lacksTool("gcc")) return [];
  if (state.hasLibrary("libmariadb").is === "no") return [];
  if (state.isSet("MYSQLCLIENT_CFLAGS").is !== "no") return [];
  const why = "mysqlclient asks it where MariaDB's library is";
  return [{ program: "pkg-config", why, word, install: { apt: "pkg-config", apk: "pkgconf" } }];
}

/**
 * Bundler clones what Gemfile.lock has under GIT, and compiles gems with code in C of which the file names no version for a
 * platform (rubygems.org, as generally known, 2026-11).
 */
function neededByBundler(
  { arguments: words }: Command,
  state: StageState,
  context: BuildContext | undefined,
): NeededProgram[] {
  const [word] = words;
  if (word?.literal !== "install" || state.isSet("BUNDLE_GEMFILE").is === "yes") return [];
  if (words.some((it) => /^--(gemfile|local)/.test(it.raw))) return [];
  const text = context?.read("Gemfile.lock") ?? "";
  const needed: NeededProgram[] = [];
  const remote = /^GIT\r?\n {2}remote: (\S+)/m.exec(text)?.[1];
  if (remote !== undefined) needed.push({ program: "git", why: `Bundler clones ${remote}`, word });
  const gem = COMPILED_GEMS.exec(text)?.[1];
  if (gem !== undefined)
    needed.push({ program: "gcc", why: `${gem} has code in C, which Bundler compiles`, word });
  return needed;
}

/** Gems that come as sources only; of others there are builds for platforms since some version, of pg since 1.6. */
const COMPILED_GEMS =
  /^ {4}(puma|nio4r|bootsnap|msgpack|mysql2|bcrypt|websocket-driver|unf_ext|pg(?= \((?:0|1\.[0-5])\.)) \(\d[\d.]*\)/m;

/** It compiles what it installs; Alpine's images of PHP name in PHPIZE_DEPS what that takes (docker-library/php, read 2026-11). */
function neededByPecl({ arguments: [verb, ...words] }: Command): NeededProgram[] {
  const word = words.find((it) => !it.literal?.startsWith("-"));
  if (verb?.literal !== "install" || !word) return [];
  const name = (word.literal ?? "an extension").replace(/-\d.*$/, "");
  return [
    { program: "autoconf", why: `pecl compiles ${name} with it`, word, install: { apk: "$PHPIZE_DEPS" } },
  ];
}

/** `python -m gunicorn`: the module comes with the program of its name. */
function neededByPython({ name, arguments: words }: Command): NeededProgram[] {
  const at = words.findIndex((it) => it.literal === "-m");
  const word = words[at + 1];
  const isFirst = at >= 0 && words.slice(0, at).every((it) => /^-[a-zA-Z]+$/.test(it.literal ?? ""));
  if (
    !/^python3?$/.test(name?.literal ?? "") ||
    !isFirst ||
    !word?.literal ||
    !PYTHON_SERVERS.has(word.literal)
  )
    return [];
  return [{ program: word.literal, why: "python is to start its module", word }];
}

/** GNU tar starts xz for what is packed so; BusyBox unpacks by itself. */
function neededByTar({ arguments: words }: Command, state: StageState): NeededProgram[] {
  if (!state.os.known || state.os.value.family !== "debian" || state.hasTool("busybox").is === "yes")
    return [];
  const word = words.find(
    ({ literal }, at) =>
      literal !== undefined &&
      (/^-?[a-zA-Z]*J[a-zA-Z]*$/.test(at === 0 || literal.startsWith("-") ? literal : "") ||
        literal === "--xz"),
  );
  const extracts = words.some(({ literal = "" }, at) =>
    at === 0 ? /^-?[a-zA-Z]*x/.test(literal) : /^-[a-zA-Z]*x[a-zA-Z]*$|^--extract$/.test(literal),
  );
  const archive = extracts
    ? words.find(
        ({ raw }, at) => /\.(tar\.xz|txz)["']?$/.test(raw) && /f$/.test(words[at - 1]?.literal ?? ""),
      )
    : undefined;
  const reason = word ?? archive;
  return reason ? [{ program: "xz", why: "tar starts it to unpack", word: reason }] : [];
}

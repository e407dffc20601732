import type { BuildContext } from "../../../model/context/build-context.ts";
import type { PackageManager } from "../../../model/image/facts.ts";
import { PYTHON_SERVERS } from "../../../model/image/python-servers.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";
import { neededByCargo } from "./cargo-needs.ts";
import { isPythonModule, type NamedPackage, readRequirement } from "./compiled-packages.ts";
import { projectInstall } from "./python-projects.ts";

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
  "bundle",
  "cargo",
  "go",
  "mvn",
  "mvnw",
  "./mvnw",
  "pip",
  "pip3",
  "pdm",
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
  const project = PROJECTS.test(program ?? "") ? neededByProject(command, state, read) : [];
  if (project.length > 0) return project;
  if (program === "go") return neededByGo(command);
  if (program === "pip" || program === "pip3") return neededByPip(command.arguments, state, context);
  if (program === "uv" && command.arguments[0]?.literal === "pip")
    return neededByPip(command.arguments.slice(1), state, context);
  if (program === "cargo") return neededByCargo(command, state, context);
  if (program === "bundle") return neededByBundler(command, state, context);
  if (program === "tar") return neededByTar(command, state);
  if (/^(?:mvn|(?:\.\/)?mvnw)$/.test(program ?? "")) return neededByMaven(command, context);
  if (program === "python" || program === "python3") return neededByPython(command);
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

/** The race detector is built on cgo (go help build), and so is what CGO_ENABLED=1 in front of the command asks for. */
function neededByGo({ arguments: words }: Command): NeededProgram[] {
  const [verb] = words;
  const race = words.find((it) => it.literal === "-race");
  if (!race || !["build", "test", "run", "install"].includes(verb?.literal ?? "")) return [];
  return [{ program: "gcc", why: "-race needs a C compiler", word: race }];
}

const PROJECTS = /^(?:uv|poetry|pdm|pipenv|pip3?)$/;

/** What a package that pip compiles takes, beside a compiler and Python's own headers. */
interface SourceOnly {
  /** A package of the same module with a wheel. */
  readonly instead?: string;
  readonly install: NonNullable<NeededProgram["install"]>;
}

/**
 * Packages of PyPI that have no wheel for Linux, so that pip compiles them (pypi.org, read 2026-11): with a compiler,
 * and the headers of what they bind.
 */
const SOURCE_ONLY: Readonly<Record<string, SourceOnly>> = {
  "dbus-python": headers("pkg-config libdbus-1-dev libglib2.0-dev", "pkgconf dbus-dev glib-dev"),
  mysqlclient: headers("default-libmysqlclient-dev pkg-config", "mariadb-connector-c-dev pkgconf"),
  psycopg2: { ...headers("libpq-dev", "libpq-dev"), instead: "psycopg2-binary" },
  pyaudio: headers("portaudio19-dev", "portaudio-dev"),
  pycairo: headers("libcairo2-dev pkg-config", "cairo-dev pkgconf"),
  "python-ldap": headers("libldap2-dev libsasl2-dev", "openldap-dev"),
  uwsgi: headers("", "linux-headers"),
};

function headers(apt: string, apk: string): SourceOnly {
  return { install: { apt: `gcc libc6-dev ${apt}`.trim(), apk: `gcc musl-dev ${apk}` } };
}

/** What the packages of a project need that its manager compiles, as their files in the lock file show, or are known for them. */
function neededByProject(
  command: Command,
  state: StageState,
  read: (file: string) => string | undefined,
): NeededProgram[] {
  const project = projectInstall(command, read);
  if (!project) return [];
  const libc = state.libc.known ? state.libc.value : undefined;
  return project.packages.flatMap(({ name, version, files }): NeededProgram[] => {
    const known = Object.hasOwn(SOURCE_ONLY, name) ? SOURCE_ONLY[name] : undefined;
    const isOpen = files
      ? files.every((it) => !it.endsWith(".whl") || !suits(it, libc))
      : known !== undefined;
    if (!isOpen || (!known && !(libc === "musl" && isPythonModule({ name, version }, "glibc")))) return [];
    const why = `${name} has no wheel for ${known ? "Linux" : "musl"}, so ${project.manager} compiles it`;
    return [
      { program: "gcc", why, word: project.word, install: known?.install ?? {} },
      ...pkgConfigFor({ name, version }, project.word, state),
    ];
  });
}

/** Is a wheel for systems with this C library? */
function suits(wheel: string, libc: "glibc" | "musl" | "none" | undefined): boolean {
  if (/-any\.whl$/.test(wheel)) return true;
  return libc === "musl" ? /musllinux/.test(wheel) : /linux/.test(wheel);
}

/** mysqlclient asks it since 2.2 where its library is, unless variables say so (its setup.py and changelog, as generally known, 2026-11). */
function pkgConfigFor({ name, version }: NamedPackage, word: ShellWord, state: StageState): NeededProgram[] {
  const isOlder = /^\s*(?:==|~=|<|\^|~)\s*(?:1\.|2\.[01](?:\.|$|\*)|2\.2$)/.test(version);
  // Without a compiler that is said.
  if (state.lacksTool("gcc")) return [];
  if (name !== "mysqlclient" || isOlder || state.isSet("MYSQLCLIENT_CFLAGS").is !== "no") return [];
  return [
    {
      program: "pkg-config",
      why: "mysqlclient asks it where MariaDB's library is",
      word,
      install: { apt: "pkg-config", apk: "pkgconf" },
    },
  ];
}

function neededByPip(
  words: Command["arguments"],
  state: StageState,
  context: BuildContext | undefined,
): NeededProgram[] {
  const [verb] = words;
  if (verb?.literal !== "install") return [];
  // Another place for packages may hold wheels.
  if (words.some((it) => /^(-f|--find-links|-i|--index-url|--extra-index-url|--no-index)/.test(it.raw)))
    return [];
  const needed: NeededProgram[] = [];
  words.forEach((word, at) => {
    const { literal } = word;
    const before = words[at - 1]?.literal ?? "";
    if (literal === undefined || /^(-t|--target|-c|--constraint|--prefix|--root)$/.test(before)) return;
    if (/^-r$|^--requirement$/.test(before)) {
      const text = context?.read(literal);
      for (const line of text?.split(/\r?\n/) ?? []) add(line, word, state, needed);
    } else add(literal, word, state, needed);
  });
  return needed;
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

/** Gems that come as sources only; of others there are builds for platforms since some version. */
const COMPILED_GEMS =
  /^ {4}(puma|nio4r|bootsnap|msgpack|mysql2|bcrypt|websocket-driver|unf_ext) \(\d[\d.]*\)/m;

function add(requirement: string, word: ShellWord, state: StageState, needed: NeededProgram[]): void {
  const plain = requirement.replace(/(^|\s)#.*$/, "").trim();
  if (/^(-e\s+|--editable[ =])?([\w.[\],-]+\s*@\s*)?git\+/.test(plain))
    needed.push({ program: "git", why: `pip clones ${plain.replace(/^.*?git\+/, "git+")}`, word });
  // With a marker (`; sys_platform …`) it may not be installed at all.
  const found = readRequirement(plain.replace(/\s--hash=\S+/g, ""));
  const known = found && Object.hasOwn(SOURCE_ONLY, found.name) ? SOURCE_ONLY[found.name] : undefined;
  if (!found || !known) return;
  needed.push({
    program: "gcc",
    why: `${found.name} has no wheel for Linux, so pip compiles it`,
    word,
    install: known.install,
    ...(known.instead !== undefined && word.literal === found.name && { instead: known.instead }),
  });
  needed.push(...pkgConfigFor(found, word, state));
}

/** `python -m gunicorn`: the module comes with the program of its name. */
function neededByPython({ arguments: words }: Command): NeededProgram[] {
  const at = words.findIndex((it) => it.literal === "-m");
  const word = words[at + 1];
  const isFirst = at >= 0 && words.slice(0, at).every((it) => /^-[a-zA-Z]+$/.test(it.literal ?? ""));
  if (!isFirst || !word?.literal || !PYTHON_SERVERS.has(word.literal)) return [];
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

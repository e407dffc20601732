import type { BuildContext } from "../../../../model/context/build-context.ts";
import type { Library, PackageManager } from "../../../../model/image/facts.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import type { Command, ShellWord } from "../../../../syntax/shell/script.ts";
import { projectInstall } from "../python/python-projects.ts";
import { isPythonModule, type NamedPackage, readRequirement } from "./compiled-packages.ts";

/** A package of a language that a command certainly compiles on the spot. */
export interface SourcePackage {
  readonly name: string;
  /** As the requirement has it: `==2.2`, `^2.9`. */
  readonly version: string;
  /** The word that makes it so. */
  readonly word: ShellWord;
  /** Why it is compiled, to stand behind "gcc is not in this image, and …". */
  readonly why: string;
  /** What it takes, beside the language itself. */
  readonly install: Readonly<Partial<Record<PackageManager, string>>>;
  /** What it is compiled against, where the model knows whether that is there. */
  readonly library?: Library | undefined;
  /** A package of the same module that needs none of that. */
  readonly instead?: string | undefined;
}

/** What the command may read. */
export interface PackageFiles {
  readonly context: BuildContext | undefined;
  /** The text of a file in the directory in which it runs, where that is known. */
  readonly read: (file: string) => string | undefined;
}

interface Install extends Pick<SourcePackage, "install" | "library" | "instead"> {
  /** Of later versions there are wheels: matches the versions of which there are none. */
  readonly only?: RegExp;
}

/**
 * Packages of PyPI that have no wheel for Linux, so that pip compiles them (pypi.org, read 2026-11): with a compiler,
 * and the headers of what they bind. GDAL has none on purpose (OSGeo/gdal#12347), pygraphviz has some from 2.0 on
 * (pygraphviz/pygraphviz#584; both read 2026-11-27).
 */
const SOURCE_ONLY: Readonly<Record<string, Install>> = {
  "dbus-python": headers("pkg-config libdbus-1-dev libglib2.0-dev", "pkgconf dbus-dev glib-dev"),
  gdal: headers("g++ libgdal-dev", "g++ gdal-dev"),
  mysqlclient: {
    ...headers("default-libmysqlclient-dev pkg-config", "mariadb-connector-c-dev pkgconf"),
    library: "libmariadb",
  },
  psycopg2: { ...headers("libpq-dev", "libpq-dev"), library: "libpq", instead: "psycopg2-binary" },
  pyaudio: headers("portaudio19-dev", "portaudio-dev"),
  pycairo: headers("libcairo2-dev pkg-config", "cairo-dev pkgconf"),
  pygraphviz: {
    ...headers("libgraphviz-dev", "graphviz-dev"),
    only: /^\s*(?:==|~=|\^|~)\s*1\.|^\s*(?:>=\s*1[\d.]*\s*,\s*)?<\s*2(?:\.0)*$/,
  },
  "python-ldap": headers("libldap2-dev libsasl2-dev", "openldap-dev"),
  uwsgi: headers("", "linux-headers"),
};

function headers(apt: string, apk: string): Install {
  return { install: { apt: `gcc libc6-dev ${apt}`.trim(), apk: `gcc musl-dev ${apk}` } };
}

/** The packages of Python that a command compiles: those without a wheel, as the lock file shows or as is known of them. */
export function sourcePackages(
  command: Command,
  state: StageState,
  files: PackageFiles,
): readonly SourcePackage[] {
  const words = pipWords(command);
  if (!words) return ofProject(command, state, files);
  return mayHaveOtherWheels(command, state) ? [] : ofPip(words, files);
}

/** The words behind pip, however it is called. */
export function pipWords({ name, arguments: words }: Command): readonly ShellWord[] | undefined {
  const program = name?.literal ?? "";
  const [first, second] = words;
  if (/^python3?$/.test(program) && first?.literal === "-m" && second?.literal === "pip")
    return words.slice(2);
  if (program === "uv" && first?.literal === "pip") return words.slice(1);
  return program === "pip" || program === "pip3" ? words : undefined;
}

/**
 * The requirements of `pip install`, with those of the files that it names: each as it is written, without its comment, and the
 * word that names it. None where packages may come from elsewhere, as wheels.
 */
export function requirementsOf(
  words: readonly ShellWord[],
  { context, read }: PackageFiles,
): readonly { readonly text: string; readonly word: ShellWord }[] {
  const [verb] = words;
  if (verb?.literal !== "install" || words.some((it) => ELSEWHERE.test(it.raw))) return [];
  return words.flatMap((word, at) => {
    const { literal } = word;
    const before = words[at - 1]?.literal ?? "";
    if (literal === undefined || /^(-t|--target|-c|--constraint|--prefix|--root)$/.test(before)) return [];
    if (!/^-r$|^--requirement$/.test(before)) return [{ text: literal, word }];
    const text = read(literal) ?? context?.read(literal) ?? "";
    return text.split(/\r?\n/).map((line) => ({ text: line.replace(/(^|\s)#.*$/, "").trim(), word }));
  });
}

/** Is pip told of another index, which may have wheels that PyPI does not have? */
function mayHaveOtherWheels({ assignments }: Command, state: StageState): boolean {
  return (
    assignments.some((it) => INDEX_VARIABLES.includes(it.name)) ||
    INDEX_VARIABLES.some((it) => state.isSet(it).is === "yes") ||
    state.hasPath("/etc/pip.conf").is === "yes"
  );
}

/** pip.pypa.io, Configuration; docs.astral.sh/uv, Environment variables (read 2026-11). */
const INDEX_VARIABLES = [
  ...["INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "NO_INDEX", "CONFIG_FILE"].map((it) => `PIP_${it}`),
  ...["INDEX", "DEFAULT_INDEX", "INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS"].map((it) => `UV_${it}`),
];

const ELSEWHERE = /^(-f|--find-links|-i|--index-url|--extra-index-url|--no-index)/;

function ofPip(words: readonly ShellWord[], files: PackageFiles): readonly SourcePackage[] {
  const requirements = requirementsOf(words, files);
  if (requirements.some((it) => ELSEWHERE.test(it.text))) return [];
  const own = requirements.flatMap(({ text, word }): SourcePackage[] => {
    // With a marker (`; sys_platform …`) it may not be installed at all.
    const found = readRequirement(text.replace(/\s--hash=\S+/g, ""));
    const known = found && knownOf(found);
    if (!known) return [];
    const why = `${found.name} has no wheel for Linux, so pip compiles it`;
    const instead = word.literal === found.name ? known.instead : undefined;
    return [{ ...found, ...known, instead, word, why }];
  });
  const project = projectInstall("pip", words, files.read);
  return [
    ...own,
    ...(project?.packages ?? []).flatMap((it): SourcePackage[] => {
      const known = knownOf(it);
      if (!project || !known) return [];
      const why = `${it.name} has no wheel for Linux, so pip compiles it`;
      return [{ ...it, ...known, instead: undefined, word: project.word, why }];
    }),
  ];
}

function ofProject(
  { name, arguments: words, assignments }: Command,
  { libc }: StageState,
  { read }: PackageFiles,
): readonly SourcePackage[] {
  const isPlain = assignments.every((it) => HARMLESS.test(it.name));
  const project = isPlain ? projectInstall(name?.literal ?? "", words, read) : undefined;
  if (!project) return [];
  const own = libc.known ? libc.value : undefined;
  return project.packages.flatMap((it): SourcePackage[] => {
    const known = knownOf(it);
    const isOpen = it.files ? !it.files.some((file) => suits(file, own)) : known !== undefined;
    if (!isOpen || (!known && !(own === "musl" && isPythonModule(it, "glibc")))) return [];
    const why = `${it.name} has no wheel for ${known ? "Linux" : "musl"}, so ${project.manager} compiles it`;
    return [{ ...it, install: {}, ...known, instead: undefined, word: project.word, why }];
  });
}

const HARMLESS =
  /^(?:UV_(?:COMPILE_BYTECODE|LINK_MODE|PROJECT_ENVIRONMENT|PYTHON_DOWNLOADS)|POETRY_VIRTUALENVS_\w+)$/;

function knownOf({ name, version }: NamedPackage): Install | undefined {
  const known = Object.hasOwn(SOURCE_ONLY, name) ? SOURCE_ONLY[name] : undefined;
  return known?.only?.test(version) === false ? undefined : known;
}

/** Is a file a wheel for systems with this C library? */
function suits(file: string, libc: "glibc" | "musl" | "none" | undefined): boolean {
  if (!file.endsWith(".whl")) return false;
  if (file.endsWith("-any.whl")) return true;
  return libc === "musl" ? file.includes("musllinux") : file.includes("linux");
}

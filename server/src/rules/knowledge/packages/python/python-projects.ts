import type { ShellWord } from "../../../../syntax/shell/script.ts";
import { isObject, readJsonObject } from "../../../../text/json.ts";
import { readRequirement } from "../compiled/compiled-packages.ts";
import { linesOfTable, listsIn } from "../toml-lists.ts";

/** A package that an install of a project certainly brings. */
export interface ProjectPackage {
  readonly name: string;
  /** As the manifest has it: `>=2.2`, `^2.9`. */
  readonly version: string;
  /** The names of its files, of which the lock file lists all; undefined where it does not. */
  readonly files: readonly string[] | undefined;
}

export interface ProjectInstall {
  /** As messages call it. */
  readonly manager: "uv" | "Poetry" | "PDM" | "Pipenv" | "pip";
  /** The word that makes it so. */
  readonly word: ShellWord;
  readonly packages: readonly ProjectPackage[];
}

/**
 * The packages that a manager of Python projects certainly installs: those that the project itself lists, without a condition (docs of uv, Poetry,
 * PDM, Pipenv and pip, read 2026-11). Undefined for another command, and where options choose among them.
 *
 * @param words behind the program
 * @param read gives the text of a file in the directory in which the command runs, where that is known
 */
export function projectInstall(
  program: string,
  words: readonly ShellWord[],
  read: (file: string) => string | undefined,
): ProjectInstall | undefined {
  const kind = KINDS.find((it) => it.program.test(program));
  const word = kind && words.find((it) => !it.literal?.startsWith("-"));
  if (!kind || !word || !kind.verbs.test(word.literal ?? "")) return undefined;
  if (words.some((it) => it.literal === undefined || CHOOSES.test(it.literal))) return undefined;
  const operands = words.filter(
    (it, at) =>
      at > words.indexOf(word) &&
      !it.literal?.startsWith("-") &&
      !/^(?:--extra|--extras|-E|--with|--no-group|--with-editable)$/.test(words[at - 1]?.literal ?? ""),
  );
  const isOwn = kind.manager === "pip" ? operands.length === 1 : operands.length === 0;
  if (!isOwn || (kind.manager === "pip" && !/^\.\/?(?:\[[\w,-]+\])?$/.test(operands[0]?.literal ?? "")))
    return undefined;
  const manifest = read(kind.manifest);
  if (manifest === undefined) return undefined;
  const locked = kind.lock === undefined ? undefined : read(kind.lock);
  const packages = (kind.manager === "Pipenv" ? ofPipfile(locked) : ofProject(manifest)).flatMap((it) => {
    if (locked === undefined || kind.manager === "Pipenv") return [{ ...it, files: undefined }];
    const files = filesIn(locked, it.name);
    return files === "elsewhere" ? [] : [{ ...it, files }];
  });
  return { manager: kind.manager, word, packages };
}

interface Kind {
  readonly manager: ProjectInstall["manager"];
  readonly program: RegExp;
  readonly verbs: RegExp;
  readonly manifest: string;
  readonly lock?: string;
}

const KINDS: readonly Kind[] = [
  { manager: "uv", program: /^uv$/, verbs: /^sync$/, manifest: "pyproject.toml", lock: "uv.lock" },
  {
    manager: "Poetry",
    program: /^poetry$/,
    verbs: /^(?:install|sync)$/,
    manifest: "pyproject.toml",
    lock: "poetry.lock",
  },
  {
    manager: "PDM",
    program: /^pdm$/,
    verbs: /^(?:install|sync)$/,
    manifest: "pyproject.toml",
    lock: "pdm.lock",
  },
  {
    manager: "Pipenv",
    program: /^pipenv$/,
    verbs: /^(?:install|sync)$/,
    manifest: "Pipfile",
    lock: "Pipfile.lock",
  },
  { manager: "pip", program: /^pip3?$/, verbs: /^install$/, manifest: "pyproject.toml" },
];

/** Another project, or not all of it, or from elsewhere. */
const CHOOSES =
  /^(?:--(?:only|only-group|only-dev|without|no-install-package|no-install-local|package|project|directory|script|dry-run|categories|no-deps|no-build-isolation|no-default|prefer-binary|only-binary|find-links|index-url|extra-index-url|no-index|target|python-platform|platform|group|active|skip-lock|no-lock|help)(?:=|$)|-[fiCPGtp]$)/;

/** Of `[project]`, or of Poetry's own table. */
function ofProject(text: string): readonly Omit<ProjectPackage, "files">[] {
  const own = listsIn(text, { project: /^\s*dependencies\s*=\s*\[/ }).flatMap(
    (it) => readRequirement(it) ?? [],
  );
  const poetry = linesOfTable(text, "tool.poetry.dependencies").flatMap((line) => {
    const [, name, plain, table] =
      /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=\s*(?:"([^"]*)"|\{([^{}]*)\})\s*(?:#.*)?$/.exec(line) ?? [];
    const version = plain ?? /\bversion\s*=\s*"([^"]*)"/.exec(table ?? "")?.[1];
    if (
      name === undefined ||
      version === undefined ||
      /optional|markers|python|platform|source/.test(table ?? "")
    )
      return [];
    return [{ name: normalized(name), version }];
  });
  return [...own, ...poetry];
}

/** Pipfile.lock names all that is installed, with a condition where there is one. */
function ofPipfile(text: string | undefined): readonly Omit<ProjectPackage, "files">[] {
  const json = readJsonObject(text ?? "");
  const packages = json?.["default"];
  // Another index may have wheels of its own.
  if (/"url":\s*"(?!https:\/\/pypi\.(?:org|python\.org)\/simple)/.test(text ?? "")) return [];
  return Object.entries(isObject(packages) ? packages : {}).flatMap(([name, it]) => {
    const markers = isObject(it) ? (it["markers"] ?? "") : undefined;
    const version = isObject(it) ? it["version"] : undefined;
    const isOpen = typeof markers !== "string" || /platform|sys_|os_name|extra|implementation/.test(markers);
    return isOpen || typeof version !== "string" ? [] : [{ name: normalized(name), version }];
  });
}

/**
 * Of uv.lock, poetry.lock and pdm.lock. Undefined where none is listed; "elsewhere" for a package that stands there twice or not at all, or
 * comes from no index.
 */
function filesIn(text: string, name: string): readonly string[] | undefined | "elsewhere" {
  const [own, ...more] = text
    .replace(/^\[metadata[\s\S]*/m, "")
    .split("[[package]]")
    .filter((it) => {
      const written = /^\s*name\s*=\s*"([^"]+)"/m.exec(it)?.[1];
      return written !== undefined && normalized(written) === name;
    });
  if (own === undefined || more.length > 0 || NO_INDEX.test(own)) return "elsewhere";
  const files = [...own.matchAll(/[\w.+-]+\.(?:whl|tar\.gz|tar\.bz2|zip)(?=["#])/g)].map(([it]) => it);
  return files.length > 0 ? files : undefined;
}

const NO_INDEX =
  /^source\s*=\s*\{\s*(?!\s|registry\b)|^type\s*=\s*"(?:file|url|git|directory)"|^(?:git|path|url)\s*=/m;

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

import { baseName } from "../../../model/stage/paths.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";

/** A file without which a command ends, or does nothing. */
export interface NeededFile {
  /** As the message names the command: `pip install -r`. */
  readonly command: string;
  /** Any of these will do; relative to the directory in which the command runs, or absolute. */
  readonly files: readonly [string, ...string[]];
  /** Are the folders above looked in too? */
  readonly above: boolean;
  /** `stops`: the command fails; `idle`: it ends well and has done nothing. */
  readonly without: "stops" | "idle";
  /** What it reads beside that where it is there. */
  readonly beside: readonly string[];
  /** Is that all it reads of the project? */
  readonly isAll: boolean;
  readonly word?: ShellWord | undefined;
}

/**
 * What a command needs of a project: its manifest, a requirements file, a script (docs of npm, pnpm, Yarn, pip, uv, Poetry, Go, Cargo,
 * Maven, Gradle, Bundler, Composer, .NET, Mix, GNU make; read 2026-11). Several where it names several files.
 */
export function neededFiles({ name, arguments: words }: Command): readonly NeededFile[] {
  const texts = words.map((it) => it.literal);
  // What a variable stands for may be another folder.
  if (texts.includes(undefined)) return [];
  const all = texts.flatMap((it) => it ?? []);
  const program = baseName(name?.literal ?? "");
  if (PYTHON.test(program)) {
    const isPip = all[0] === "-m" && all[1] === "pip";
    return isPip ? ofPip(words.slice(2)) : ofInterpreter(program, words);
  }
  if (program === "pip" || program === "pip3") return ofPip(words);
  if (program === "uv" && all[0] === "pip") return ofPip(words.slice(1));
  if (INTERPRETERS.has(program)) return ofInterpreter(program, words);
  if (program === "dotnet") return ofDotnet(words);
  if (all.some((it) => ELSEWHERE.test(it))) return [];
  const found = ofManifest(program, all);
  return found ? [found] : [];
}

const PYTHON = /^python(?:3(?:\.\d+)?)?$/;

/** The project is in another directory, or none is meant. */
const ELSEWHERE =
  /^(?:--prefix|-C|--dir|--cwd|--workspace|-w|--workspaces|-ws|--filter|-F|-r|--recursive|--project|--directory|--gemfile|--script|--manifest-path|-g|--global|global|-f|--file|--makefile|-p|--project-dir|-d|--working-dir|-h|--help|-V|--version|-v|-n|--chdir|-b|--build-file|--package-path)(?:=|$)/;

function manifest(
  command: string,
  files: readonly [string, ...string[]],
  more: Partial<NeededFile> = {},
): NeededFile {
  return { command, files, above: true, without: "stops", beside: [], isAll: false, ...more };
}

function ofManifest(program: string, all: readonly string[]): NeededFile | undefined {
  const operands = all.filter((it) => !it.startsWith("-"));
  const [verb = "", second] = operands;
  const label = (...words: (string | undefined)[]) =>
    [program, ...words].filter((it) => it !== undefined && it !== "").join(" ");
  switch (program) {
    case "npm": {
      const isIdle = /^(?:install|i)$/.test(verb) && second === undefined;
      if (isIdle)
        return manifest(label(verb), ["package.json"], {
          ...{ without: "idle", isAll: true, beside: ["package-lock.json"] },
        });
      return /^(?:run|run-script)$/.test(verb) && second !== undefined
        ? manifest(label(verb, second), ["package.json"])
        : /^(?:start|test|t)$/.test(verb)
          ? manifest(label(verb), ["package.json"])
          : undefined;
    }
    case "pnpm":
      if (/^(?:install|i)$/.test(verb) && second === undefined)
        return manifest(label(verb), ["package.json"], { isAll: true, beside: ["pnpm-lock.yaml"] });
      return verb === "run" && second !== undefined
        ? manifest(label(verb, second), ["package.json"])
        : undefined;
    case "yarn":
      return verb === "run" || /^(?:build|start|test)$/.test(verb)
        ? manifest(label(verb, verb === "run" ? second : undefined), ["package.json"])
        : undefined;
    case "go": {
      const isModule = verb === "mod" && /^(?:download|tidy|verify|vendor)$/.test(second ?? "");
      if (isModule)
        return manifest(label(verb, second), ["go.mod", "go.work"], {
          ...{ isAll: second === "download" && operands.length === 2, beside: ["go.sum"] },
        });
      // Files by their names, and packages of the standard library, need no module.
      const packages = all.slice(all.indexOf(verb) + 1).filter((it, at, rest) => {
        const before = rest[at - 1] ?? "";
        return (
          !it.startsWith("-") && !/^-{1,2}(?:o|ldflags|gcflags|tags|mod|asmflags|p|buildmode)$/.test(before)
        );
      });
      const isOwn = packages.every((it) => /^\.{1,2}(?:\/|$)/.test(it) && !it.endsWith(".go"));
      return /^(?:build|test|vet|generate)$/.test(verb) && isOwn && !all.some((it) => /^--?modfile/.test(it))
        ? manifest(label(verb), ["go.mod", "go.work"])
        : undefined;
    }
    case "cargo":
      return /^(?:build|b|check|c|fetch|test|t|run|r|clippy|vendor)$/.test(verb)
        ? manifest(label(verb), ["Cargo.toml"])
        : undefined;
    case "mvn":
    case "mvnw": {
      const goal = operands.find((it) => MAVEN.test(it));
      return goal === undefined ? undefined : manifest(label(goal), ["pom.xml"], { above: false });
    }
    case "gradle":
    case "gradlew": {
      const task = operands.find((it) => GRADLE.test(it));
      return task === undefined
        ? undefined
        : manifest(label(task), [
            "settings.gradle",
            "settings.gradle.kts",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle.dcl",
          ]);
    }
    case "bundle":
      return all.length === 0 || verb === "install" || verb === "exec"
        ? manifest(label(verb), ["Gemfile", "gems.rb"], { isAll: verb !== "exec", beside: ["Gemfile.lock"] })
        : undefined;
    case "composer":
      return /^(?:install|i|update|dump-autoload|dumpautoload)$/.test(verb)
        ? manifest(label(verb), ["composer.json"], { above: false, beside: ["composer.lock"] })
        : undefined;
    case "poetry":
      return /^(?:install|build|export|sync)$/.test(verb)
        ? manifest(label(verb), ["pyproject.toml"], { beside: ["poetry.lock"] })
        : undefined;
    case "uv":
      return /^(?:sync|lock|export)$/.test(verb)
        ? manifest(label(verb), ["pyproject.toml"], { beside: ["uv.lock"] })
        : undefined;
    case "make":
      return operands.every((it) => /^(?:all|build|install|test|\w+=.*)$/.test(it)) &&
        !all.some((it) => /^-[a-zA-Z]*[fC]/.test(it))
        ? manifest(label(operands[0]), ["Makefile", "makefile", "GNUmakefile"], { above: false })
        : undefined;
    case "mix":
      return /^(?:deps\.get|deps\.compile|compile|release|phx\.digest|assets\.deploy)$/.test(verb)
        ? manifest(label(verb), ["mix.exs"], {
            above: false,
            beside: ["mix.lock"],
            isAll: verb === "deps.get",
          })
        : undefined;
    default:
      return undefined;
  }
}

/** Phases, and goals that ask for a project. */
const MAVEN =
  /^(?:validate|compile|test|package|verify|install|deploy|clean|dependency:(?:go-offline|resolve|resolve-plugins))$/;

/** Tasks that no Gradle brings by itself. */
const GRADLE = /^:?(?:build|assemble|bootJar|bootWar|jar|war|shadowJar|test|installDist|buildFatJar)$/;

function ofPip(words: readonly ShellWord[]): readonly NeededFile[] {
  const [verb] = words;
  if (verb?.literal !== "install" && verb?.literal !== "wheel" && verb?.literal !== "sync") return [];
  return words.flatMap((word, at): readonly NeededFile[] => {
    const text = word.literal ?? "";
    const before = words[at - 1]?.literal ?? "";
    const joined = /^(?:--requirement=|-r|--constraint=)(?!equire)(.+)$/.exec(text)?.[1];
    const file = joined ?? (/^(?:-r|--requirement|-c|--constraint)$/.test(before) ? text : undefined);
    if (file === undefined || !PLAIN.test(file)) return [];
    const option = joined === undefined ? before : text.startsWith("--c") ? "--constraint" : "-r";
    return [named(`pip ${verb.literal} ${option}`, file, word, true)];
  });
}

/** A path as it is written, in words that nothing expands. */
const PLAIN = /^(?:\.{0,2}\/)?[\w.@+-]+(?:\/[\w.@+-]+)*$/;

function named(command: string, file: string, word: ShellWord, isAll = false): NeededFile {
  return { command, files: [file], above: false, without: "stops", beside: [], isAll, word };
}

const INTERPRETERS: ReadonlyMap<string, RegExp> = new Map([
  ["node", /\.[cm]?js$/],
  ["php", /\.php$|^artisan$|^bin\/console$/],
  ["ruby", /\.rb$/],
  ["perl", /\.pl$/],
  ["sh", /\.(?:ba)?sh$/],
  ["bash", /\.(?:ba)?sh$/],
  ["ash", /\.(?:ba)?sh$/],
]);

/** The script that is the first operand; an option in front of it may take a word. */
function ofInterpreter(program: string, words: readonly ShellWord[]): readonly NeededFile[] {
  const [word] = words;
  const text = word?.literal;
  const script = PYTHON.test(program) ? /\.py$/ : INTERPRETERS.get(program);
  if (!word || text === undefined || text.startsWith("-") || !PLAIN.test(text) || !script?.test(text))
    return [];
  return [named(program, text, word)];
}

/** `dotnet restore api/api.csproj`. */
function ofDotnet(words: readonly ShellWord[]): readonly NeededFile[] {
  const [verb, word] = words;
  const file = word?.literal?.replaceAll("\\", "/");
  if (!/^(?:restore|build|publish|test)$/.test(verb?.literal ?? "") || !word || file === undefined) return [];
  return PLAIN.test(file) && /\.(?:(?:cs|fs|vb)proj|slnx?)$/.test(file)
    ? [named(`dotnet ${verb?.literal}`, file, word)]
    : [];
}

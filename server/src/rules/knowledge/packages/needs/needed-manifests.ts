import { GRADLE_BUILD } from "../../../../model/stage/projects/gradle-tasks.ts";
import { valueIn } from "../../../../text/value-in.ts";
import type { NeededFile } from "./needed-file.ts";

/**
 * The manifest of its project that a command looks for itself (docs of npm, pnpm, Yarn, Go, Cargo, Maven, Gradle, Bundler, Composer,
 * Poetry, uv, Mix, GNU make; read 2026-11); undefined where it needs none, or another folder's.
 *
 * @param program by its name, without a path
 * @param words behind it, none of which holds a variable
 */
export function neededManifest(program: string, words: readonly string[]): NeededFile | undefined {
  if (words.some((it) => ELSEWHERE.test(it))) return undefined;
  const operands = words.filter((it) => !it.startsWith("-"));
  const [verb = "", second] = operands;
  return valueIn(manifests, program)?.({ program, words, operands, verb, second });
}

/** The project is in another directory, or none is meant. */
const ELSEWHERE =
  /^(?:--prefix|-C|--dir|--cwd|--workspace|-w|--workspaces|-ws|--filter|-F|-r|--recursive|--project|--directory|--gemfile|--script|--manifest-path|-g|--global|global|-f|--file|--makefile|-p|--project-dir|-d|--working-dir|-h|--help|-V|--version|-v|-n|--chdir|-b|--build-file|--package-path)(?:=|$)/;

interface ManifestCall {
  readonly program: string;
  readonly words: readonly string[];
  /** Words that are no options. */
  readonly operands: readonly string[];
  readonly verb: string;
  readonly second: string | undefined;
}

type FindManifest = (call: ManifestCall) => NeededFile | undefined;

const ofMaven: FindManifest = ({ program, operands }) => {
  const goal = operands.find((it) => MAVEN.test(it));
  return goal === undefined ? undefined : manifest([program, goal], ["pom.xml"], { above: false });
};

/** Phases, and goals that ask for a project. */
const MAVEN =
  /^(?:validate|compile|test|package|verify|install|deploy|clean|dependency:(?:go-offline|resolve|resolve-plugins))$/;

const ofGradle: FindManifest = ({ program, operands }) => {
  // Tasks that no Gradle brings by itself.
  const task = operands.find((it) => GRADLE_BUILD.test(it) || it === "test" || it === ":test");
  return task === undefined
    ? undefined
    : manifest(
        [program, task],
        ["settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts", "settings.gradle.dcl"],
      );
};

const manifests: Readonly<Record<string, FindManifest>> = {
  npm({ program, verb, second }) {
    if (/^(?:install|i)$/.test(verb) && second === undefined) {
      const beside = ["package-lock.json"];
      return manifest([program, verb], ["package.json"], { without: "idle", isAll: true, beside });
    }
    if (/^(?:run|run-script)$/.test(verb) && second !== undefined)
      return manifest([program, verb, second], ["package.json"]);
    return /^(?:start|test|t)$/.test(verb) ? manifest([program, verb], ["package.json"]) : undefined;
  },
  pnpm({ program, verb, second }) {
    if (/^(?:install|i)$/.test(verb) && second === undefined)
      return manifest([program, verb], ["package.json"], { isAll: true, beside: ["pnpm-lock.yaml"] });
    return verb === "run" && second !== undefined
      ? manifest([program, verb, second], ["package.json"])
      : undefined;
  },
  yarn: ({ program, verb, second }) =>
    /^(?:run|build|start|test)$/.test(verb)
      ? manifest([program, verb, verb === "run" ? second : undefined], ["package.json"])
      : undefined,
  go({ program, words, operands, verb, second }) {
    const files = ["go.mod", "go.work"] as const;
    if (verb === "mod" && /^(?:download|tidy|verify|vendor)$/.test(second ?? "")) {
      const isAll = second === "download" && operands.length === 2;
      return manifest([program, verb, second], files, { isAll, beside: ["go.sum"] });
    }
    if (!/^(?:build|test|vet|generate)$/.test(verb) || words.some((it) => /^--?modfile/.test(it)))
      return undefined;
    return namesOwnPackages(words.slice(words.indexOf(verb) + 1))
      ? manifest([program, verb], files)
      : undefined;
  },
  cargo: ({ program, verb }) =>
    /^(?:build|b|check|c|fetch|test|t|run|r|clippy|vendor)$/.test(verb)
      ? manifest([program, verb], ["Cargo.toml"])
      : undefined,
  mvn: ofMaven,
  mvnw: ofMaven,
  gradle: ofGradle,
  gradlew: ofGradle,
  bundle: ({ program, words, verb }) =>
    words.length === 0 || verb === "install" || verb === "exec"
      ? manifest([program, verb], ["Gemfile", "gems.rb"], {
          isAll: verb !== "exec",
          beside: ["Gemfile.lock"],
        })
      : undefined,
  composer: ({ program, verb }) =>
    /^(?:install|i|update|dump-autoload|dumpautoload)$/.test(verb)
      ? manifest([program, verb], ["composer.json"], { above: false, beside: ["composer.lock"] })
      : undefined,
  poetry: ({ program, verb }) =>
    /^(?:install|build|export|sync)$/.test(verb)
      ? manifest([program, verb], ["pyproject.toml"], { beside: ["poetry.lock"] })
      : undefined,
  uv: ({ program, verb }) =>
    /^(?:sync|lock|export)$/.test(verb)
      ? manifest([program, verb], ["pyproject.toml"], { beside: ["uv.lock"] })
      : undefined,
  make: ({ program, words, operands }) =>
    operands.every((it) => /^(?:all|build|install|test|\w+=.*)$/.test(it)) &&
    !words.some((it) => /^-[a-zA-Z]*[fC]/.test(it))
      ? manifest([program, operands[0]], ["Makefile", "makefile", "GNUmakefile"], { above: false })
      : undefined,
  mix: ({ program, verb }) =>
    /^(?:deps\.get|deps\.compile|compile|release|phx\.digest|assets\.deploy)$/.test(verb)
      ? manifest([program, verb], ["mix.exs"], {
          above: false,
          beside: ["mix.lock"],
          isAll: verb === "deps.get",
        })
      : undefined,
};

function manifest(
  command: readonly (string | undefined)[],
  files: readonly [string, ...string[]],
  more: Partial<NeededFile> = {},
): NeededFile {
  const written = command.filter((it) => it !== undefined && it !== "").join(" ");
  return { command: written, files, above: true, without: "stops", beside: [], isAll: false, ...more };
}

/** Files of Go by their names, and packages of the standard library, need no module. */
function namesOwnPackages(words: readonly string[]): boolean {
  const packages = words.filter((it, at) => {
    const before = words[at - 1] ?? "";
    return !it.startsWith("-") && !/^-{1,2}(?:o|ldflags|gcflags|tags|mod|asmflags|p|buildmode)$/.test(before);
  });
  return packages.every((it) => /^\.{1,2}(?:\/|$)/.test(it) && !it.endsWith(".go"));
}

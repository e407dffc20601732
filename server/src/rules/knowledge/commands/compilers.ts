import { baseName } from "../../../model/stage/paths.ts";
import { GRADLE_BUILD } from "../../../model/stage/projects/gradle-tasks.ts";
import { SHELLS } from "../../../model/stage/started/start-step.ts";
import type { Command, ShellWord } from "../../../syntax/shell/script.ts";

/** Commands that compile a program: what they leave is all that a running service needs. */
const compiles: Readonly<Record<string, RegExp>> = {
  go: /^(build|install)$/,
  cargo: /^(build|install|zigbuild)$/,
  mvn: /^(package|verify|install|compile)$/,
  mvnw: /^(package|verify|install|compile)$/,
  gradle: GRADLE_BUILD,
  gradlew: GRADLE_BUILD,
  dotnet: /^(build|publish)$/,
  swift: /^build$/,
  stack: /^(build|install)$/,
  cabal: /^(build|install)$/,
  sbt: /(assembly|stage|package|dist)$/,
  zig: /^build(-exe)?$/,
  // What it makes holds its Erlang ("mix release", include_erts; as generally known).
  mix: /^release$/,
  javac: /./,
  rustc: /./,
  gcc: /\.(c|cc|cpp|o)$/,
  "g++": /\.(c|cc|cpp|o)$/,
  nvcc: /\.(cu|c|cc|cpp|o)$/,
  cmake: /^--build$/,
};

/** Programs of a toolchain: a container that starts one of them wants the toolchain. */
const toolchainPrograms =
  /^(.*\/)?(go|air|dlv|cargo|rustc|mvnw?|gradlew?|sbt|swift|stack|cabal|mix|iex|javac|gcc|make|reflex|gopls)$/;

/** The name of the program that a command calls, and its words: of a script that a shell is handed (`sh ./gradlew build`), the script's. */
export function calledBy({ name, arguments: words }: Command): {
  readonly program: string | undefined;
  readonly words: readonly ShellWord[];
  readonly isScript: boolean;
} {
  const program = name?.literal === undefined ? undefined : baseName(name.literal);
  const [first, ...rest] = words;
  const isHanded = SHELLS.has(program ?? "") && first !== undefined && !first.raw.startsWith("-");
  if (!isHanded) return { program, words, isScript: mayBeScript(name?.literal ?? "") };
  return {
    program: first.literal === undefined ? undefined : baseName(first.literal),
    words: rest,
    isScript: true,
  };
}

function mayBeScript(path: string): boolean {
  return path.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[\w-]+$/.test(path);
}

/** Does it make a program out of sources? */
export function isCompileCommand(command: Command): boolean {
  const { program, words } = calledBy(command);
  if (program === "ninja") return true;
  const verb = program === undefined || !Object.hasOwn(compiles, program) ? undefined : compiles[program];
  return verb !== undefined && words.some((it) => verb.test(it.literal ?? it.raw));
}

/** Does a container that starts with these words use the compiler at run time? */
export function startsToolchain(words: readonly string[]): boolean {
  const [program = "", verb = ""] = words;
  const isShell = /^(.*\/)?(ba|a|da|z)?sh$/.test(program) && words.length === 1;
  return (
    isShell || toolchainPrograms.test(program) || (program === "dotnet" && /^(run|watch|test|ef)$/.test(verb))
  );
}

/** Does a container that starts with these words compile its sources and run them: `go run .`, `dotnet run`? */
export function compilesAtStart([program = "", ...words]: readonly string[]): boolean {
  const [verb = ""] = words.filter((it) => !it.startsWith("-"));
  const name = baseName(program);
  if (/^(go|cargo|dotnet)$/.test(name)) return verb === "run" && !words.some((it) => it.includes("@"));
  if (/^mvnw?$/.test(name)) return words.includes("spring-boot:run") || words.includes("quarkus:run");
  return /^gradlew?$/.test(name) && words.some((it) => /^(:[\w-]+)*:?(bootRun|run)$/.test(it));
}

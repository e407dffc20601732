import { baseName } from "../../../../model/stage/paths.ts";
import type { Command, ShellWord } from "../../../../syntax/shell/script.ts";
import { isPlainPath } from "../../commands/plain-path.ts";
import type { NeededFile } from "./needed-file.ts";
import { neededManifest } from "./needed-manifests.ts";

/**
 * What a command needs of a project: its manifest, or a requirements file, a project of .NET, a script that it names (docs of pip and .NET,
 * read 2026-11). Several where it names several files; none where a variable stands among its words.
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
  const prisma = behindRunner(program, all) === "prisma" ? ofPrisma(words) : undefined;
  if (prisma) return prisma;
  const found = neededManifest(program, all);
  return found ? [found] : [];
}

const PYTHON = /^python(?:3(?:\.\d+)?)?$/;

function ofPip(words: readonly ShellWord[]): readonly NeededFile[] {
  const [verb] = words;
  if (verb?.literal !== "install" && verb?.literal !== "wheel" && verb?.literal !== "sync") return [];
  return words.flatMap((word, at): readonly NeededFile[] => {
    const text = word.literal ?? "";
    const before = words[at - 1]?.literal ?? "";
    const joined = /^(?:--requirement=|-r|--constraint=)(?!equire)(.+)$/.exec(text)?.[1];
    const file = joined ?? (/^(?:-r|--requirement|-c|--constraint)$/.test(before) ? text : undefined);
    if (file === undefined || !isPlainPath(file)) return [];
    const option = joined === undefined ? before : text.startsWith("--c") ? "--constraint" : "-r";
    return [named(`pip ${verb.literal} ${option}`, file, word, true)];
  });
}

function named(command: string, file: string, word: ShellWord | undefined, isAll = false): NeededFile {
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
  if (!word || text === undefined || text.startsWith("-") || !isPlainPath(text) || !script?.test(text))
    return [];
  return [named(program, text, word)];
}

/** `dotnet restore api/api.csproj`. */
function ofDotnet(words: readonly ShellWord[]): readonly NeededFile[] {
  const [verb, word] = words;
  const file = word?.literal?.replaceAll("\\", "/");
  if (!/^(?:restore|build|publish|test)$/.test(verb?.literal ?? "") || !word || file === undefined) return [];
  return isPlainPath(file) && /\.(?:(?:cs|fs|vb)proj|slnx?)$/.test(file)
    ? [named(`dotnet ${verb?.literal}`, file, word)]
    : [];
}

/** The program of a project's packages that a command starts: `npx --yes prisma`, `pnpm exec prisma`, `yarn prisma`. */
function behindRunner(program: string, texts: readonly string[]): string | undefined {
  const [first, second] = texts.filter((it) => !it.startsWith("-"));
  if (program === "npx" || program === "bunx") return first;
  if (!/^(?:pnpm|yarn|bun)$/.test(program)) return program;
  return first === "exec" || first === "x" || first === "dlx" || first === "run" ? second : first;
}

/**
 * `prisma generate` ends where it finds no schema: the one that is named, or in one of its places, or where a configuration says
 * (prisma.io, Schema location, read 2026-11).
 */
function ofPrisma(words: readonly ShellWord[]): readonly NeededFile[] {
  const texts = words.map((it) => it.literal ?? "");
  if (
    texts[texts.indexOf("prisma") + 1] !== "generate" ||
    texts.some((it) => /^(?:--config|--no-hints)\b/.test(it))
  )
    return [];
  const at = texts.findIndex((it) => /^--schema(?:=|$)/.test(it));
  if (at < 0)
    return [
      { ...named("prisma generate", "prisma/schema.prisma", undefined, true), files: PRISMA, above: true },
    ];
  const [, joined] = /^--schema=(.+)$/.exec(texts[at] ?? "") ?? [];
  const word = joined === undefined ? words[at + 1] : words[at];
  const file = joined ?? word?.literal ?? "";
  return word && isPlainPath(file) && file.endsWith(".prisma")
    ? [named("prisma generate", file, word, true)]
    : [];
}

const PRISMA: NeededFile["files"] = [
  "prisma/schema.prisma",
  "schema.prisma",
  "prisma/schema",
  ...["ts", "mts", "cts", "js", "mjs", "cjs"].map((it) => `prisma.config.${it}`),
  ".config/prisma.ts",
];

import type { PackageJson } from "../../../model/stage/package-json.ts";
import type { Command, ShellReader } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import { wordsOf } from "../../knowledge/packages/node/node-installs.ts";

/** The script of package.json that a command runs: `npm run build`, `yarn build`. */
export function packageScriptOf(command: Command): string | undefined {
  const [verb, name] = wordsOf(command);
  const program = command.name?.literal;
  if (program === undefined || !/^(npm|yarn|pnpm)$/.test(program)) return undefined;
  if (verb === "run" || verb === "run-script") return name;
  if (program === "npm") return verb === "test" || verb === "t" ? "test" : undefined;
  return verb !== undefined && /^(build|compile|test|lint|bundle)\b/.test(verb) ? verb : undefined;
}

/**
 * Does a script of package.json write to one folder only, by compilers whose output that is? Scripts that it calls are
 * followed; a program that is not known may write anywhere.
 */
export function buildsInto(
  output: string,
  script: string,
  { scripts }: Pick<PackageJson, "scripts">,
  shell: ShellReader,
  depth = 0,
): boolean {
  const around = [`pre${script}`, script, `post${script}`].filter((it) => Object.hasOwn(scripts, it));
  if (depth > DEEPEST || !around.includes(script)) return false;
  return around.every((name) => {
    const text = scripts[name] ?? "";
    const { commands, complete } = shell.read(unmapped(text));
    // Of two projects one may be written elsewhere, which only their settings tell.
    const isOne = commands.filter((it) => it.name?.literal === "tsc").length <= 1;
    return complete && isOne && commands.every((it) => isStep(it, output, { scripts }, shell, depth));
  });
}

/** More than this goes round in a circle of scripts. */
const DEEPEST = 6;

function isStep(
  command: Command,
  output: string,
  json: Pick<PackageJson, "scripts">,
  shell: ShellReader,
  depth: number,
): boolean {
  const script = packageScriptOf(command);
  if (script !== undefined) return CHECKS.test(script) || buildsInto(output, script, json, shell, depth + 1);
  return isCompiler(command, output);
}

/** Scripts that leave nothing. */
const CHECKS = /^(test|lint|typecheck|type-check|check|format|clean)(:|$)/;

/** Does a command compile into this folder, or tidy up? */
export function isCompiler(command: Command, output: string): boolean {
  const [first = "", ...rest] = [command.name?.literal ?? "", ...wordsOf(command)].filter(
    (it) => !/^\w+=/.test(it),
  );
  if (/^(cross-env|npx)$/.test(first)) {
    const at = rest.findIndex((it) => !it.startsWith("-") && !/^\w+=/.test(it));
    return at >= 0 && knows(rest[at] ?? "", rest.slice(at + 1), output);
  }
  return knows(first, rest, output);
}

function knows(program: string, words: readonly string[], output: string): boolean {
  if (/^(tsc|tsc-alias|rimraf|del-cli|del|echo|rm|mkdir|true)$/.test(program))
    return writesInto(words, output);
  if (program === "nest") return words[0] === "build" && writesInto(words, output);
  // These need to be told where to write, or write to `dist`.
  if (/^(tsup|ncc|vite|webpack|rollup|esbuild|swc|babel|tsdown|unbuild|pkgroll)$/.test(program))
    return output === "dist" ? writesInto(words, output) : namesOutput(words, output);
  return /^(cp|cpx|cpy|copyfiles|shx)$/.test(program) && isIn(words.at(-1) ?? "", output);
}

function writesInto(words: readonly string[], output: string): boolean {
  const given = outputsOf(words);
  return given.every((it) => isIn(it, output));
}

function namesOutput(words: readonly string[], output: string): boolean {
  const given = outputsOf(words);
  return given.length > 0 && given.every((it) => isIn(it, output));
}

/** `--outDir build`, `--out-dir=build`, `-d build`, `-o build`, `--outfile=build/x.js`. */
function outputsOf(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const found = OUTPUT.exec(word);
    return found ? [found[1] ?? words[at + 1] ?? ""] : [];
  });
}

const OUTPUT = /^(?:--?(?:out-?dir|outfile|out|output-path|dist|dir|file)|-[do])(?:=(.*))?$/i;

function isIn(path: string, output: string): boolean {
  const clean = path.replace(/^\.\//, "").replace(/\/+$/, "");
  return clean === output || clean.startsWith(`${output}/`);
}

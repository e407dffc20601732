import { baseName } from "../paths.ts";
import { type Assignments, type KnownWord, NO_ASSIGNMENTS, type StartedWord } from "./started-word.ts";

/** What a list of words starts, by its first one. */
export type StartStep =
  /** Another list of words, behind a program that only starts that. */
  | { readonly is: "words"; readonly words: readonly StartedWord[]; readonly assignments: Assignments }
  /** A script of the shell, behind `sh -c`. */
  | { readonly is: "script"; readonly line: KnownWord }
  /** A script that a shell reads from a file; `shell` is its name without directory. */
  | { readonly is: "script file"; readonly shell: string; readonly file: StartedWord }
  /** A script of package.json, and the words handed to it. */
  | { readonly is: "package script"; readonly name: string; readonly words: readonly StartedWord[] }
  /** A program: `text` is its name without directory. */
  | { readonly is: "program"; readonly program: KnownWord; readonly words: readonly StartedWord[] }
  /** A shell alone, or what is not known. */
  | { readonly is: "unknown" };

/** The next step on the way from the words that a container is started with to the program that it runs. */
export function startStep([first, ...rest]: readonly StartedWord[]): StartStep {
  if (first?.text === undefined) return { is: "unknown" };
  const name = baseName(first.text);
  const words = innerWords(name, rest);
  if (words) return { is: "words", words, assignments: name === "env" ? variablesIn(rest) : NO_ASSIGNMENTS };
  if (SHELLS.has(name)) {
    const line = scriptWord(rest);
    if (line) return { is: "script", line };
    const file = rest.find((it) => !/^-[eux]+$/.test(it.text ?? ""));
    return file ? { is: "script file", shell: name, file } : { is: "unknown" };
  }
  const script = packageScript(name, rest);
  if (script) return { is: "package script", ...script };
  const folder = first.text.slice(0, first.text.length - name.length);
  return { is: "program", program: { ...first, text: name, ...(folder !== "" && { folder }) }, words: rest };
}

/** Programs that read what is behind `-c` as a script. */
export const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "ash", "dash"]);

/** Managers of Python's packages that start a program in the environment which they make, or make anew. */
export const PYTHON_RUNNERS: ReadonlySet<string> = new Set(["hatch", "pdm", "pipenv", "poetry", "rye", "uv"]);

/** The word behind `-c`, of what is handed to a shell: the script that it runs. Undefined where it runs a file, or that is not known. */
function scriptWord([option, line]: readonly StartedWord[]): KnownWord | undefined {
  const text = /^-[a-z]*c$/.test(option?.text ?? "") ? line?.text : undefined;
  return line && text !== undefined ? { ...line, text } : undefined;
}

/** The words behind a program that only starts another one; undefined for any other program. */
export function innerWords(name: string, words: readonly StartedWord[]): readonly StartedWord[] | undefined {
  const text = (at: number) => words[at]?.text ?? "";
  const from = (at: number) => (at < 0 ? [] : words.slice(at));
  const behindOptions = (first: number) =>
    from(words.findIndex((it, index) => index >= first && !(it.text ?? "").startsWith("-")));
  if (/^(tini|dumb-init|catatonit|exec|nohup|setsid)$/.test(name)) return behindOptions(0);
  if (name === "gosu" || name === "su-exec") return words.slice(1);
  // Behind its options, which may take a word of their own, stands how long.
  if (name === "timeout") {
    const time = words.findIndex((it) => /^\d+(\.\d+)?[smhd]?$/.test(it.text ?? ""));
    const isKillTime = /^(-k|--kill-after)$/.test(text(time - 1));
    return time < 0 ? undefined : words.slice(isKillTime ? time + 2 : time + 1);
  }
  if (name === "env") return from(words.findIndex((it) => !isVariable(it) && it.text !== "-i"));
  if (WAITS.test(name)) {
    const dashes = words.findIndex((it) => it.text === "--");
    return dashes < 0 ? undefined : words.slice(dashes + 1);
  }
  if (PYTHON_RUNNERS.has(name) && text(0) === "run") return behindOptions(1);
  if (name === "bundle" && text(0) === "exec") return words.slice(1);
  if (/^(pnpm|yarn|bun)$/.test(name) && text(0) === "exec") return words.slice(1);
  if (/^(npx|bunx)$/.test(name)) return behindOptions(0);
  if (/^python[\d.]*$/.test(name)) {
    const at = words.findIndex((it) => it.text === "-m");
    return at >= 0 && words.slice(0, at).every((it) => /^-[a-zA-Z]$/.test(it.text ?? ""))
      ? words.slice(at + 1)
      : undefined;
  }
  return undefined;
}

/** Scripts that wait for another service and start what stands behind `--`. */
const WAITS = /^(?:wait-for(?:-it)?(?:\.sh)?|dockerize)$/;

function isVariable({ text }: StartedWord): boolean {
  return text !== undefined && /^\w+=/.test(text);
}

/** In front of the program that `env` starts. */
function variablesIn(words: readonly StartedWord[]): Assignments {
  const found = new Map<string, string>();
  for (const { text } of words) {
    if (text === "-i") continue;
    const [, name, value] = /^(\w+)=(.*)$/s.exec(text ?? "") ?? [];
    if (name === undefined || value === undefined) break;
    found.set(name, value);
  }
  return found;
}

/** The script of package.json that `npm start`, `npm run dev`, `yarn dev` run, and the words handed to it. */
function packageScript(
  name: string,
  words: readonly StartedWord[],
): { readonly name: string; readonly words: readonly StartedWord[] } | undefined {
  if (!/^(npm|yarn|pnpm|bun)$/.test(name)) return undefined;
  const [verb, ...rest] = words;
  if (verb?.text === "run" || verb?.text === "run-script") {
    const [script, ...more] = rest;
    return script?.text === undefined || isSource(name, script)
      ? undefined
      : { name: script.text, words: behindDashes(more) };
  }
  const isScript =
    verb?.text !== undefined && !isSource(name, verb) && (name !== "npm" || verb.text === "start");
  return isScript ? { name: verb.text, words: behindDashes(rest) } : undefined;
}

/** Bun runs a file of its languages by the same words (bun.sh/docs, "bun run"). */
function isSource(name: string, { text }: StartedWord): boolean {
  return name === "bun" && /\.[cm]?[jt]sx?$/.test(text ?? "");
}

function behindDashes(words: readonly StartedWord[]): readonly StartedWord[] {
  return words[0]?.text === "--" ? words.slice(1) : words;
}

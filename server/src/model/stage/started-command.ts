import type { Instruction, Word } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { mapText, unmapped } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import { packageJson } from "./package-json.ts";
import { baseName } from "./paths.ts";
import type { Stage } from "./stage.ts";
import type { CommandSetting } from "./state.ts";

/** What a container of a stage runs at last: ENTRYPOINT and CMD put together, and what they only go through taken away. */
export interface StartedCommand {
  /** Without directory: `uvicorn` for `["tini", "--", "/venv/bin/uvicorn", …]`, `http.server` for `python -m http.server`. */
  readonly program: StartedWord & { readonly text: string };
  readonly words: readonly StartedWord[];
  /** `PORT=80` in front of the program; undefined for a value that is not known. */
  readonly assignments: ReadonlyMap<string, string | undefined>;
}

export interface StartedWord {
  /** Undefined where a variable is part of it. */
  readonly text: string | undefined;
  readonly span: Span;
  /** How it is written; `elsewhere` in the base or in package.json, so that nothing can be changed in its place. */
  readonly written: "exec" | "shell" | "elsewhere";
  /** The instruction that holds it; undefined for a word of the base. */
  readonly instruction: Instruction | undefined;
}

/**
 * What a container starts, unless it is told otherwise; undefined where that is not certain: the base's entrypoint is
 * not known, a script of the author's own stands in between, or several programs run.
 */
export function startedCommand(stage: Stage): StartedCommand | undefined {
  const { entrypoint, command } = stage.result;
  if (!entrypoint.known || !command.known) return undefined;
  const before = entrypoint.value;
  if (before?.form === "shell") return ofScript(scriptOf(before, stage), before.instruction, stage);
  const words = before ? before.words.map((it) => execWord(it, before)) : [];
  const own = before?.instruction || !handsOver(words[0]?.text ?? "") ? words : words.slice(1);
  const after = command.value;
  if (after?.form !== "shell")
    return ofWords(
      [...own, ...(after?.words ?? []).map((it) => execWord(it, after as CommandSetting))],
      NONE,
      stage,
    );
  // Shell form behind an entrypoint is handed to it as `/bin/sh -c …`.
  return own.length > 0 ? undefined : ofScript(scriptOf(after, stage), after.instruction, stage);
}

/** Is it an entrypoint as official images have them, which ends in `exec "$@"`? */
export function handsOver(program: string): boolean {
  return /docker-[\w-]*entrypoint|__cacert_entrypoint/.test(program);
}

const NONE: ReadonlyMap<string, string | undefined> = new Map();

function execWord({ raw, span }: Word, { instruction }: CommandSetting): StartedWord {
  return { text: raw, span, written: instruction ? "exec" : "elsewhere", instruction };
}

function scriptOf({ instruction }: CommandSetting, stage: Stage): Script | undefined {
  let at: Stage | undefined = stage;
  while (at && instruction && !at.instructions.includes(instruction))
    at = at.base.kind === "stage" ? at.base.stage : undefined;
  return instruction && at?.scriptOf(instruction);
}

/** The last command of a script; the ones before it are preparations. */
function ofScript(
  script: Script | undefined,
  instruction: Instruction | undefined,
  stage: Stage,
  depth = 0,
  elsewhere?: Span,
): StartedCommand | undefined {
  const command = script?.commands.at(-1);
  if (!script?.complete || !command?.name || script.commands.some((it) => it.background)) return undefined;
  if (command.conditional || command.subshell || command.mayFail) return undefined;
  const word = ({ literal, span }: ShellWord): StartedWord => ({
    text: literal,
    span: elsewhere ?? span,
    written: elsewhere ? "elsewhere" : "shell",
    instruction,
  });
  return ofWords([command.name, ...command.arguments].map(word), assignmentsOf(command), stage, depth + 1);
}

function assignmentsOf({ assignments }: Command): ReadonlyMap<string, string | undefined> {
  return new Map(assignments.map((it) => [it.name, it.value ? it.value.literal : ""]));
}

/** More than this goes round in a circle of scripts. */
const DEEPEST = 8;

function ofWords(
  words: readonly StartedWord[],
  assignments: ReadonlyMap<string, string | undefined>,
  stage: Stage,
  depth = 0,
): StartedCommand | undefined {
  const [first, ...rest] = words;
  if (!first || first.text === undefined || depth > DEEPEST) return undefined;
  const name = baseName(first.text);
  const inner = innerWords(name, rest);
  if (inner) return ofWords(inner, assignments, stage, depth + 1);
  if (SHELLS.has(name)) return ofShell(rest, stage, depth);
  const script = packageScript(name, rest);
  if (script) return ofPackageScript(script, first, stage, depth);
  return { program: { ...first, text: name }, words: rest, assignments };
}

/** Programs that read what is behind `-c` as a script. */
export const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "ash", "dash"]);

/** The word behind `-c`, of what is handed to a shell: the script that it runs. Undefined where it runs a file, or that is not known. */
export function scriptWord([option, line]: readonly StartedWord[]):
  | (StartedWord & { readonly text: string })
  | undefined {
  const text = /^-[a-z]*c$/.test(option?.text ?? "") ? line?.text : undefined;
  return line && text !== undefined ? { ...line, text } : undefined;
}

/** The words behind a program that only starts another one; undefined for any other program. */
export function innerWords(name: string, words: readonly StartedWord[]): readonly StartedWord[] | undefined {
  const text = (at: number) => words[at]?.text ?? "";
  const behindOptions = (from: number) => {
    const at = words.findIndex((it, index) => index >= from && !(it.text ?? "").startsWith("-"));
    return at < 0 ? [] : words.slice(at);
  };
  if (/^(tini|dumb-init|catatonit|exec|nohup|setsid)$/.test(name)) return behindOptions(0);
  if (name === "gosu" || name === "su-exec") return words.slice(1);
  if (name === "env") return words.slice(words.findIndex((it) => !/^\w+=|^-i$/.test(it.text ?? "")));
  if (/^(poetry|pipenv|uv|pdm|rye|hatch)$/.test(name) && text(0) === "run") return behindOptions(1);
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

/** `sh -c 'script'`; a script in a file is not read. */
function ofShell(words: readonly StartedWord[], stage: Stage, depth: number): StartedCommand | undefined {
  const line = scriptWord(words);
  if (!line) return undefined;
  // Between the quotes; an escape in there would shift what the shell reads against the document.
  const span = { start: line.span.start + 1, end: line.span.end - 1 };
  const { file, inputs } = stage.model;
  if (line.written === "elsewhere" || file.text.slice(span.start, span.end) !== line.text) return undefined;
  return ofScript(inputs.shell.read(mapText(file.text, [span])), line.instruction, stage, depth);
}

/** The script of package.json that `npm start`, `npm run dev`, `yarn dev` run, and the words handed to it. */
export function packageScript(
  name: string,
  words: readonly StartedWord[],
): { readonly name: string; readonly words: readonly StartedWord[] } | undefined {
  if (!/^(npm|yarn|pnpm|bun)$/.test(name)) return undefined;
  const [verb, ...rest] = words;
  if (verb?.text === "run" || verb?.text === "run-script") {
    const [script, ...more] = rest;
    return script?.text === undefined ? undefined : { name: script.text, words: behindDashes(more) };
  }
  const isScript = verb?.text !== undefined && (name !== "npm" || verb.text === "start");
  return isScript ? { name: verb.text, words: behindDashes(rest) } : undefined;
}

function behindDashes(words: readonly StartedWord[]): readonly StartedWord[] {
  return words[0]?.text === "--" ? words.slice(1) : words;
}

function ofPackageScript(
  script: { readonly name: string; readonly words: readonly StartedWord[] },
  first: StartedWord,
  stage: Stage,
  depth: number,
): StartedCommand | undefined {
  const text = packageJson(stage.model)?.scripts[script.name];
  if (text === undefined) return undefined;
  const read = stage.model.inputs.shell.read(unmapped(text));
  const command = ofScript(read, first.instruction, stage, depth, first.span);
  if (!command) return undefined;
  return ofWords([command.program, ...command.words, ...script.words], command.assignments, stage, depth + 1);
}

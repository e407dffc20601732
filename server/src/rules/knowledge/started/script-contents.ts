import { mayMountProgram } from "../../../model/stage/instructions/run.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { notedOnStage } from "../../../model/stage/stage.ts";
import { SHELLS } from "../../../model/stage/started/start-step.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { literally } from "../../../text/literally.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import { lookedUpProgram } from "../commands/program-lookup.ts";
import { isReportedElsewhere } from "../packages/package-managers.ts";
import { scriptFlow } from "../shell/script-flow.ts";
import { isShellOnly } from "../shell/shell-only.ts";
import type { Failure } from "../stages/build-failure.ts";
import { type RunScript, scriptsRunIn } from "./run-scripts.ts";

/** A script of the author's own that a shell reads, with what stands in it. Places in `contents` are those of its own text. */
export interface ShellScript extends RunScript {
  readonly contents: Script;
}

/** Those of `scriptsRunIn` that are a shell's, and that could be read as a whole. */
export const shellScriptsRunIn = notedOnStage((stage): readonly ShellScript[] =>
  scriptsRunIn(stage).flatMap((script) => {
    const { text } = script.origin;
    // With line ends of Windows nothing in it means what it says, which `script-crlf` tells.
    if (text.length > LONGEST || text.includes("\r") || !isShells(script)) return [];
    const contents = stage.model.inputs.shell.read(unmapped(text));
    return contents.complete ? [{ ...script, contents }] : [];
  }),
);

/** A start script is read as a whole; what is longer is a program. */
const LONGEST = 20_000;

function isShells({ shell, origin: { text } }: RunScript): boolean {
  if (shell !== undefined) return true;
  const [, interpreter = "", first = ""] = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text) ?? [];
  const name = baseName(interpreter);
  return SHELLS.has(name === "env" ? first : name);
}

/** A program that a script certainly calls, and that is certainly not in the image. */
export interface MissingProgram {
  readonly program: string;
  /** In the script, counted from 1. */
  readonly line: number;
  readonly failure: Exclude<Failure, "allowed">;
}

/**
 * Programs that the image lacks and that the script calls whatever happens: neither in a branch, nor behind `||`, nor where the
 * script asks first whether they are there. A script that installs something itself is left alone.
 */
export function programsMissingIn(script: ShellScript): readonly MissingProgram[] {
  const { contents, state, origin, shell, instruction } = script;
  const { commands } = contents;
  if (commands.some(mayBring)) return [];
  const flow = scriptFlow(contents);
  if (flow.hasTrap) return [];
  const stops = flow.setsErrexit || (shell === undefined && /^#![^\n]*\s-[a-z]*e/.test(origin.text));
  const missing = new Map<string, MissingProgram>();
  for (const [at, command] of commands.entries()) {
    const program = lookedUpProgram(command, contents, state);
    if (isLast(command)) break;
    if (program === undefined || missing.has(program) || isReportedElsewhere(program)) continue;
    const failure = failureIn(command, commands[at + 1], origin.text, stops);
    if (failure === "allowed" || !state.lacksTool(program) || isAskedFor(program, origin.text)) continue;
    const workdir = state.workdir.known ? state.workdir.value : undefined;
    if (instruction.name === "RUN" && mayMountProgram(instruction, workdir, program)) continue;
    missing.set(program, { program, line: lineOf(command, origin.text), failure });
  }
  return [...missing.values()];
}

/** May a command put programs into the container that the image does not have? */
function mayBring({ name, arguments: words }: Command): boolean {
  const program = name?.literal;
  if (program === undefined) return false;
  if (MANAGERS.has(program) || words.some((it) => MANAGERS.has(it.raw))) return true;
  if (INSTALLERS.has(program))
    return words.some((it) => /^(install|add|i|ci|sync|get|require|global)$/.test(it.raw));
  if (WRITERS.has(program)) return words.some((it) => /bin(\/|["']?$)/.test(it.raw));
  // Another script of the author's own.
  return /\/|\.(ba)?sh$/.test(program) && !/^\/((usr|opt)\/([\w-]+\/)*)?s?bin\/\w+$/.test(program);
}

const MANAGERS: ReadonlySet<string> = new Set(
  "apk apt apt-get aptitude dpkg dnf microdnf yum rpm zypper pacman conda mamba".split(" "),
);

const INSTALLERS: ReadonlySet<string> = new Set(
  "pip pip3 pipx uv poetry pipenv npm yarn pnpm bun gem bundle cargo go composer corepack python python3".split(
    " ",
  ),
);

const WRITERS: ReadonlySet<string> = new Set("ln cp mv install tar unzip curl wget chmod".split(" "));

/** What stands behind it never runs. */
function isLast({ name, conditional, arguments: words }: Command): boolean {
  return !conditional && (name?.literal === "exit" || (name?.literal === "exec" && words.length > 0));
}

function failureIn(command: Command, next: Command | undefined, text: string, stops: boolean): Failure {
  const isHandled = next?.after === "||";
  const { conditional, background, mayFail, subshell, span } = command;
  if (conditional || background) return "allowed";
  // `until nc -z db 5432; do` never ends.
  if (mayFail) {
    const before = text.slice(Math.max(0, span.start - 20), span.start);
    return WAITING.test(before) ? "stops" : SUBSTITUTED.test(before) && !isHandled ? "unseen" : "allowed";
  }
  return stops && !subshell ? "stops" : "unseen";
}

/** `code=$(curl …)` gets nothing. */
const SUBSTITUTED = /(^|[^$])\$\(\s*$/;

const WAITING = /(^|[\n;&|]|\b(then|do|else)\s)\s*(until|while\s+!)\s+$/;

/** `command -v curl`, `which curl`, `hash curl`: the script knows that it may be missing. */
function isAskedFor(program: string, text: string): boolean {
  return new RegExp(`\\b(command\\s+-v|which|type|hash)\\b[^\\n]*\\b${literally(program)}\\b`).test(text);
}

/**
 * The program that a script starts at its end as a child of the shell, which waits for it: without `exec` the shell goes on, and
 * passes no signal to it. Undefined where that is not certain, and where it sees to signals itself.
 */
export function startedAsChild({ contents, origin }: ShellScript): { readonly line: number } | undefined {
  const { commands } = contents;
  const last = commands.at(-1);
  if (!last?.name || last.conditional || last.mayFail || last.subshell || last.background) return undefined;
  if (scriptFlow(contents).hasTrap || commands.some((it) => it.background || isLast(it))) return undefined;
  const program = last.name.literal;
  if (program === undefined ? !/^"\$[@*]"$/.test(last.name.raw) : isShellOnly(program) || SHORT.has(program))
    return undefined;
  if ([last.name, ...last.arguments].some((it) => ONCE.test(it.raw))) return undefined;
  // A function may hand over, and another script too.
  if (contents.functions.length > 0 || (program !== undefined && /\.(ba)?sh$/.test(program)))
    return undefined;
  return { line: lineOf(last, origin.text) };
}

/** They end by themselves, or are there to keep a container alive. */
const SHORT: ReadonlySet<string> = new Set(
  "echo printf true false test [ sleep tail cat ls chmod chown mkdir cp mv rm ln sed grep curl wget service supervisorctl".split(
    " ",
  ),
);

/** Work that is done once, and not a service. */
const ONCE =
  /migrat|seed|dump|backup|restore|install|init|build|test|lint|check|psql|mysql|upgrade|create|deploy|job/i;

export function lineOf({ span }: Command, text: string): number {
  return text.slice(0, span.start).split("\n").length;
}

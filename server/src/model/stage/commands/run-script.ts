import type { Command, Script, ShellWord } from "../../../syntax/shell/script.ts";
import { DECLARATIONS } from "../../../syntax/shell/script-variables.ts";
import { shellWord } from "../../../syntax/shell/word.ts";
import { mapText, unmapped } from "../../../text/mapped-text.ts";
import { type Known, known, notKnown } from "../../known.ts";
import { imageNameBelow } from "../base-image.ts";
import type { Cause, Changes } from "../contents/changes.ts";
import type { ContentsWalk } from "../instructions/instruction-effect.ts";
import { debianArchiveOf } from "../package-sources.ts";
import { baseName } from "../paths.ts";
import { COMMANDS } from "./all-commands.ts";
import type { Call } from "./command-family.ts";
import { redirect } from "./redirections.ts";
import { type ShellPattern, shellPattern } from "./shell-pattern.ts";
import { ShellState } from "./shell-state.ts";

/** Evaluates a RUN: each command by its family, in order, with the directory and variables of the shell. */
export function runScript(script: Script, walk: ContentsWalk): void {
  const document = walk.stage.model.file.text;
  const surroundings = { script, shell: new ShellState(walk), walk, last: true, document };
  let mayBeOver = false;
  for (const command of script.commands) {
    runCommand(command, mayBeOver ? { ...surroundings, mayBeOver } : surroundings);
    if (!endsScript(command)) continue;
    if (!command.conditional) break;
    mayBeOver = true;
  }
  if (!script.complete) {
    const { instruction } = walk.changes;
    walk.changes.by(causeOf(walk, instruction.keyword, "this RUN", false)).mayDoAnything();
  }
}

/** Does it end the script, and well? */
function endsScript({ name, arguments: [status], subshell }: Command): boolean {
  return name?.literal === "exit" && !subshell && (status === undefined || status.literal === "0");
}

function runCommand(command: Command, surroundings: Surroundings): void {
  const { script, shell, walk, project, mayBeOver } = surroundings;
  const { changes } = walk;
  const spanOf = (it: Command["span"]) => project?.span ?? it;
  const certain = !command.conditional && !command.mayFail && !command.background && !mayBeOver;
  const assigned = assignedBy(command, shell);
  walk.commandStarts.set(command, changes.start + 1);
  if (!command.name) {
    for (const [name, value] of assigned) shell.variables.set(name, certain ? value : undefined);
    redirect(command, shell, walk);
    return;
  }
  const path = shell.value(command.name);
  if (path === undefined) {
    changes.by(causeOf(walk, spanOf(command.name.span), command.name.raw, certain, project));
    changes.mayDoAnything();
    return;
  }
  // The body of a function that the script defines stands among the commands.
  if (script.functions.includes(path)) return;
  // A path to a directory of programs is as good as the name; `./build.sh` is the author's own.
  const program = path.startsWith("/") && /^\/(.*\/)?s?bin\//.test(path) ? baseName(path) : path;
  const words: (string | undefined)[] = [];
  for (const it of command.arguments) words.push(it.literal ?? shell.value(it));
  changes.by(causeOf(walk, spanOf(command.span), labelOf(program, words), certain, project));
  if (program === "cd")
    shell.changeDirectory(command, words[0] ?? (command.arguments.length === 0 ? "/root" : undefined));
  else if ((program === "." || program === "source") && !project) sourceFile(words[0], shell, changes);
  else if (DECLARATIONS.has(program)) declare(command, shell, certain);
  else {
    const family = COMMANDS.get(program);
    if (family) family.run(new ShellCall(program, command, words, assigned, surroundings), changes);
    else changes.mayDoAnything();
  }
  redirect(command, shell, walk);
}

function assignedBy(command: Command, shell: ShellState): ReadonlyMap<string, string | undefined> {
  if (command.assignments.length === 0) return NOTHING_ASSIGNED;
  return new Map(command.assignments.map((it) => [it.name, it.value ? shell.value(it.value) : ""]));
}

const NOTHING_ASSIGNED: ReadonlyMap<string, string | undefined> = new Map();

/** Sets variables; of well-known files that is all they do. */
function sourceFile(path: string | undefined, shell: ShellState, changes: Changes): void {
  if (path !== undefined && /(^|\/)(os-release|lsb-release|activate|env|envvars)$/.test(path))
    shell.forgetVariables();
  else changes.mayDoAnything();
}

function declare(command: Command, shell: ShellState, certain: boolean): void {
  for (const { raw, span } of command.arguments) {
    if (command.name?.literal === "export") shell.exports.add(raw.replace(/=.*$/s, ""));
    const [, name, value] = /^(\w+)=(.*)$/s.exec(raw) ?? [];
    if (name === undefined || value === undefined) continue;
    const literal = /^[\w./:@%+,-]*$/.test(value) ? value : shellValue(value, span, shell);
    shell.variables.set(name, certain ? literal : undefined);
  }
}

function shellValue(raw: string, span: ShellWord["span"], shell: ShellState): string | undefined {
  const names = [...raw.matchAll(/\$\{?(\w+)/g)].map((it) => it[1] ?? "");
  const plain = /^"[^"\\$`]*"$/.test(raw) ? raw.slice(1, -1) : undefined;
  return (
    plain ??
    shell.value({
      raw,
      literal: /^'[^']*'$/.test(raw) ? raw.slice(1, -1) : undefined,
      variables: names,
      span,
    })
  );
}

/** A command as its family sees it. Most families ask for next to nothing, so all is found when it is asked for. */
class ShellCall implements Call {
  readonly program: string;
  readonly words: readonly (string | undefined)[];
  readonly directory: string | undefined;
  private readonly command: Command;
  private readonly assigned: ReadonlyMap<string, string | undefined>;
  private readonly surroundings: Surroundings;

  constructor(
    program: string,
    command: Command,
    words: readonly (string | undefined)[],
    assigned: ReadonlyMap<string, string | undefined>,
    surroundings: Surroundings,
  ) {
    this.program = program;
    this.words = words;
    this.command = command;
    this.assigned = assigned;
    this.surroundings = surroundings;
    this.directory = surroundings.shell.directoryFor(command);
  }

  get arguments(): readonly ShellWord[] {
    return this.command.arguments;
  }

  patternAt(at: number): ShellPattern | undefined {
    const word = this.command.arguments[at];
    const [, head, rest] = /^((?:[^*?[{]*\/)?)([^"'`$\\]*)$/s.exec(word?.raw ?? "") ?? [];
    if (!word || head === undefined || rest === undefined || !/[*?[{]/.test(rest)) return undefined;
    const folder = this.surroundings.shell.value(shellWord(head, word.span));
    return folder === undefined ? undefined : shellPattern(folder + rest, this.directory);
  }

  get context(): Call["context"] {
    return this.surroundings.walk.inputs.context;
  }

  get image(): Call["image"] {
    return imageNameBelow(this.surroundings.walk.stage);
  }

  get archive(): Call["archive"] {
    const { inputs, stage, changes } = this.surroundings.walk;
    const release = inputs.packages && debianArchiveOf(changes.instruction, stage);
    if (!inputs.packages || release === undefined) return undefined;
    const { packages } = inputs;
    return {
      broughtBy: (name, withRecommended) => packages.broughtBy(release, name, withRecommended),
      programs: packages.programs,
    };
  }

  get libc(): Call["libc"] {
    return this.surroundings.walk.libc;
  }

  get input(): Call["input"] {
    const { script, shell } = this.surroundings;
    const at = this.command.after === "|" ? script.commands.indexOf(this.command) : 0;
    const before = script.commands[at - 1];
    if (!before?.name?.literal || before.after === "|" || before.span.end > this.command.span.start)
      return undefined;
    return { program: before.name.literal, words: before.arguments.map((it) => shell.value(it)) };
  }

  get inProject(): boolean {
    return this.surroundings.project !== undefined;
  }

  get memory(): Call["memory"] {
    return this.surroundings.walk.memory;
  }

  variable(name: string): Known<string> {
    const { shell } = this.surroundings;
    const assignment = this.command.assignments.findLast((it) => it.name === name);
    if (!assignment) return shell.exported(name);
    const value = this.assigned.get(name);
    if (value !== undefined)
      return known(value, {
        message: `${name}=${value} in front of ${this.program}`,
        span: assignment.span,
      });
    return notKnown(...(assignment.value?.variables ?? []).flatMap((it) => shell.variable(it).because));
  }

  as(program: string, words: Call["words"]): Call {
    return new ShellCall(program, this.command, words, this.assigned, this.surroundings);
  }

  runWords(from: number, changes: Changes): void {
    const [name, ...rest] = this.command.arguments.slice(from);
    if (!name || !this.surroundings.last) changes.mayDoAnything();
    else runCommand({ ...this.command, name, arguments: rest, redirections: [] }, this.surroundings);
  }

  runText(at: number, changes: Changes): void {
    const { shell, walk, last } = this.surroundings;
    const word = this.command.arguments[at];
    const { raw, literal, span } = word ?? {};
    const quoted = raw !== undefined && /^(['"]).*\1$/s.test(raw) && raw.slice(1, -1) === literal;
    if (!span || !quoted || !last || span.end - span.start !== raw.length) {
      changes.mayDoAnything();
      return;
    }
    const { document, project } = this.surroundings;
    const inner = walk.inputs.shell.read(mapText(document, [{ start: span.start + 1, end: span.end - 1 }]));
    const own = shell.copy(this.directory);
    for (const it of inner.commands) {
      const flow = {
        conditional: it.conditional || this.command.conditional,
        mayFail: it.mayFail || this.command.mayFail,
      };
      runCommand(
        { ...it, ...flow, notes: [] },
        { script: inner, shell: own, walk, last: false, document, project },
      );
    }
    if (!inner.complete) changes.mayDoAnything();
  }

  runProjectScript(text: string, directory: string, changes: Changes): void {
    const { shell, walk, project } = this.surroundings;
    const depth = (project?.depth ?? 0) + 1;
    const script = depth > MOST_NESTED ? undefined : walk.inputs.shell.read(unmapped(text));
    if (!script?.complete) {
      changes.mayWriteAnywhere();
      return;
    }
    const inner = new ShellState(walk);
    inner.directory = directory;
    for (const [name, value] of shell.variables) if (shell.exports.has(name)) inner.assign(name, value);
    for (const [name, value] of this.assigned) inner.assign(name, value);
    const { conditional, mayFail, background } = this.command;
    const span = project?.span ?? this.command.span;
    for (const it of script.commands)
      runCommand(
        {
          ...it,
          conditional: it.conditional || conditional,
          mayFail: it.mayFail || mayFail,
          background: it.background || background,
          notes: [],
        },
        { script, shell: inner, walk, last: true, document: text, project: { span, depth } },
      );
  }
}

/** What a command runs in. */
interface Surroundings {
  readonly script: Script;
  readonly shell: ShellState;
  readonly walk: ContentsWalk;
  readonly last: boolean;
  /** May an `exit` have ended it? */
  readonly mayBeOver?: boolean;
  /** What the spans of its words belong to. */
  readonly document: string;
  /** Set in a script of the project's own, e.g. of package.json, that stands in another file: where to say that it is run. */
  readonly project?: { readonly span: Command["span"]; readonly depth: number } | undefined;
}

/** Scripts that run scripts that run scripts. */
const MOST_NESTED = 8;

function causeOf(
  { changes }: ContentsWalk,
  span: Command["span"],
  label: string,
  certain: boolean,
  project?: Surroundings["project"],
): Cause {
  const inProject = project !== undefined;
  return { instruction: changes.instruction, reason: { message: label, span }, certain, inProject };
}

/** The program with its verb, as it is called in messages: `apk add`, `go build`, `make`. */
function labelOf(program: string, words: readonly (string | undefined)[]): string {
  if (!VERBS.has(program)) return program;
  const verb = words.find((it) => it === undefined || !it.startsWith("-"));
  return verb !== undefined && /^[a-z][\w-]*$/.test(verb) ? `${program} ${verb}` : program;
}

const VERBS: ReadonlySet<string> = new Set(
  "apk apt apt-get dnf yum microdnf npm yarn pnpm go cargo git pip pip3 dotnet corepack composer bundle uv poetry".split(
    " ",
  ),
);

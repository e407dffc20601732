import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import { isShellOnly } from "../../rules/knowledge/shell/shell-only.ts";
import { type HttpProbe, probeTools, readProbe } from "../../rules/knowledge/started/http-probe.ts";
import { startedBinary } from "../../rules/knowledge/started/started-binary.ts";
import { execForm } from "../../rules/writing/commands/exec-form.ts";
import { shellLine } from "../../rules/writing/commands/shell-line.ts";
import { holdsComment, removeLines } from "../../rules/writing/dockerfile/lines.ts";
import { startedBy } from "../../rules/writing/multi-stage/started-program.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { type Adapting, hasNoShell, nothingToDo, refuse, type StepResult } from "./step.ts";

/**
 * A health check whose program the new base lacks asks with another one that is there, or with the program itself where its
 * sources have a flag for that; else it goes. `interpreters`: see `adaptEntrypoint`.
 */
export function adaptHealthCheck(interpreters: Readonly<Record<string, string>> = {}) {
  return ({ stage, facts }: Adapting): StepResult => {
    const check = stage.instructions.findLast((it) => it.name === "HEALTHCHECK");
    const inner = check?.inner;
    if (!check || inner?.name !== "CMD" || runsAsItIs(check, stage, hasNoShell(stage.result, facts)))
      return nothingToDo;
    if (holdsComment(stage.model.file, check.span))
      return refuse("HEALTHCHECK calls what is not there, and has a comment inside it that would be lost.");
    const whole = inner.rest.spanOf(0, inner.rest.text.length);
    const commands = stage.commandsOf(check)?.commands ?? [];
    const first = firstOf(commands);
    const direct = first && directWords(first, stage, interpreters);
    if (direct)
      return {
        edits: [replace(whole, execForm(direct))],
        changes: ["HEALTHCHECK is in exec form: no shell is needed to ask."],
      };
    const probe = first && probeOf(first);
    const asked = probe && toolFor(probe, stage, interpreters);
    if (asked)
      return {
        edits: [
          replace(whole, hasNoShell(stage.result, facts) ? execForm(asked) : `${shellLine(asked)} || exit 1`),
        ],
        changes: [`HEALTHCHECK asks with ${asked[0]}, which is there.`],
      };
    const own = ownFlag(stage);
    if (own)
      return {
        edits: [replace(whole, execForm(own))],
        changes: [`HEALTHCHECK calls ${own.join(" ")}: the program has a flag for that.`],
        checks: [`${own.join(" ")} is taken for the program's own health check, by its name.`],
      };
    return {
      edits: [removeLines(stage.model.file, check)],
      changes: [`HEALTHCHECK goes: nothing in the image could ask (${inner.rest.text}).`],
      lacks: ["health check"],
    };
  };
}

function runsAsItIs(check: Instruction, stage: Stage, isBare: boolean): boolean {
  const isShellForm = !check.inner?.exec;
  if (isShellForm && isBare) return false;
  const commands = stage.commandsOf(check)?.commands ?? [];
  return commands.every(({ name }) => {
    const program = name?.literal;
    return program === undefined || isShellOnly(program) || !stage.result.lacksTool(program);
  });
}

/** The one command that counts: `… || exit 1` says nothing more. */
function firstOf(commands: readonly Command[]): Command | undefined {
  const [first, ...more] = commands;
  return more.every((it) => it.name?.literal === "exit" || it.name?.literal === "false") ? first : undefined;
}

function literals({ name, arguments: words, redirections }: Command): readonly string[] | undefined {
  if (name?.literal === undefined || redirections.some((it) => it.target?.literal !== "/dev/null"))
    return undefined;
  const all = words.flatMap((it) => it.literal ?? []);
  return all.length === words.length ? [name.literal, ...all] : undefined;
}

/** The same command without a shell, where its program is there. */
function directWords(
  command: Command,
  { result }: Stage,
  interpreters: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const words = literals(command);
  const program = words?.[0];
  if (!words || program === undefined || isShellOnly(program)) return undefined;
  if (isThere(program, result)) return words;
  const path = interpreters[program];
  return path === undefined ? undefined : [path, ...words.slice(1)];
}

function isThere(program: string, state: StageState): boolean {
  return program.includes("/") ? !state.lacksTool(program) : state.hasTool(program).is === "yes";
}

function probeOf(command: Command): HttpProbe | undefined {
  const words = literals(command);
  const tool = words?.[0];
  return words && (tool === "curl" || tool === "wget") ? readProbe(tool, words.slice(1)) : undefined;
}

function toolFor(
  probe: HttpProbe,
  { result }: Stage,
  interpreters: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  for (const { name, words } of probeTools) {
    const path = result.hasTool(name).is === "yes" ? name : interpreters[name];
    const written = path === undefined ? undefined : words(probe, result);
    if (path !== undefined && written) return [path, ...written.slice(1)];
  }
  return undefined;
}

/** Flags of Go programs by which they ask themselves, as they are called in the wild. */
const FLAG = /\bflag\.Bool(?:Var)?\(\s*(?:&\w+\s*,\s*)?"(health(?:-?check)?|ping|probe)"/i;

/** The started program, with the flag by which its sources say that it asks itself. */
function ownFlag(stage: Stage): readonly string[] | undefined {
  const binary = startedBinary(stage);
  const started = startedBy(stage);
  const flag = binary?.sources.map(({ text }) => FLAG.exec(text)?.[1]).find((it) => it !== undefined);
  return started && binary && flag !== undefined ? [binary.file.path, `-${flag}`] : undefined;
}

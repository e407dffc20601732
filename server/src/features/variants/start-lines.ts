import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import { isEntrypointScript } from "../../model/stage/started/entrypoint-script.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import type { CommandSetting } from "../../model/stage/state.ts";
import { execForm, plainWords } from "../../rules/writing/commands/exec-form.ts";
import { holdsComment } from "../../rules/writing/dockerfile/lines.ts";
import { startedBy } from "../../rules/writing/multi-stage/started-program.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { type Adapting, hasNoShell, nothingToDo, refuse, type StepResult } from "./step.ts";

/** ENTRYPOINT and CMD in shell form become exec form where nothing can read them otherwise. */
export function adaptForm({ stage, before, facts, image }: Adapting): StepResult {
  if (!hasNoShell(stage.result, facts)) return nothingToDo;
  const script = packageScript({ stage, before });
  if (script) return script;
  const shellForm = ownStart(stage).filter((it) => !it.exec);
  const edits: TextEdit[] = [];
  for (const instruction of shellForm) {
    const words = wordsOf(instruction, stage);
    if (!words)
      return refuse(
        `${instruction.name} “${instruction.rest.text}” needs a shell to be read, and ${image} has none.`,
      );
    edits.push(replace(instruction.rest.spanOf(0, instruction.rest.text.length), execForm(words)));
  }
  const words = ownStart(stage).flatMap((it) => it.exec ?? []);
  const shellScript = words.find((it) => it.raw.endsWith(".sh"))?.raw;
  if (shellScript !== undefined)
    return refuse(`${shellScript} is a script of a shell, and ${image} has none.`);
  return {
    edits,
    changes: shellForm.map((it) => `${it.name} is in exec form: no shell is needed to start it.`),
  };
}

/** `npm start` where there is no npm: what package.json says is started by itself. */
function packageScript({ stage, before }: Pick<Adapting, "stage" | "before">): StepResult | undefined {
  const [only, ...more] = ownStart(stage);
  const words = only && (only.exec?.map((it) => it.raw) ?? wordsOf(only, stage));
  const manager = words?.[0] ?? "";
  if (!only || more.length > 0 || !/^(npm|yarn|pnpm)$/.test(manager)) return undefined;
  const started = stage.result.hasTool(manager).is === "yes" ? undefined : startedCommand(before);
  const rest = started?.words.flatMap((it) => it.text ?? []) ?? [];
  if (started?.program.text !== "node" || rest.length < started.words.length || started.assignments.size > 0)
    return undefined;
  return {
    edits: [replace(only.rest.spanOf(0, only.rest.text.length), execForm(["node", ...rest]))],
    changes: [`${only.name} starts node itself, as package.json says: there is no ${manager}.`],
  };
}

function wordsOf(instruction: Instruction, stage: Stage): readonly string[] | undefined {
  if (holdsComment(stage.model.file, instruction.span)) return undefined;
  const started = startedBy(stage);
  if (started?.instruction === instruction) return started.words;
  const script = stage.scriptOf(instruction);
  return script && plainWords(script);
}

function ownStart(stage: Stage): Instruction[] {
  const { entrypoint, command } = stage.result;
  return [entrypoint, command].flatMap((it) => {
    const instruction = it.known ? it.value?.instruction : undefined;
    return instruction && stage.instructions.includes(instruction) ? [instruction] : [];
  });
}

/**
 * Images differ in what they start a CMD with: distroless has the interpreter for its ENTRYPOINT, others a script that only
 * goes on to CMD, or nothing. What is started at last stays the same. `interpreters` are names of programs and where the new
 * image has them, if that is not on its PATH.
 */
export function adaptEntrypoint(interpreters: Readonly<Record<string, string>> = {}) {
  return ({ stage, before, facts, image }: Adapting): StepResult => {
    const { entrypoint, command } = stage.result;
    const own = ownStart(stage);
    const lost = lostProgram(own, stage, before);
    if (lost !== undefined && interpreters[lost] === undefined)
      return refuse(`${lost} came with the base, and ${image} is not known to have it.`);
    const written = own.find((it) => it.name === "ENTRYPOINT");
    const named = (program: string) =>
      stage.result.hasTool(program).is === "yes" ? program : (interpreters[program] ?? program);
    if (written?.exec) {
      const [program] = written.exec;
      const path = program && named(program.raw);
      if (!program || path === program.raw || path === undefined) return nothingToDo;
      return {
        edits: [replace(program.span, JSON.stringify(path))],
        changes: [`${program.raw} is at ${path}.`],
      };
    }
    const cmd = own.find((it) => it.name === "CMD");
    if (written || !cmd?.exec || !entrypoint.known || !command.known) return nothingToDo;
    const words = cmd.exec.map((it) => it.raw);
    const old = entrypointOf(before);
    const now = facts.entrypoint ?? [];
    const isOpen = now.length === 0 || isEntrypointScript(now[0] ?? "");
    const started = old.length === 0 || isEntrypointScript(old[0] ?? "") ? words : [...old, ...words];
    const whole = cmd.rest.spanOf(0, cmd.rest.text.length);
    if (isOpen) {
      if (started === words) return nothingToDo;
      const list = [baseName(started[0] ?? ""), ...started.slice(1)];
      return {
        edits: [replace(whole, execForm(list))],
        changes: [`CMD names ${list[0]}, which the image does not start by itself.`],
      };
    }
    if (startsWith(started, now))
      return {
        edits: [replace(whole, execForm(started.slice(now.length)))],
        changes: [
          `CMD goes without ${now.map((it) => baseName(it)).join(" ")}: the image's ENTRYPOINT is that.`,
        ],
      };
    const list = [named(started[0] ?? ""), ...started.slice(1)];
    return {
      edits: [replace({ start: cmd.keyword.start, end: whole.end }, `ENTRYPOINT ${execForm(list)}`)],
      changes: ["CMD becomes ENTRYPOINT: the image has one of its own that would stand in the way."],
    };
  };
}

/** What is started by its name alone, came with the old base, and is not known to come with the new one. */
function lostProgram(own: readonly Instruction[], { result }: Stage, before: Stage): string | undefined {
  const program = own[0]?.exec?.[0]?.raw;
  if (program === undefined || program.includes("/") || result.hasTool(program).is === "yes")
    return undefined;
  return before.result.hasTool(program).is === "yes" && before.result.isToolBrought(program).is !== "yes"
    ? program
    : undefined;
}

/** Programs are the same by their names, wherever they are; `python3` is `python3.13` and `python`. */
function startsWith(words: readonly string[], start: readonly string[]): boolean {
  const plain = (it: string) => baseName(it).replace(/^python[\d.]*$/, "python");
  return start.every((it, at) => words[at] !== undefined && plain(words[at]) === plain(it));
}

function entrypointOf(stage: Stage): readonly string[] {
  const { entrypoint } = stage.result;
  const setting: CommandSetting | undefined = entrypoint.known ? entrypoint.value : undefined;
  return setting?.form === "exec" ? setting.words.map((it) => it.raw) : [];
}

import { resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { Span } from "../../../text/span.ts";
import { commandMayTouch, type FileOrigin, originOf } from "../files/file-origin.ts";
import { scriptFlow } from "../shell/script-flow.ts";
import { type Failure, failureOf } from "../stages/build-failure.ts";
import { stageWith } from "../stages/stage-with.ts";

/** A script of the author's own that the image starts by its path, so that the kernel reads its `#!` line. */
export interface RunScript {
  readonly path: string;
  readonly origin: FileOrigin;
  /** Where it is called. */
  readonly span: Span;
  readonly instruction: Instruction;
  /** The stage that it runs in. */
  readonly stage: Stage;
  /** What the image is then. */
  readonly state: StageState;
  readonly failure: Failure;
}

/** Those of a stage's RUNs, and in the final stage those of the ENTRYPOINT or CMD that it starts with, wherever that stands. */
export const scriptsRunIn = notedOnStage((stage): readonly RunScript[] => {
  const steps = stage.instructions.flatMap((it) => (it.name === "RUN" ? scriptsIn(it, stage, stage) : NONE));
  return stage.isFinal ? [...steps, ...scriptsStartedBy(stage)] : steps;
});

function scriptsStartedBy(final: Stage): readonly RunScript[] {
  const { entrypoint, command } = final.result;
  const started = [entrypoint, command].flatMap((it) => (it.known ? (it.value?.instruction ?? []) : []));
  return started
    .filter((it) => STARTS.has(it.name) && !isArgument(it, final))
    .flatMap((it) => {
      const stage = stageWith(it, final);
      return stage ? scriptsIn(it, stage, final) : NONE;
    });
}

const STARTS: ReadonlySet<string> = new Set(["CMD", "ENTRYPOINT"]);

/** `runsIn`: the stage whose image it is started in; `stage`: where it stands. */
function scriptsIn(instruction: Instruction, stage: Stage, runsIn: Stage): readonly RunScript[] {
  const script = stage.commandsOf(instruction);
  // Most instructions run programs of the image.
  if (!script?.commands.some(mayRunScript)) return NONE;
  const isRun = instruction.name === "RUN";
  let moved = false;
  return script.commands.flatMap((command) => {
    const { name } = command;
    const literal = name?.literal;
    moved ||= literal === "cd" || literal === "pushd";
    if (!name || literal === undefined || !mayBePath(literal)) return [];
    const state = !isRun
      ? runsIn.result
      : instruction.exec
        ? stage.before(instruction)
        : stage.beforeCommand(command, instruction);
    const path = pathOf(literal, moved, state);
    const origin = path === undefined ? undefined : originOf(path, runsIn, isRun ? instruction : undefined);
    if (!origin || path === undefined) return [];
    // A command in front of it may have changed it.
    const earlier = script.commands.slice(0, scriptFlow(script).positions.get(command));
    if (earlier.length > MOST_COMMANDS || earlier.some((it) => commandMayTouch(it, path))) return [];
    const failure = failureOf(command, script, instruction, stage);
    return [{ path, origin, span: name.span, instruction, stage: runsIn, state, failure }];
  });
}

/** CMD beside an ENTRYPOINT gives it arguments. */
function isArgument({ name }: Instruction, { result: { entrypoint } }: Stage): boolean {
  return name === "CMD" && (!entrypoint.known || entrypoint.value !== undefined);
}

/** Further behind nothing is said of what the script may have changed. */
const MOST_COMMANDS = 100;

const NONE: readonly never[] = [];

function mayRunScript({ name }: Command): boolean {
  return name?.literal !== undefined && mayBePath(name.literal);
}

function mayBePath(name: string): boolean {
  return name.includes("/") || isScriptName(name);
}

function isScriptName(name: string): boolean {
  return (
    name.endsWith(".sh") || name.endsWith(".bash") || name.endsWith(".py") || name.includes("entrypoint")
  );
}

/** A path as written, or a bare name that the stage has put into a folder of programs. */
function pathOf(name: string, moved: boolean, state: StageState): string | undefined {
  if (name.startsWith("/")) return resolvePath("/", name);
  if (name.includes("/")) {
    const { workdir } = state;
    return moved || !workdir.known ? undefined : resolvePath(workdir.value, name);
  }
  const path = `/usr/local/bin/${name}`;
  return isScriptName(name) && state.fileAt(path) ? path : undefined;
}

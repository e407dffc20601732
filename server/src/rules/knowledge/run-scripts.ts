import { resolvePath } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { StageState } from "../../model/stage/state.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command } from "../../syntax/shell/script.ts";
import type { Span } from "../../text/span.ts";
import { type Failure, failureOf } from "./build-failure.ts";
import { type FileOrigin, originOf } from "./file-origin.ts";
import { scriptFlow } from "./script-flow.ts";

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

/** Those of one RUN, or of the ENTRYPOINT or CMD that the final stage starts with. */
export function scriptsRunBy(instruction: Instruction, stage: Stage): readonly RunScript[] {
  const known = found.get(instruction);
  if (known) return known;
  const scripts = scriptsIn(instruction, stage);
  found.set(instruction, scripts);
  return scripts;
}

/** Kept, since several rules ask for one mistake each. An instruction stands in one stage. */
const found = new WeakMap<Instruction, readonly RunScript[]>();

function scriptsIn(instruction: Instruction, stage: Stage): readonly RunScript[] {
  // Most instructions run programs of the image.
  if (!stage.commandsOf(instruction)?.commands.some(mayRunScript)) return NONE;
  const isRun = instruction.name === "RUN";
  const final = stage.model.finalStage;
  if (!isRun && !isStarted(instruction, final)) return [];
  const runsIn = isRun ? stage : (final ?? stage);
  const script = stage.commandsOf(instruction);
  let moved = false;
  return (script?.commands ?? []).flatMap((command) => {
    const { name } = command;
    const literal = name?.literal;
    moved ||= literal === "cd" || literal === "pushd";
    if (!script || !name || literal === undefined) return [];
    if (!mayBePath(literal)) return [];
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
    if (
      earlier.length > MOST_COMMANDS ||
      earlier.some((it) => it.arguments.some((word) => word.raw.includes(baseOf(path))))
    )
      return [];
    const failure = failureOf(command, script, instruction, stage);
    return [{ path, origin, span: name.span, instruction, stage: runsIn, state, failure }];
  });
}

function isStarted(instruction: Instruction, final: Stage | undefined): boolean {
  const { entrypoint, command } = final?.result ?? {};
  return (
    [entrypoint, command].some((it) => it?.known && it.value?.instruction === instruction) &&
    !isArgument(instruction, final)
  );
}

/** CMD beside an ENTRYPOINT gives it arguments. */
function isArgument({ name }: Instruction, final: Stage | undefined): boolean {
  const entrypoint = final?.result.entrypoint;
  return name === "CMD" && (!entrypoint?.known || entrypoint.value !== undefined);
}

/** Further behind nothing is said of what the script may have changed. */
const MOST_COMMANDS = 100;

const NONE: readonly never[] = [];

function mayRunScript({ name }: Command): boolean {
  return name?.literal !== undefined && mayBePath(name.literal);
}

function mayBePath(name: string): boolean {
  return name.includes("/") || SCRIPT_NAME.test(name);
}

const SCRIPT_NAME = /\.(sh|bash|py)$|entrypoint/;

/** A path as written, or a bare name that the stage has put into a folder of programs. */
function pathOf(name: string, moved: boolean, state: StageState): string | undefined {
  if (name.startsWith("/")) return resolvePath("/", name);
  if (name.includes("/")) {
    const { workdir } = state;
    return moved || !workdir.known ? undefined : resolvePath(workdir.value, name);
  }
  const path = `/usr/local/bin/${name}`;
  return SCRIPT_NAME.test(name) && state.fileAt(path) ? path : undefined;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

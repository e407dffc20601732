import { resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { SHELLS, startStep } from "../../../model/stage/started/start-step.ts";
import type { StartedWord } from "../../../model/stage/started/started-word.ts";
import type { StageState } from "../../../model/stage/state.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import type { Span } from "../../../text/span.ts";
import { commandMayTouch, type FileOrigin, originOf, setsMode } from "../files/file-origin.ts";
import { scriptFlow } from "../shell/script-flow.ts";
import { type Failure, failureOf } from "../stages/build-failure.ts";
import { stageWith } from "../stages/stage-with.ts";
import { startedSettings } from "./handed-over.ts";

/** A script of the author's own that is run: started by its path, so that the kernel reads its `#!` line, or handed to a shell. */
export interface RunScript {
  readonly path: string;
  readonly origin: FileOrigin;
  /** The shell that it is handed to (`sh start.sh`); undefined where it is started itself. */
  readonly shell: string | undefined;
  /** Has nothing set another mode since it was copied? */
  readonly modeKept: boolean;
  /** Where it is called. */
  readonly span: Span;
  readonly instruction: Instruction;
  /** The stage that it runs in. */
  readonly stage: Stage;
  /** What the image is then. */
  readonly state: StageState;
  readonly failure: Failure;
}

/**
 * Those of a stage's RUNs, and in the final stage those of the ENTRYPOINT or CMD that it starts with and of its HEALTHCHECK,
 * wherever these stand.
 */
export const scriptsRunIn = notedOnStage((stage): readonly RunScript[] => {
  const steps = stage.instructions.flatMap((it) => (it.name === "RUN" ? scriptsIn(it, stage, stage) : NONE));
  return stage.isFinal ? [...steps, ...scriptsStartedBy(stage)] : steps;
});

function scriptsStartedBy(final: Stage): readonly RunScript[] {
  const { healthcheck } = final.result;
  const settings = [...startedSettings(final), healthcheck.known ? healthcheck.value?.command : undefined];
  return settings.flatMap((it) => {
    const { instruction } = it ?? {};
    const stage = instruction && STARTS.has(instruction.name) ? stageWith(instruction, final) : undefined;
    return instruction && stage ? scriptsIn(instruction, stage, final) : NONE;
  });
}

const STARTS: ReadonlySet<string> = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

/** `runsIn`: the stage whose image it is started in; `stage`: where it stands. */
function scriptsIn(instruction: Instruction, stage: Stage, runsIn: Stage): readonly RunScript[] {
  const script = stage.commandsOf(instruction);
  // Most instructions run programs of the image.
  if (!script?.commands.some(mayRunScript)) return NONE;
  const isRun = instruction.name === "RUN";
  let moved = false;
  return script.commands.flatMap((command) => {
    const literal = command.name?.literal;
    moved ||= literal === "cd" || literal === "pushd";
    const { word, shell } = startedBy(command);
    if (word?.text === undefined || !(shell === undefined ? mayBePath(word.text) : /\w/.test(word.text)))
      return [];
    const state = !isRun
      ? runsIn.result
      : instruction.exec
        ? stage.before(instruction)
        : stage.beforeCommand(command, instruction);
    const path = pathOf(word.text, moved, state, shell);
    const origin = path === undefined ? undefined : originOf(path, runsIn, isRun ? instruction : undefined);
    if (!origin || path === undefined) return [];
    // A command in front of it may have changed it.
    const earlier = script.commands.slice(0, scriptFlow(script).positions.get(command));
    if (earlier.length > MOST_COMMANDS || earlier.some((it) => commandMayTouch(it, path))) return [];
    const failure =
      instruction.name === "HEALTHCHECK"
        ? failureOfCheck(command, script)
        : failureOf(command, script, instruction, stage);
    const modeKept = origin.modeKept && !earlier.some(setsMode);
    return [{ path, origin, shell, modeKept, span: word.span, instruction, stage: runsIn, state, failure }];
  });
}

/** `check.sh || exit 1` says the same twice: the check fails. */
function failureOfCheck(command: Command, script: Script): Failure {
  const next = script.commands[(scriptFlow(script).positions.get(command) ?? 0) + 1];
  const isHandled = next?.after === "||" && !/^(exit|false|kill)$/.test(next.name?.literal ?? "");
  return command.conditional || isHandled ? "allowed" : "stops";
}

interface Started {
  readonly word: StartedWord | undefined;
  readonly shell: string | undefined;
}

/** What a command starts in the end: behind `exec`, `tini --` and the like, or the file that a shell is to read. */
function startedBy({ name, arguments: others }: Command): Started {
  let words: readonly StartedWord[] = (name ? [name, ...others] : []).map(
    ({ literal, span }): StartedWord => ({ text: literal, span, written: "shell", instruction: undefined }),
  );
  for (;;) {
    const step = startStep(words);
    if (step.is === "script file") return { word: step.file, shell: step.shell };
    if (step.is === "script" || step.is === "unknown") return { word: undefined, shell: undefined };
    const [word] = words;
    // `./wait-for-it.sh db:5432 -- ./start.sh` starts another one too, and is a script itself.
    if (step.is !== "words" || !HANDING_ON.test(word?.text ?? "")) return { word, shell: undefined };
    words = step.words;
  }
}

/** Programs that start another one by its path and do nothing else. */
const HANDING_ON = /(^|\/)(exec|tini|dumb-init|catatonit|nohup|setsid|gosu|su-exec|env)$/;

/** Further behind nothing is said of what the script may have changed. */
const MOST_COMMANDS = 100;

const NONE: readonly never[] = [];

function mayRunScript({ name }: Command): boolean {
  const literal = name?.literal;
  if (literal === undefined) return false;
  return mayBePath(literal) || SHELLS.has(literal) || HANDING_ON.test(literal);
}

function mayBePath(name: string): boolean {
  return name.includes("/") || isScriptName(name);
}

function isScriptName(name: string): boolean {
  return (
    name.endsWith(".sh") || name.endsWith(".bash") || name.endsWith(".py") || name.includes("entrypoint")
  );
}

/** A path as written, or a bare name that the stage has put into a folder of programs. A shell looks in its own directory first. */
function pathOf(
  name: string,
  moved: boolean,
  state: StageState,
  shell: string | undefined,
): string | undefined {
  if (name.startsWith("-")) return undefined;
  if (name.startsWith("/")) return resolvePath("/", name);
  if (name.includes("/") || shell !== undefined) {
    const { workdir } = state;
    return moved || !workdir.known ? undefined : resolvePath(workdir.value, name);
  }
  const path = `/usr/local/bin/${name}`;
  return isScriptName(name) && state.fileAt(path) ? path : undefined;
}

import { resolvePath } from "../../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../../model/stage/stage.ts";
import type { StageState } from "../../../../model/stage/state.ts";
import { says } from "../../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Command, ShellWord } from "../../../../syntax/shell/script.ts";
import { isBefore } from "../../../../text/version-order.ts";
import { isLeftUnset } from "../manager-images.ts";

/** Absolute paths of the virtual environments that a stage makes: `python -m venv /opt/venv`. */
export const virtualEnvironments = notedOnStage((stage): readonly string[] =>
  stage.instructions.flatMap((it) => environmentsMade(it, stage).map(({ path }) => path)),
);

interface MadeEnvironment {
  readonly path: string;
  readonly command: Command;
}

/** Those that a RUN makes, with `python -m venv`, `virtualenv`, `uv venv` or a Poetry that is told to keep it in the project. */
export function environmentsMade(run: Instruction, stage: Stage): readonly MadeEnvironment[] {
  if (run.name !== "RUN") return [];
  const commands = stage.commandsOf(run)?.commands ?? [];
  let workdir: string | undefined;
  return commands.flatMap((command): MadeEnvironment[] => {
    const value = (it: ShellWord) => it.literal ?? variableIn(it, run, stage);
    const written = placeOf(command, value, () => keepsInProject(run, commands, stage));
    if (written === undefined || command.conditional) return [];
    const isMoved = commands.some((it) => it.name?.literal === "cd");
    const { workdir: known } = stage.before(run);
    workdir ??= known.known && !isMoved ? known.value : undefined;
    const path = resolvePath(workdir, written);
    return path === undefined ? [] : [{ path, command }];
  });
}

/** `$VIRTUAL_ENV`, as ENV or ARG set it in front. */
function variableIn({ raw }: ShellWord, run: Instruction, stage: Stage): string | undefined {
  const [, name] = /^"?\$\{?(\w+)\}?"?$/.exec(raw) ?? [];
  const value = name === undefined ? undefined : stage.before(run).variable(name);
  return value?.known ? value.value : undefined;
}

function placeOf(
  { name, arguments: words }: Command,
  read: (word: ShellWord) => string | undefined,
  inProject: () => boolean,
): string | undefined {
  const program = name?.literal ?? "";
  if (!/^(python3?|virtualenv|uv|poetry)$/.test(program)) return undefined;
  const literals = words.map(read);
  const last = literals.at(-1);
  const [first, second] = literals;
  if (/^python3?$/.test(program) && first === "-m" && second === "venv")
    return literals.length > 2 && !last?.startsWith("-") ? last : undefined;
  if (program === "virtualenv") return last?.startsWith("-") ? undefined : last;
  if (program === "uv" && first === "venv" && words.length <= 2)
    return second === undefined
      ? words.length === 1
        ? ".venv"
        : undefined
      : /^-/.test(second)
        ? undefined
        : second;
  return program === "poetry" && first === "install" && inProject() ? ".venv" : undefined;
}

/**
 * Those that `uv sync` makes with the stage's own Python, which is of this version. It may fetch another one unless it is told not
 * to, or nothing of the project asks for one (docs.astral.sh/uv, Python versions, read 2026-11).
 */
export const syncedEnvironments = notedOnStage((stage, version: string): readonly string[] =>
  syncsOf(stage, (state) => takesOwnPython(state, stage, version)),
);

/** Those that `uv sync` makes, with whatever Python. */
export const environmentsOfUv = notedOnStage((stage): readonly string[] => syncsOf(stage, () => true));

function syncsOf(stage: Stage, counts: (state: StageState) => boolean): readonly string[] {
  return stage.instructions.flatMap((run) => {
    if (run.name !== "RUN" || !says(/\buv\b/, run)) return [];
    const commands = stage.commandsOf(run)?.commands ?? [];
    const state = stage.before(run);
    if (!commands.some(isPlainSync) || !counts(state)) return [];
    const told = state.variable("UV_PROJECT_ENVIRONMENT");
    if (!told.known && !isLeftUnset("UV_PROJECT_ENVIRONMENT", state, stage)) return [];
    const workdir = state.workdir.known ? state.workdir.value : undefined;
    return resolvePath(workdir, told.known ? told.value : ".venv") ?? [];
  });
}

function isPlainSync({ name, arguments: words, assignments }: Command): boolean {
  return (
    name?.literal === "uv" &&
    words[0]?.literal === "sync" &&
    assignments.length === 0 &&
    words.every(
      ({ literal }) =>
        literal !== undefined &&
        !/^(?:-p|--python|--managed-python|--active|--project|--directory)(?:=|$)/.test(literal),
    )
  );
}

function takesOwnPython(state: StageState, stage: Stage, version: string): boolean {
  const value = (name: string) => {
    const it = state.variable(name);
    return it.known ? it.value : "";
  };
  if (/^(?:0|never|false|manual)$/i.test(value("UV_PYTHON_DOWNLOADS"))) return true;
  if (value("UV_PYTHON_PREFERENCE") === "only-system") return true;
  if (!["UV_PYTHON", "UV_MANAGED_PYTHON"].every((it) => isLeftUnset(it, state, stage))) return false;
  const { context } = stage.model.inputs;
  const asked = context?.read(".python-version")?.trim();
  if (asked !== undefined) return asked === version || asked.startsWith(`${version}.`);
  const least = /^requires-python\s*=\s*["']>=\s*(3\.\d+)(?:\.0)?["']/m.exec(
    context?.read("pyproject.toml") ?? "",
  )?.[1];
  return least !== undefined && !isBefore(version, least) && context?.exists(".python-version") === "absent";
}

/** By its variable, or by `poetry config` in front (python-poetry.org, Configuration, `virtualenvs.in-project`, read 2026-11). */
function keepsInProject(run: Instruction, commands: readonly Command[], stage: Stage): boolean {
  const value = stage.before(run).variable("POETRY_VIRTUALENVS_IN_PROJECT");
  if (value.known) return /^(?:1|true)$/i.test(value.value);
  const isSaid = (it: Command) =>
    it.name?.literal === "poetry" && /^config .*virtualenvs\.in-project true\b/.test(wordsOf(it));
  const before = stage.instructions.slice(0, stage.instructions.indexOf(run)).slice(-MOST_BEFORE);
  return (
    commands.some(isSaid) ||
    before.some((it) => it.name === "RUN" && stage.commandsOf(it)?.commands.some(isSaid))
  );
}

/** Poetry is set up shortly before it installs. */
const MOST_BEFORE = 20;

const wordsOf = ({ arguments: words }: Command) => words.map((it) => it.literal ?? "").join(" ");

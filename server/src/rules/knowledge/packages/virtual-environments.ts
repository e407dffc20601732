import { resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";

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
    const written = placeOf(command, () => keepsInProject(run, commands, stage));
    if (written === undefined || command.conditional) return [];
    const isMoved = commands.some((it) => it.name?.literal === "cd");
    const { workdir: known } = stage.before(run);
    workdir ??= known.known && !isMoved ? known.value : undefined;
    const path = resolvePath(workdir, written);
    return path === undefined ? [] : [{ path, command }];
  });
}

function placeOf({ name, arguments: words }: Command, inProject: () => boolean): string | undefined {
  const program = name?.literal ?? "";
  const literals = words.map((it) => it.literal);
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

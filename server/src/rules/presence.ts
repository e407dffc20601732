import { baseName } from "../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../model/stage/stage.ts";
import { notedOnScript, type Script } from "../syntax/shell/script.ts";

/** What has to be there for a rule to have anything to say. Where both are given, one of each. */
export interface Presence {
  /** One of these programs is called, by name or by path. In a stage: by a RUN, behind ONBUILD too. */
  readonly programs?: readonly string[];
  /** The stage has an instruction of one of these names, ONBUILD itself among them, FROM not. */
  readonly instructions?: readonly string[];
}

/** The names of the programs that a script calls, without directory, each once. */
export const programsIn = notedOnScript(({ commands }): readonly string[] => {
  const programs = new Set<string>();
  for (const { name } of commands) {
    const literal = name?.literal;
    if (literal !== undefined) programs.add(literal.includes("/") ? baseName(literal) : literal);
  }
  return [...programs];
});

/** Has a stage one of the programs, and one of the instructions, where a rule asks for any? */
export function isPresent({ programs, instructions }: Presence, stage: Stage): boolean {
  const there = partsOf(stage);
  return (
    (!instructions || holdsOne(there.instructions, instructions)) &&
    (!programs || holdsOne(there.programs, programs))
  );
}

/** Does a RUN's script, undefined for one that cannot be read, call one of the programs? */
export function callsOne(script: Script | undefined, programs: ReadonlySet<string>): boolean {
  // A script calls few programs, and a rule may name many.
  return script !== undefined && holdsOne(programs, programsIn(script));
}

const partsOf = notedOnStage((stage): Record<keyof Presence, ReadonlySet<string>> => {
  const instructions = new Set<string>();
  const programs = new Set<string>();
  for (const instruction of stage.instructions) {
    const { name } = instruction;
    instructions.add(name);
    const script =
      name === "RUN" || (name === "ONBUILD" && instruction.inner?.name === "RUN")
        ? stage.commandsOf(instruction)
        : undefined;
    if (script) for (const program of programsIn(script)) programs.add(program);
  }
  return { instructions, programs };
});

function holdsOne(names: ReadonlySet<string>, wanted: readonly string[]): boolean {
  for (const name of wanted) if (names.has(name)) return true;
  return false;
}

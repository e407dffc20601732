import { mountsOf } from "../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import { runScript } from "../commands/run-script.ts";
import { PROGRAM_DIRECTORIES } from "../contents/layout.ts";
import { isWithin, joinPath, resolvePath } from "../paths.ts";
import { documentShell, isPosixShell } from "../script-text.ts";
import type { InstructionEffect } from "./instruction-effect.ts";

export const run: InstructionEffect = {
  name: "RUN",
  change(instruction, walk) {
    const { shell } = walk.before;
    const workdir = walk.before.workdir.known ? walk.before.workdir.value : undefined;
    const own = documentShell(instruction)?.words ?? [];
    const shells = [shell.known ? shell.value[0] : undefined, isPosixShell(own) ? own[0] : undefined];
    const isMissing = (program: string | undefined) =>
      program !== undefined &&
      walk.changes.now.hasTool(program).is === "no" &&
      !mayMountProgram(instruction, workdir, program);
    // Without its shell the RUN fails, so that it changes nothing.
    if (!instruction.exec && shells.some(isMissing)) return;
    const script = walk.stage.commandsOf(instruction);
    if (script) runScript(script, walk);
  },
};

/** Targets of `--mount`, whose files are not the image's. */
export function mountTargets(instruction: Instruction, workdir: string | undefined): string[] {
  const targets: string[] = [];
  for (const { target } of mountsOf(instruction)) {
    const path = target?.value === undefined ? undefined : resolvePath(workdir, target.value);
    if (path !== undefined) targets.push(path);
  }
  return targets;
}

/** May a `--mount` of this RUN bring the program, e.g. BusyBox over /bin? Also where its target is not known. */
export function mayMountProgram(
  instruction: Instruction,
  workdir: string | undefined,
  program: string,
): boolean {
  if (instruction.flags.length === 0) return false;
  const targets = mountsOf(instruction).flatMap(({ target }) => target?.value ?? []);
  const paths = program.startsWith("/")
    ? // In most systems /bin is /usr/bin.
      [program, `/usr${program}`, program.replace(/^\/usr\//, "/")]
    : [...PROGRAM_DIRECTORIES].map((it) => joinPath(it, program));
  return targets.some((it) => {
    const target = it.includes("$") ? undefined : resolvePath(workdir, it);
    return target === undefined || paths.some((path) => isWithin(path, target));
  });
}

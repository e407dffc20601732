import { type ComposeProgram, findCompose } from "./compose/program.ts";
import { runProgram } from "./programs.ts";
import { composeProgram } from "./settings.ts";

/** The program that runs Compose, looked for when it is first needed. */
export interface ComposeAccess {
  /** Undefined when there is none, or nobody waits any more; then it is looked for again the next time. */
  program(signal: AbortSignal): Promise<ComposeProgram | undefined>;
  /** Looks anew the next time: the settings name another. */
  forget(): void;
}

export function createComposeAccess(): ComposeAccess {
  let found: Promise<ComposeProgram | undefined> | undefined;
  return {
    async program(signal) {
      const looking = found ?? find(composeProgram(), signal);
      found = looking;
      const program = await looking;
      // It may be installed in the meantime.
      if (program === undefined && found === looking) found = undefined;
      return program;
    },
    forget() {
      found = undefined;
    },
  };
}

/** A program that hangs, such as one that waits for a password, is not taken. */
const patience = 15_000;

function find(setting: string, signal: AbortSignal): Promise<ComposeProgram | undefined> {
  return findCompose(setting, async (program, args) => {
    const either = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const ended = await runProgram(program, args, { signal: either });
    return ended?.exitCode === 0 ? ended.printed : undefined;
  });
}

import { type ComposeProgram, composeCandidates, composeVersion } from "./compose/program.ts";
import { runProgram } from "./programs.ts";
import { composeProgram } from "./settings.ts";

/** The program that runs Compose, looked for when it is first needed. */
export interface ComposeAccess {
  /** Undefined when there is none; then it is looked for again the next time. */
  program(): Promise<ComposeProgram | undefined>;
  /** Looks anew the next time: the settings name another. */
  forget(): void;
}

export function createComposeAccess(): ComposeAccess {
  let found: Promise<ComposeProgram | undefined> | undefined;
  return {
    async program() {
      const looking = found ?? find(composeProgram());
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

async function find(setting: string): Promise<ComposeProgram | undefined> {
  for (const candidate of composeCandidates(setting)) {
    const ended = await runProgram(candidate.program, [...candidate.arguments, "version", "--short"], {
      signal: AbortSignal.timeout(15_000),
    });
    const version = ended?.exitCode === 0 ? composeVersion(ended.printed) : undefined;
    if (version !== undefined) return { ...candidate, version };
  }
  return undefined;
}

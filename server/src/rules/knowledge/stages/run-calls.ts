import { baseName } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { CommandCall } from "../../rule.ts";
import { runsSaying } from "./runs-saying.ts";

/**
 * The calls of a program in those RUNs of a stage that say `pattern`, by its name without directory: for a rule that looks at other
 * stages too, and so is asked about each stage after each edit. As a command rule, or by its `onlyWith`, it would have every script of
 * the file read then.
 */
export function runCalls(stage: Stage, program: string, pattern: RegExp): readonly CommandCall[] {
  return runsSaying(pattern, stage).flatMap((run): CommandCall[] => {
    const script = stage.commandsOf(run);
    const called = script?.commands.filter((it) => baseName(it.name?.literal ?? "") === program) ?? [];
    return script
      ? called.map((command) => ({ program, command, script, run, instruction: run, stage }))
      : [];
  });
}

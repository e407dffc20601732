import type { StageState } from "../../../model/stage/state.ts";
import { execForm } from "../commands/exec-form.ts";
import { shellLine } from "../commands/shell-line.ts";

/** A command behind `HEALTHCHECK CMD`: exit code 1 where it fails, through the image's shell if that has one. */
export function healthCommand(words: readonly string[], { hasShell }: Pick<StageState, "hasShell">): string {
  return hasShell.is === "yes" ? `${shellLine(words)} || exit 1` : execForm(words);
}

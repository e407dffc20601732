import type { Command } from "../../../syntax/shell/script.ts";

/** Does the command run whenever the script comes to it, by itself and in the script's own shell? */
export function isPlainStep({
  conditional,
  subshell,
  background,
  after,
}: Pick<Command, "conditional" | "subshell" | "background" | "after">): boolean {
  return !conditional && !subshell && !background && after !== "||" && after !== "|";
}

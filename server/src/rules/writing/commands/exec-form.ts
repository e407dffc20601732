import type { Script } from "../../../syntax/shell/script.ts";
import { isShellOnly } from "../../knowledge/shell/shell-only.ts";

/** A command as exec form writes it: `["node", "server.js"]`. */
export function execForm(words: readonly string[]): string {
  return `[${words.map((it) => JSON.stringify(it)).join(", ")}]`;
}

/**
 * The words of a script that is one command and asks nothing of a shell: no variable, glob, pipe, redirection or
 * assignment, and a program rather than a word that only a shell knows. Undefined for any other script.
 */
export function plainWords(script: Script): readonly string[] | undefined {
  const [command, ...more] = script.commands;
  if (!script.complete || !command?.name || more.length > 0) return undefined;
  if (command.assignments.length > 0 || command.redirections.length > 0) return undefined;
  if (command.background || command.conditional || command.subshell) return undefined;

  const words = [command.name, ...command.arguments];
  // The shell would put a home directory in place of a leading tilde.
  if (words.some((it) => it.literal === undefined || it.raw.startsWith("~"))) return undefined;
  const literals = words.flatMap((it) => it.literal ?? []);
  return isShellOnly(literals[0] ?? "") ? undefined : literals;
}

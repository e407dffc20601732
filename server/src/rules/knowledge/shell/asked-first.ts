import type { Command, Script } from "../../../syntax/shell/script.ts";

/** Does a command only run where a test in front of it, joined with `&&`, said yes: `[ -f x ] && rm x`? */
export function isAskedFirst(command: Command, { commands }: Script): boolean {
  for (let at = commands.indexOf(command); at > 0 && commands[at]?.after === "&&"; at--)
    if (TESTS.has(commands[at - 1]?.name?.literal ?? "")) return true;
  return false;
}

const TESTS: ReadonlySet<string> = new Set([
  "[",
  "[[",
  "test",
  "command",
  "which",
  "hash",
  "type",
  "grep",
  "ls",
]);

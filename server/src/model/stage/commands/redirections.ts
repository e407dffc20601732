import type { Command } from "../../../syntax/shell/script.ts";
import type { Changes } from "../contents/changes.ts";
import { accountNames, accountsIn } from "../instructions/accounts.ts";
import type { ContentsWalk } from "../instructions/instruction-effect.ts";
import { resolvePath } from "../paths.ts";
import type { ShellState } from "./shell-state.ts";

/** `> file`: the file is there then. What is written to /etc/passwd are users. */
export function redirect(command: Command, shell: ShellState, { changes }: ContentsWalk): void {
  for (const { operator, target } of command.redirections) {
    if (!/^&?>[>|]?$/.test(operator) || !target) continue;
    const value = shell.value(target);
    const path = value === undefined ? undefined : resolvePath(shell.directoryFor(command), value);
    if (path === undefined) changes.mayWriteBelow("/");
    else if (path === "/etc/passwd" || path === "/etc/group")
      writeAccounts(path, operator.endsWith(">>"), command, changes);
    else if (!path.startsWith("/dev/") && !path.startsWith("/proc/")) changes.write(path, "file");
  }
}

function writeAccounts(path: string, appends: boolean, command: Command, changes: Changes): void {
  const words = command.arguments.map((it) => it.literal);
  const program = command.name?.literal ?? "";
  const text = words.includes(undefined) ? undefined : words.join("\n");
  // What a format makes of its values is not known.
  const isKnown = program === "echo" || (program === "printf" && !text?.includes("%"));
  const names = isKnown && text !== undefined ? accountNames(text) : undefined;
  if (!names) {
    changes.mayAddUsers();
    return;
  }
  if (!appends) changes.write(path, "file", { origin: accountsIn(path, text, changes.reason) });
  else for (const name of names) path === "/etc/passwd" ? changes.addUser(name) : changes.addGroup(name);
}

import type { CommandFamily } from "./command-family.ts";

/** Prints or removes; `-exec` runs what it is given on files that nobody knows. */
export const find: CommandFamily = {
  programs: ["find"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it === "-exec" || it === "-execdir" || it === "-ok");
    if (at < 0) return;
    const program = call.words[at + 1];
    if (program === "chown") changes.changeOwner("/", undefined, true);
    if (program === undefined || !READING_OR_REMOVING.has(program)) changes.mayDoAnything();
  },
};

const READING_OR_REMOVING: ReadonlySet<string> = new Set([
  "rm",
  "rmdir",
  "chmod",
  "chown",
  "grep",
  "ls",
  "touch",
  "strip",
  "cat",
  "ldd",
  "gzip",
]);

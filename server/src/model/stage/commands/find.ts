import type { Changes } from "../contents/changes.ts";
import { type Call, type CommandFamily, pathOf } from "./command-family.ts";
import { namedBelow } from "./shell-pattern.ts";

/** Prints or removes; `-exec` runs what it is given on files that nobody knows. */
export const find: CommandFamily = {
  programs: ["find"],
  run(call, changes) {
    const at = call.words.findIndex((it) => it === "-exec" || it === "-execdir" || it === "-ok");
    const program = call.words[at + 1];
    if (call.words.includes("-delete") || (at >= 0 && REMOVING.has(program ?? ""))) mayRemove(call, changes);
    if (at < 0) return;
    if (program === "chown") changes.mayChangeOwners("/");
    if (program === undefined || !READING_OR_REMOVING.has(program)) changes.mayDoAnything();
  },
};

/** Of what is below the directories that it looks in, what has one of the names that it looks for. */
function mayRemove(call: Call, changes: Changes): void {
  const { words } = call;
  const end = words.findIndex(
    (it, at) => at >= 0 && it !== undefined && /^(-(?![HLP]$|O\d$|D$).|[(!])/.test(it),
  );
  const roots = words
    .slice(0, end < 0 ? words.length : end)
    .filter((it) => it === undefined || !it.startsWith("-"));
  const names = words.flatMap((it, at) => (it === "-name" ? [words[at + 1]] : []));
  const tests = words.filter((it) => it === "-o" || it === "-or");
  // Where something else decides too which files are meant, it may be any.
  const isOther = words.some(
    (it) => it === undefined || /^(!|-not|-i?path|-iname|-regex|-wholename)$/.test(it),
  );
  const known = names.flatMap((it) => it ?? []);
  const isNamed = !isOther && known.length > tests.length && known.length === names.length;
  for (const root of roots.length > 0 ? roots : ["."]) {
    const directory = pathOf(call, root) ?? "/";
    changes.removeBelow(directory, isNamed ? namedBelow(directory, known) : () => true, false);
  }
}

const REMOVING: ReadonlySet<string> = new Set(["rm", "rmdir", "unlink", "shred", "gzip", "mv"]);

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

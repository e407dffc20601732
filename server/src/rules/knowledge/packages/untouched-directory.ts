import { mountsOf } from "../../../syntax/dockerfile/run-mounts.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";
import { setsUpSystem } from "../commands/system-setup.ts";

/**
 * May a mount bring files of the project, as `--mount=type=bind,source=package-lock.json,target=package-lock.json` does? A cache of the
 * package manager is no directory of the project, and a secret where settings of users and of the system stand is none of its files.
 */
export function mayMountFiles(run: Instruction): boolean {
  return mountsOf(run).some(({ type, target }) => {
    const path = target?.value ?? "";
    if (type === "cache") return !/cache|\.npm|\.m2|\.gradle|store|registry/.test(path);
    if (type === "secret") return target !== undefined && !/^\/(?:run|root|home|etc|tmp)\//.test(path);
    return type !== "ssh";
  });
}

/** Does nothing in front of it in the same RUN go elsewhere or write files? */
export function isFirstOfScript(command: Command, script: Script): boolean {
  const before = script.commands.slice(0, script.commands.indexOf(command));
  return before.every(leavesDirectory);
}

function leavesDirectory(command: Command): boolean {
  const { name, arguments: words, redirections } = command;
  if (name?.literal === "go" && redirections.length === 0)
    return /^(mod (download|verify|graph|why)|env|version)\b/.test(words.map((it) => it.raw).join(" "));
  const program = name?.literal ?? "";
  if (/^pip3?$/.test(program) && redirections.length === 0)
    return INSTALLS_PACKAGES.test(words.map((it) => it.literal ?? "$").join(" "));
  const isHarmless = setsUpSystem(command) || /^(chmod|corepack|node|npm)$/.test(program);
  const isSetup =
    name?.literal !== "npm" ||
    /^(config|-v|--version|set|cache)$/.test(words[0]?.literal ?? "") ||
    words.some((it) => it.literal === "-g" || it.literal === "--global");
  const isScript = name?.literal === "node" && !/^(-v|--version)$/.test(words[0]?.literal ?? "");
  return isHarmless && isSetup && !isScript && redirections.length === 0;
}

/** `pip install` of packages by their names alone. */
const INSTALLS_PACKAGES =
  /^install(?: (?:-U|-q|--upgrade|--quiet|--user|--no-cache-dir|\w[\w-]*(?:[=<>~!]=[\w.]+)?))+$/;

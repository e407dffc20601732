import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../../syntax/shell/script.ts";

/**
 * `--mount=type=bind,source=package-lock.json,target=package-lock.json`; `bind` is the type where none is written. A cache of
 * the package manager is no directory of the project.
 */
export function mayMountFiles({ flags }: Instruction): boolean {
  return flags.some(({ name, fields }) => {
    const value = (...names: string[]) => fields.find((it) => names.includes(it.name))?.value;
    const type = value("type") ?? "bind";
    const isCache = type === "cache" && /cache|\.npm|store/.test(value("target", "dst", "destination") ?? "");
    return name === "mount" && !isCache && type !== "secret" && type !== "ssh";
  });
}

/** Does nothing in front of it in the same RUN go elsewhere or write files? */
export function isFirstOfScript(command: Command, script: Script): boolean {
  const before = script.commands.slice(0, script.commands.indexOf(command));
  return before.every(leavesDirectory);
}

function leavesDirectory({ name, arguments: words, redirections }: Command): boolean {
  if (name?.literal === "go" && redirections.length === 0)
    return /^(mod (download|verify|graph|why)|env|version)\b/.test(words.map((it) => it.raw).join(" "));
  const isHarmless = /^(set|echo|chmod|corepack|apk|apt-get|apt|true|:|export|node|npm)$/.test(
    name?.literal ?? "",
  );
  const isSetup =
    name?.literal !== "npm" || /^(config|-v|--version|set|cache)$/.test(words[0]?.literal ?? "");
  const isScript = name?.literal === "node" && !/^(-v|--version)$/.test(words[0]?.literal ?? "");
  return isHarmless && isSetup && !isScript && redirections.length === 0;
}

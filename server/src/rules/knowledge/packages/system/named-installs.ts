import { stagesDownFrom } from "../../../../model/stage/stage-graph.ts";
import { says } from "../../../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../../../syntax/dockerfile/tree.ts";
import type { Script } from "../../../../syntax/shell/script.ts";
import type { CommandCall } from "../../../rule.ts";
import { type PackageCommand, packageCommandsIn } from "../package-commands.ts";

/** An install of packages of the system. */
export interface NamedInstall {
  readonly command: PackageCommand;
  readonly run: Instruction;
}

/**
 * What apt and apk have installed in front of a command, in its stage and those below. Undefined where a package is not named, or
 * something else may have installed others: a script of the author's, another package manager.
 */
export function namedInstalls({
  stage,
  command,
  instruction,
}: CommandCall): readonly NamedInstall[] | undefined {
  const found: NamedInstall[] = [];
  for (const it of stagesDownFrom(stage))
    for (const run of it.instructions) {
      if (it === stage && run.span.start > instruction.span.start) break;
      if (run.name !== "RUN") continue;
      const script = it.commandsOf(run);
      if (!script || says(OTHERWISE, run) || !isPlain(script, command.span.start)) return undefined;
      for (const each of packageCommandsIn(script)) {
        if (each.act !== "install" || each.command.span.start >= command.span.start) continue;
        if (!/^(?:apt|apk|pip|npm|pecl)$/.test(each.manager)) return undefined;
        if (
          each.isOpen ||
          each.operands.some(({ literal }) => literal === undefined || /[*?/]|\.(?:deb|apk)$/.test(literal))
        )
          return undefined;
        if (each.manager === "apt" || each.manager === "apk") found.push({ command: each, run });
      }
    }
  return found;
}

/** What may bring packages by another way. */
const OTHERWISE =
  /aptitude|\bdpkg (?:-i|--install)|ansible|puppet|\bnix\b|\bbrew\b|\bxargs\b|build-dep|install-php-extensions/i;

/** Are all programs in front of a place known by their names? A script of the author's may install anything. */
function isPlain({ complete, commands }: Script, end: number): boolean {
  return (
    complete &&
    commands.every(({ name, span }) => {
      if (span.start >= end) return true;
      const program = name?.literal;
      if (program === undefined || /\.(?:sh|py|pl)$|^\.|\/(?!bin\/|venv)/.test(program)) return false;
      return !/^(?:(?:ba|da|a)?sh|source|eval)$/.test(program);
    })
  );
}

import type { Stage } from "../../../model/stage/stage.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Script } from "../../../syntax/shell/script.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { type PackageCommand, readPackageCommand } from "../../knowledge/packages/package-commands.ts";
import { packageNameFor } from "../../knowledge/packages/system/package-names.ts";
import { stopsOnFailure } from "../../knowledge/stages/build-failure.ts";
import { removeArgument } from "./command-words.ts";
import { isPlainStep } from "./plain-step.ts";
import { removeCommands } from "./remove-commands.ts";

interface Place {
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

/**
 * The commands of one package manager in a RUN, written for the other one. Undefined where one of them is more than an
 * update or an installation of packages that both have, or does not stand by itself.
 */
export function translateInstall(to: "apk" | "apt", place: Place): readonly TextEdit[] | undefined {
  const { script, run } = place;
  const from = to === "apk" ? "apt" : "apk";
  const calls = script.commands.flatMap((it) => readPackageCommand(it) ?? []);
  const own = calls.filter((it) => it.manager === from);
  if (run.exec || !own.every((it) => isPlainStep(it.command) && !it.command.mayFail)) return undefined;
  const edits: TextEdit[] = [];
  let isUpdated = false;
  let removed: number | undefined;
  for (const call of own) {
    const written = translate(call, to, isUpdated, place);
    const at = script.commands.indexOf(call.command);
    // Of two neighbours each would take the `&&` between them along.
    const isRemoved = written?.length === 1 && written[0]?.newText === "";
    if (!written || (isRemoved && removed === at - 1)) return undefined;
    if (isRemoved) removed = at;
    edits.push(...written);
    isUpdated = true;
  }
  return own.some((it) => it.act === "install") ? edits : undefined;
}

function translate(
  call: PackageCommand,
  to: "apk" | "apt",
  isUpdated: boolean,
  place: Place,
): readonly TextEdit[] | undefined {
  const { command, act, span, verb } = call;
  const text = place.stage.model.file.text;
  const isRedundant = act === "clean" || (act === "refresh" && to === "apk");
  // A RUN of its own keeps something to do.
  const isAlone = place.script.commands.length === 1;
  const removed = isRedundant && !isAlone && removeCommands([command], place.script, place.run, place.stage);
  if (removed) return [removed];
  if (act === "refresh" && call.operands.length === 0)
    return [replace(span, to === "apk" ? "apk update" : "apt-get update")];
  if (verb !== "install" && verb !== "add") return undefined;

  const edits = [replace(span, to === "apk" ? "apk add --no-cache" : aptInstall(call, isUpdated, place))];
  for (const word of command.arguments.filter((it) => it.span.start > call.verbWord.span.start)) {
    const name = word.literal ?? "";
    const isOption = name.startsWith("-");
    const newName = isOption ? undefined : packageNameFor(to, name);
    if (isOption ? !PLAIN_OPTIONS.test(name) : newName === undefined) return undefined;
    const removed = isOption && removeArgument(word, command, place.run, text);
    if (removed) edits.push(removed);
    else if (newName !== undefined && newName !== name) edits.push(replace(word.span, newName));
  }
  return edits;
}

/** Options that say nothing about what is installed. */
const PLAIN_OPTIONS =
  /^(-[yqU]+|--(yes|assume-yes|quiet|no-install-recommends|no-cache|update|update-cache|no-progress))$/;

function aptInstall({ command }: PackageCommand, isUpdated: boolean, { script, run, stage }: Place): string {
  const install = "apt-get install -y --no-install-recommends";
  if (isUpdated) return install;
  const isChained = command.after === "&&" || !stopsOnFailure(script, run, stage);
  return `apt-get update${isChained ? " &&" : ";"} ${install}`;
}

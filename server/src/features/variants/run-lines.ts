import { readPackageCommand, SYSTEM_MANAGERS } from "../../rules/knowledge/packages/package-commands.ts";
import { isShellOnly } from "../../rules/knowledge/shell/shell-only.ts";
import { toBusyBox, toShadow } from "../../rules/writing/commands/account-dialects.ts";
import { removeCommands } from "../../rules/writing/commands/remove-commands.ts";
import { translateInstall } from "../../rules/writing/commands/translate-install.ts";
import { holdsComment, removeLines } from "../../rules/writing/dockerfile/lines.ts";
import { makesAccount } from "../../rules/writing/multi-stage/accounts.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { type Adapting, hasNoShell, nothingToDo, refuse, type StepResult } from "./step.ts";

/** RUNs of the final stage: taken away where there is no shell, else written for the distribution that they run in now. */
export function adaptRuns(at: Adapting): StepResult {
  const runs = at.stage.instructions.filter((it) => it.name === "RUN");
  if (runs.length === 0) return nothingToDo;
  const results = runs.map((run) =>
    hasNoShell(at.stage.before(run), at.facts) ? dropped(run, at) : translated(run, at),
  );
  const refused = results.find((it) => it.refused !== undefined);
  if (refused) return refused;
  return {
    edits: results.flatMap((it) => it.edits),
    changes: results.flatMap((it) => it.changes ?? []),
    checks: results.flatMap((it) => it.checks ?? []),
  };
}

/** Packages that bring what is seen to otherwise, or what only a health check calls, which is looked at later. */
const REPLACED = /^(ca-certificates|tzdata|curl|wget)$/;

/** A RUN that nothing can run. Accounts become numbers, and certificates and time zones are copied: what is left is refused. */
function dropped(run: Instruction, { stage, image }: Adapting): StepResult {
  const script = stage.commandsOf(run);
  const text = firstLine(stage.model.file.text.slice(run.span.start, run.span.end));
  if (!script?.complete || holdsComment(stage.model.file, run.span))
    return refuse(`“${text}” needs a shell, and ${image} has none.`);
  const needs = script.commands.filter((it) => !isReplaced(it));
  const [first] = needs;
  if (first)
    return refuse(
      `“${text}” calls ${first.name?.literal ?? first.name?.raw ?? "a shell"}, and ${image} has no shell to run it in. In the builder it could run.`,
    );
  return {
    edits: [removeLines(stage.model.file, run)],
    changes: [`“${text}” goes: there is no shell, and no use for it.`],
  };
}

function isReplaced(command: Command): boolean {
  if (makesAccount(command) || isTidying(command)) return true;
  const call = readPackageCommand(command);
  // What npm and pip install is the program's.
  if (!call || !SYSTEM_MANAGERS.has(call.manager)) return false;
  if (call.act === "refresh" || call.act === "clean") return true;
  return (
    call.act === "install" &&
    call.operands.length > 0 &&
    call.operands.every((it) => REPLACED.test(it.literal ?? ""))
  );
}

function isTidying({ name, arguments: words }: Command): boolean {
  const paths = words.filter((it) => !it.raw.startsWith("-"));
  return (
    name?.literal === "rm" &&
    paths.length > 0 &&
    paths.every((it) => /^\/var\/(lib\/apt|cache\/(apt|apk))\//.test(it.raw))
  );
}

/** What tidied up behind a package manager that is not there any more. */
export function tidyRuns({ stage, facts }: Adapting): StepResult {
  if (facts.packageManager !== "apk") return nothingToDo;
  const edits = stage.instructions.flatMap((run) => {
    const script = run.name === "RUN" ? stage.scriptOf(run) : undefined;
    return (script?.commands ?? []).flatMap((it) => {
      const isLeft = script && isTidying(it) && it.arguments.some(({ raw }) => raw.includes("/apt"));
      return (isLeft && removeCommands([it], script, run, stage)) || [];
    });
  });
  return { edits };
}

/** A RUN in the words of the distribution that it runs in now. */
function translated(run: Instruction, { stage, before, facts, image }: Adapting): StepResult {
  const script = stage.commandsOf(run);
  const text = firstLine(stage.model.file.text.slice(run.span.start, run.span.end));
  const [from, to] = [before.initial.packageManager, facts.packageManager];
  const isOther = from.known && from.value !== to;
  if (!script?.complete) return isOther ? refuse(`“${text}” cannot be read as a shell script.`) : nothingToDo;
  const edits: TextEdit[] = [];
  const changes: string[] = [];
  const calls = script.commands.filter((it) => {
    const manager = readPackageCommand(it)?.manager;
    return manager === "apk" || manager === "apt";
  });
  if (isOther && calls.length > 0) {
    const install = (to === "apk" || to === "apt") && translateInstall(to, { script, run, stage });
    if (!install)
      return refuse(
        `“${text}” installs packages, and what they are called in ${image} is not known for all of them.`,
      );
    edits.push(...install);
    changes.push(`Packages are installed with ${to}.`);
  }
  const isAlike = before.initial.os.known && before.initial.os.value.family === facts.os?.family;
  const accounts = isAlike ? [] : accountsOf(script, facts.os?.family === "alpine");
  if (accounts === undefined) return refuse(`“${text}” makes a user in a way that ${image} does not know.`);
  edits.push(...accounts);
  if (accounts.length > 0) changes.push(`The user is made as ${image} does it.`);
  const lacking = script.commands.find(
    (it) => !makesAccount(it) && !calls.includes(it) && lacks(it, run, stage),
  );
  if (lacking) return refuse(`“${text}” calls ${lacking.name?.literal}, which ${image} does not have.`);
  return { edits, changes };
}

function lacks(command: Command, run: Instruction, stage: Adapting["stage"]): boolean {
  const program = command.name?.literal;
  if (program === undefined || isShellOnly(program)) return false;
  return stage.beforeCommand(command, run).lacksTool(program);
}

/** Undefined where one of them cannot be said in the other dialect. Those that are understood stay as they are. */
function accountsOf(script: Script, toAlpine: boolean): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const command of script.commands) {
    const program = command.name?.literal ?? "";
    if (!makesAccount(command)) continue;
    const isShadow = /^(useradd|groupadd)$/.test(program);
    if (isShadow !== toAlpine) continue;
    const line = toAlpine ? toBusyBox(program, command.arguments) : toShadow(program, command.arguments);
    if (line === undefined || command.redirections.length > 0) return undefined;
    edits.push(replace(command.span, line));
  }
  return edits;
}

function firstLine(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length < text.length ? `${line.replace(/\s*\\$/, "")} …` : line;
}

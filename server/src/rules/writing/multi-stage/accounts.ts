import type { ImageFacts } from "../../../model/image/facts.ts";
import { parseImageReference } from "../../../model/image/reference.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import type { Command, Script, ShellReader, ShellWord } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import { valueIn } from "../../../text/value-in.ts";
import { readOptions } from "../../knowledge/shell/shell-options.ts";
import { ADDUSER_VALUED, toBusyBox, toShadow } from "../commands/account-dialects.ts";
import { isPlainStep } from "../commands/plain-step.ts";
import type { StageParts } from "./split-stage.ts";

/** The facts of an image by what FROM would name it; undefined where nothing is known of it. */
export function factsOf(image: string, stage: Stage): ImageFacts | undefined {
  return stage.model.inputs.images.find(parseImageReference(image));
}

/** Makes a user or a group. */
export function makesAccount({ name }: Command): boolean {
  return MAKES.test(name?.literal ?? "");
}

const MAKES = /^(useradd|groupadd|adduser|addgroup)$/;
/** Change what was made: not followed here. */
const CHANGES =
  /^(usermod|groupmod|userdel|groupdel|deluser|delgroup|passwd|chpasswd|gpasswd|chage|newusers|vipw)$/;

/**
 * RUNs that make the builder's users and groups in the runtime image as well, in that image's dialect: all of them, if
 * one of `owners` (`app`, `app:app`, `1000`, as USER and --chown have it) is not in the image already. Undefined where
 * one that is named cannot be made there with certainty.
 */
export function accountRuns(
  owners: readonly string[],
  { head }: StageParts,
  stage: Stage,
  facts: ImageFacts,
): readonly string[] | undefined {
  const names = owners.flatMap((it) => it.split(":")).filter((it) => !/^(\d+|root)$/.test(it));
  const isNeeded = !names.every((it) => isThere(it, facts));
  if (!isNeeded && !owners.some((it) => isMadeWith(it, head, stage))) return [];
  const made: string[] = [];
  const runs = runsFor(head, stage, facts, made);
  if (runs && names.every((it) => isThere(it, facts) || made.includes(it))) return runs;
  // A number needs no entry; it only says which group it has, and where it is at home.
  return isNeeded ? undefined : [];
}

/** The RUNs with all that make an account, in the image's dialect. `made` gets the names. */
function runsFor(
  head: StageParts["head"],
  stage: Stage,
  facts: ImageFacts,
  made: string[],
): readonly string[] | undefined {
  const target = dialectOf(facts);
  if (!target) return undefined;
  const runs: string[] = [];
  for (const run of head.filter((it) => it.name === "RUN")) {
    const script = stage.commandsOf(run);
    const lines: string[] = [];
    for (const command of script?.commands ?? []) {
      if (CHANGES.test(command.name?.literal ?? "")) return undefined;
      if (!makesAccount(command)) continue;
      const line = isPortable(command, made, facts, head)
        ? inDialect(command, target, stage, stage.model.inputs.shell)
        : undefined;
      if (line === undefined) return undefined;
      lines.push(line);
    }
    if (lines.length > 0 && !isReadable(script)) return undefined;
    if (lines.length > 0) runs.push(`RUN ${lines.join(" && ")}`);
  }
  return runs;
}

/** Is a number the one that a user is created with, as far as can be told? */
function isMadeWith(owner: string, head: StageParts["head"], stage: Stage): boolean {
  const [id = ""] = owner.split(":");
  if (!/^\d+$/.test(id)) return false;
  const commands = head
    .filter((it) => it.name === "RUN")
    .flatMap((it) => stage.commandsOf(it)?.commands ?? [])
    .filter((it) => /^(useradd|adduser)$/.test(it.name?.literal ?? ""));
  return commands.some((it) =>
    readOptions(it.arguments, valueIn(VALUED, it.name?.literal ?? "") ?? "").options.some(
      ({ name, value }) => /^(u|uid)$/.test(name) && (value === id || value?.includes("$")),
    ),
  );
}

function isThere(name: string, { users }: ImageFacts): boolean {
  return users !== undefined && Object.hasOwn(users, name);
}

function isReadable(script: Script | undefined): boolean {
  return script?.complete === true && script.functions.length === 0;
}

type Dialect = "busybox" | "shadow";

function dialectOf({ os, tools }: ImageFacts): Dialect | undefined {
  if (os?.family === "alpine") return "busybox";
  return os?.family === "debian" && tools["useradd"] !== false ? "shadow" : undefined;
}

/** Does the command say all by itself, and does what it makes not meet what is there? Remembers what it makes. */
function isPortable(
  command: Command,
  made: string[],
  { users }: ImageFacts,
  head: StageParts["head"],
): boolean {
  if (!isPlainStep(command) || command.mayFail) return false;
  if (command.redirections.length > 0 || command.assignments.length > 0) return false;
  const words = command.arguments;
  if (!words.flatMap((it) => it.variables).every((it) => isArgument(it, head))) return false;
  const { options, operands } = readOptions(words, valueIn(VALUED, command.name?.literal ?? "") ?? "");
  const name = operands[0]?.literal;
  if (name === undefined || operands.length > 1 || (users && Object.hasOwn(users, name))) return false;
  const ids = options.filter((it) => /^(u|uid)$/.test(it.name)).map((it) => Number(it.value));
  if (users && Object.values(users).some((it) => ids.includes(it))) return false;
  // Which groups an image has is hardly known.
  const groups = options.filter((it) => JOINS.test(it.name)).flatMap((it) => it.value?.split(",") ?? []);
  const isUser = /^(useradd|adduser)$/.test(command.name?.literal ?? "");
  if (isUser && !groups.every((it) => it === "root" || made.includes(it))) return false;
  made.push(name);
  return true;
}

const SHADOW = "b c d e f g G k K p R s u Z uid gid groups shell home-dir home comment password base-dir key";
const VALUED: Readonly<Record<string, string>> = {
  useradd: SHADOW,
  groupadd: SHADOW,
  adduser: ADDUSER_VALUED,
  addgroup: ADDUSER_VALUED,
};
/** Of BusyBox's adduser `-g` is the comment; a comment that is no group is then in the way, which costs a fix. */
const JOINS = /^(g|G|gid|groups|ingroup)$/;

function isArgument(name: string, head: StageParts["head"]): boolean {
  return head.some((it) => it.name === "ARG" && it.pairs.some((pair) => pair.name.raw === name));
}

function inDialect(
  { name, arguments: words }: Command,
  target: Dialect,
  stage: Stage,
  shell: ShellReader,
): string | undefined {
  const program = name?.literal ?? "";
  const asWritten = [program, ...words.map((it) => it.raw)].join(" ");
  const isShadow = /^(useradd|groupadd)$/.test(program);
  if (target === "shadow") return isShadow ? asWritten : toShadow(program, words);
  if (isShadow) return toBusyBox(program, words);
  if (stage.initial.os.known && stage.initial.os.value.family === "alpine") return asWritten;
  const between = toShadow(program, words);
  const [command] = between === undefined ? [] : readLine(between, shell);
  return command && toBusyBox(command.program, command.words);
}

function readLine(
  line: string,
  shell: ShellReader,
): { readonly program: string; readonly words: readonly ShellWord[] }[] {
  const { commands } = shell.read(unmapped(line));
  return commands.map((it) => ({ program: it.name?.literal ?? "", words: it.arguments }));
}

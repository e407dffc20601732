import type { ImageFacts } from "../../../model/image/facts.ts";
import { baseBelow } from "../../../model/stage/base-image.ts";
import { baseName } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { notedOnFile } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { rememberedBy } from "../remembered.ts";
import { isWindows } from "../stages/windows.ts";

/** Facts of the image at the bottom of a stage's chain of FROMs; undefined where they are not known. */
export function factsBelow(stage: Stage): ImageFacts | undefined {
  const base = baseBelow(stage);
  return base.kind === "image" && base.facts.known ? base.facts.value : undefined;
}

/** Who the RUNs here run as, where that is certainly not root; undefined otherwise. */
export function plainUser(state: StageState, stage: Stage): string | undefined {
  if (!state.user.known || state.user.value.isRoot || isWindows(state, stage)) return undefined;
  const { name } = state.user.value;
  // Another name for root, which only /etc/passwd tells.
  return idOfUser(name, stage) === 0 ? undefined : name;
}

/**
 * The id of a user where it is certain: written as a number, given by the command that creates the user, or by the base
 * image's table of users. Undefined where the system chooses one.
 */
export function idOfUser(name: string, stage: Stage): number | undefined {
  return ids(stage, name, () => findId(name, stage));
}

/** Kept, since each RUN and COPY asks for the same few. */
const ids = rememberedBy<Stage, number | undefined>(notedOnStage);

function findId(name: string, stage: Stage): number | undefined {
  if (/^\d+$/.test(name)) return Number(name);
  if (stage.result.hasUser(name).is !== "yes") return undefined;
  for (let it: Stage | undefined = stage; it; it = it.base.kind === "stage" ? it.base.stage : undefined) {
    const { given, isComplete } = accountsOf(it);
    if (given.has(name)) return given.get(name);
    if (!isComplete) return undefined;
  }
  const users = factsBelow(stage)?.users;
  return users && Object.hasOwn(users, name) ? users[name] : undefined;
}

/** What the commands of a stage say of users. */
interface Accounts {
  /** By the names in commands that make or change users; undefined where the id cannot be told. */
  readonly given: ReadonlyMap<string, number | undefined>;
  /** False where something else wrote the table of users: what is copied over it, nobody knows here. */
  readonly isComplete: boolean;
}

const accountsOf = notedOnStage((stage): Accounts => {
  const given = new Map<string, number | undefined>();
  let isComplete = true;
  const mentionsTable = namesTable(stage.model.file);
  for (const instruction of stage.instructions) {
    if (mentionsTable && instruction.words.some((it) => it.raw.includes("/etc/passwd"))) {
      given.clear();
      isComplete = false;
    }
    const commands = instruction.name === "RUN" ? (stage.commandsOf(instruction)?.commands ?? []) : [];
    for (const command of commands) noteUser(command, given);
  }
  return { given, isComplete };
});

/** In most files nobody does, so that their words need not be looked through. */
const namesTable = notedOnFile(({ text }): boolean => /passwd/.test(text));

/** Notes whom a command makes or changes. */
function noteUser(command: Command, given: Map<string, number | undefined>): void {
  const literal = command.name?.literal;
  // Most commands make nobody.
  if (!literal?.endsWith("useradd") && !literal?.endsWith("adduser") && !literal?.endsWith("usermod")) return;
  const program = baseName(literal);
  if (program !== "useradd" && program !== "adduser" && program !== "usermod") return;
  const words = command.arguments.map((it) => it.literal);
  // `-G app` is no user, and `adduser web app` puts one into a group.
  for (const word of words) if (word !== undefined) given.set(word, undefined);
  const last = words.at(-1);
  const before = words.at(-2);
  const isPositional =
    before === undefined || !before.startsWith("-") ? isValue(words) : !TAKES_VALUE.test(before);
  if (last === undefined || program === "usermod" || !isPositional || command.conditional) return;
  const at = words.findIndex((it) => it !== undefined && /^(?:-[a-zA-Z]*u|--uid)$/.test(it));
  const inline = words.find((it) => it?.startsWith("--uid="))?.slice("--uid=".length);
  const id = inline ?? (at < 0 ? undefined : words[at + 1]);
  if (id !== undefined && /^\d+$/.test(id)) given.set(last, Number(id));
}

/** Is the word before the last one the value of an option? */
function isValue(words: readonly (string | undefined)[]): boolean {
  return words.length < 2 || TAKES_VALUE.test(words.at(-3) ?? "");
}

/** Options with a value of useradd (shadow), and of adduser (BusyBox and Debian); read 2026-11. */
const TAKES_VALUE =
  /^(?:-[a-zA-Z]*[bcdefgGhkKpsuZ]|--(?:base-dir|comment|expiredate|gecos|gid|group|groups|home|home-dir|ingroup|inactive|key|password|shell|skel|uid))$/;

import type { Stage } from "../../model/stage/stage.ts";
import type { Command } from "../../syntax/shell/script.ts";

/**
 * The id of a user where it is certain: given by the command that creates the user, or by the base image's table of
 * users. Undefined where the system chooses one.
 */
export function userId(name: string, stage: Stage): string | undefined {
  if (stage.result.hasUser(name).is !== "yes") return undefined;
  for (const instruction of stage.instructions.toReversed()) {
    for (const command of (stage.commandsOf(instruction)?.commands ?? []).toReversed()) {
      const touched = touchedBy(command, name);
      if (touched) return touched.id;
    }
    // What is copied over the table, and what a script does, nobody knows here.
    if (instruction.words.some((it) => it.raw.includes("/etc/passwd"))) return undefined;
  }
  const { base } = stage;
  if (base.kind === "stage") return userId(name, base.stage);
  const id = base.kind === "image" && base.facts.known ? base.facts.value.users?.[name] : undefined;
  return id === undefined ? undefined : String(id);
}

/** Does the command create or change this user, and with which id? */
function touchedBy(command: Command, name: string): { readonly id: string | undefined } | undefined {
  const program = command.name?.literal?.replace(/^.*\//, "");
  const words = command.arguments.map((it) => it.literal);
  if (!words.includes(name)) return undefined;
  if (program === "usermod") return { id: undefined };
  if (program !== "useradd" && program !== "adduser") return undefined;
  // `-G app` is no user, and `adduser web app` puts one into a group.
  const last = words.at(-1);
  const before = words.at(-2);
  const isPositional =
    before === undefined || !before.startsWith("-") ? isValue(words) : !TAKES_VALUE.test(before);
  if (last !== name || !isPositional || command.conditional) return { id: undefined };
  const at = words.findIndex((it) => it !== undefined && /^(?:-[a-zA-Z]*u|--uid)$/.test(it));
  const inline = words.find((it) => it?.startsWith("--uid="))?.slice("--uid=".length);
  const id = inline ?? (at < 0 ? undefined : words[at + 1]);
  return { id: id !== undefined && /^\d+$/.test(id) ? id : undefined };
}

/** Is the word before the last one the value of an option? */
function isValue(words: readonly (string | undefined)[]): boolean {
  return words.length < 2 || TAKES_VALUE.test(words.at(-3) ?? "");
}

/** Options with a value of useradd (shadow), and of adduser (BusyBox and Debian); read 2026-11. */
const TAKES_VALUE =
  /^(?:-[a-zA-Z]*[bcdefgGhkKpsuZ]|--(?:base-dir|comment|expiredate|gecos|gid|group|groups|home|home-dir|ingroup|inactive|key|password|shell|skel|uid))$/;

import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { commandRule } from "../rule.ts";

export const emptyPassword = commandRule({
  id: "empty-password",
  title: "User who needs no password",
  severity: "warning",
  tags: ["security"],
  aliases: ["DKL-LI-0001"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`passwd --delete\`, and \`useradd\` and \`usermod\` with an empty \`--password\`, unless the account is locked behind
      it.`,
    why: source`
      Where the image has a \`su\` or a server for logins, whoever reaches it becomes that user, root as well. An account without a password line (\`useradd\`, \`adduser -D\`) is locked, which a service does not mind.`,
    bad: source`
      FROM debian:trixie-slim
      RUN passwd -d root
          ^^^^^^^^^^^^^^ empty-password: After this root has no password: su and logins ask for none.`,
    good: source`
      FROM debian:trixie-slim
      RUN passwd -l root`,
  },
  programs: ["passwd", "useradd", "usermod"],

  check({ program, command, script }, report) {
    const user = program === "passwd" ? deletedFor(command) : emptiedFor(command);
    const name = user?.literal;
    if (name === undefined || /^-/.test(name) || isLockedBehind(name, command, script)) return;
    report(command.span, `After this ${name} has no password: su and logins ask for none.`);
  },
});

/** Whom `passwd -d` is about. */
function deletedFor({ arguments: words }: Command): ShellWord | undefined {
  const isDelete = words.some((it) => /^(-[a-z]*d[a-z]*|--delete)$/.test(it.raw));
  return isDelete ? words.find((it) => !it.raw.startsWith("-")) : undefined;
}

/** Whom `usermod -p ''` is about: the last word. */
function emptiedFor({ arguments: words }: Command): ShellWord | undefined {
  const { options } = readOptions(
    words,
    "b c d e f g G k K p R s u password comment gid groups home-dir shell uid",
  );
  const option = options.find((it) => it.name === "p" || it.name === "password");
  const isEmpty = option?.value !== undefined && /^(""|'')?$/.test(option.value);
  return isEmpty ? words.at(-1) : undefined;
}

function isLockedBehind(name: string, command: Command, { commands }: Script): boolean {
  return commands.slice(commands.indexOf(command) + 1).some(({ arguments: words, name: program }) => {
    if (!words.some((it) => it.literal === name)) return /chpasswd$/.test(program?.literal ?? "");
    const locks = words.some((it) => /^(-[a-zA-Z]*[lL]|--lock|-p|--password)$/.test(it.raw));
    return /^(passwd|usermod)$/.test(program?.literal ?? "") && locks;
  });
}

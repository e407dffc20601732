import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { mayBeAnotherProgram } from "../knowledge/commands/other-programs.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule, type Fix } from "../rule.ts";
import { toBusyBox, toShadow } from "../writing/commands/account-dialects.ts";
import { holdsComment } from "../writing/dockerfile/lines.ts";

export const accountOptionUnknown = commandRule({
  id: "account-option-unknown",
  title: "Option of another system's adduser or useradd",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports options that \`adduser\`, \`addgroup\`, \`useradd\` and \`groupadd\` of this image certainly refuse, since they are
      another program's of the same purpose: BusyBox's \`adduser -D\` and \`-S\` on Debian and Ubuntu, \`useradd -S\`, and \`adduser -m\` or
      \`-r\` on Alpine. The fix says the same in the image's own dialect.`,
    why: source`
      Alpine has BusyBox's adduser, Debian has a program of the same name with other options, and both have useradd of the shadow
      package at hand. Which options belong to which shows only when a build fails.`,
    bad: source`
      FROM debian:12-slim
      RUN adduser -D app
                  ^^ account-option-unknown: Debian's adduser has no option -D.`,
    good: source`
      FROM debian:12-slim
      RUN useradd -m app`,
  },
  programs: ["adduser", "addgroup", "useradd", "groupadd"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (run !== instruction || command.conditional || script.functions.includes(call.program)) return;
    const found = refusedBy(call);
    if (!found || mayBeAnotherProgram(call)) return;
    report(found.word.span, `${found.whose} has no option ${found.option}.`, {
      fixes: fixesOf(call),
      ...(failsRun(command, script, run, stage) ? {} : { severity: "warning" }),
    });
  },
});

interface Refused {
  readonly word: ShellWord;
  readonly option: string;
  /** Whose program it is: `Debian's adduser`. */
  readonly whose: string;
}

function refusedBy(call: CommandCall): Refused | undefined {
  const { program, command, stage, run } = call;
  const state = stage.after(run);
  if (!command.arguments.some((it) => it.raw.startsWith("-"))) return undefined;
  const isAdduser = program === "adduser" || program === "addgroup";
  if (!isAdduser) {
    if (state.hasTool(program).is === "no") return undefined;
    return refusedByShadow(call);
  }
  if (state.isBusyBox(program).is === "yes")
    return optionIn(
      command.arguments,
      BUSYBOX_VALUED,
      BUSYBOX_REFUSES[program] ?? "",
      `BusyBox's ${program}`,
    );
  const isDebian =
    state.os.known && state.os.value.family === "debian" && state.isBusyBox(program).is === "no";
  return isDebian && state.hasTool(program).is !== "no" ? refusedByDebian(call) : undefined;
}

function optionIn(
  words: readonly ShellWord[],
  valued: string,
  refused: string,
  whose: string,
): Refused | undefined {
  const names = refused.split(" ");
  const option = readOptions(words, valued).options.find((it) => names.includes(it.name));
  if (!option) return undefined;
  return { word: option.word, option: `${option.name.length === 1 ? "-" : "--"}${option.name}`, whose };
}

const BUSYBOX_VALUED = "h g s G u k c d p e b home gecos shell ingroup uid skel";

/** What shadow's programs have and BusyBox's refuse (loginutils/adduser.c, whose options are `h g s G D S H u k`, and addgroup.c; read 2026-11-27). */
const BUSYBOX_REFUSES: Readonly<Record<string, string>> = {
  adduser: "m M r U N c d p e b l",
  addgroup: "r f o",
};

function refusedByShadow({ program, command }: CommandCall): Refused | undefined {
  const words = command.arguments;
  const isUser = program === "useradd";
  const names = isUser ? "S H disabled-password disabled-login gecos ingroup quiet" : "S quiet";
  const found = optionIn(words, SHADOW_VALUED, names, program);
  if (found || !isUser) return found;
  // With a name behind it, which shows or sets defaults and takes none.
  const { options, operands } = readOptions(words, SHADOW_VALUED);
  const defaults = options.find((it) => it.name === "D");
  return defaults && operands.length > 0
    ? { word: defaults.word, option: "-D for a new user", whose: program }
    : undefined;
}

const SHADOW_VALUED =
  "b c d e f g G k K p R s u Z h uid gid groups shell home-dir home comment password base-dir key skel root gecos ingroup";

/**
 * Debian's takes a letter for the beginning of a long option, and refuses those with which several begin or none; it takes no group
 * of letters (adduser 3.118, 3.134 and 3.152: GetOptions of the program itself).
 */
function refusedByDebian({ program, command }: CommandCall): Refused | undefined {
  for (const word of command.arguments) {
    const { literal } = word;
    const letters = /^-([A-Za-z]+)$/.exec(literal ?? "")?.[1];
    if (letters === undefined) continue;
    const isRefused =
      letters.length === 1
        ? "DSGgskrmM".includes(letters)
        : /[DS]/.test(letters) && !DEBIAN_OPTIONS.some((it) => it.startsWith(letters.toLowerCase()));
    if (isRefused) return { word, option: literal ?? "", whose: `Debian's ${program}` };
  }
  return undefined;
}

const DEBIAN_OPTIONS =
  "add-extra-groups add_extra_groups allow-all-names allow-badname allow-bad-names comment conf debug disabled-login disabled-password encrypt-home firstgid firstuid force-badname gecos gid group help home ingroup lastgid lastuid no-create-home quiet shell stderrmsglevel stdoutmsglevel logmsglevel system uid verbose version".split(
    " ",
  );

/** Says the whole command in the dialect of the image, where all its words are of the other one. */
function fixesOf({ program, command, run, stage }: CommandCall): Fix[] {
  const state = stage.before(run);
  const isBusyBox = state.isBusyBox("adduser").is === "yes";
  const isAdduser = program === "adduser" || program === "addgroup";
  if (run.exec || command.redirections.length > 0 || command.assignments.length > 0) return [];
  if (holdsComment(stage.model.file, command.span) || command.name?.literal !== program) return [];
  const others = isBusyBox ? ["adduser", "addgroup"] : ["useradd", "groupadd"];
  if (others.some((it) => state.hasTool(it).is !== "yes")) return [];
  const line =
    isAdduser && isBusyBox
      ? toBusyBox(program === "adduser" ? "useradd" : "groupadd", command.arguments)
      : toShadow(
          program === "useradd" ? "adduser" : program === "groupadd" ? "addgroup" : program,
          command.arguments,
        );
  if (line === undefined || (isBusyBox && !isAdduser)) return [];
  const [name = ""] = (line.split(" && ").at(-1) ?? "").split(" ");
  return [{ kind: "safe", title: `Use ${name}`, edits: [replace(command.span, line)] }];
}

import { baseName } from "../../model/stage/paths.ts";
import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script, ShellWord } from "../../syntax/shell/script.ts";
import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { instructionRule, type Report } from "../rule.ts";

/** What finds no package whose name begins with a blank (tried with apt 2.6: "Unable to locate package"). */
const REFUSING: ReadonlySet<string> = new Set(["apt-get", "apt"]);

/** Nobody hands them a word that begins with a blank. */
const TAKING_NO_BLANKS: ReadonlySet<string> = new Set([
  ...REFUSING,
  ..."apk dnf yum microdnf zypper pip pip3 npm pnpm yarn pecl docker-php-ext-install docker-php-ext-enable".split(
    " ",
  ),
  ..."mkdir touch rm cp mv chmod chown cd curl wget".split(" "),
]);

export const escapedBlank = instructionRule({
  id: "escaped-blank",
  title: "Backslash of a line that was joined",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a backslash with a blank behind it in front of a command's name, at the end of a line of a here-document, before the
      \`;\` of \`find -exec\`, and among the arguments of a package manager or of a command for files. It is an error where the build
      ends with it, else a warning.`,
    why: source`
      A backslash continues a command at the end of a line only. In front of a blank it makes the blank a part of the next word:
      apt-get looks for a package " git", the shell for a program " make", and \`mkdir /data \\ && …\` makes a second directory with
      the name " ".`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl \ git
                                                                            ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl git`,
  },
  instructions: ["RUN", "ONBUILD"],

  check(instruction, stage, report) {
    const { span, inner: run = instruction } = instruction;
    if (!/\\[ \t]/.test(stage.model.file.text.slice(span.start, span.end))) return;
    const script = stage.commandsOf(instruction);
    for (const command of script?.commands ?? []) {
      if (script && command.name) checkCommand({ command, name: command.name, script, run, stage }, report);
    }
  },
});

interface Call {
  readonly command: Command;
  readonly name: ShellWord;
  readonly script: Script;
  readonly run: Instruction;
  readonly stage: Stage;
}

function checkCommand({ command, name, script, run, stage }: Call, report: Report): void {
  const { text } = stage.model.file;
  const program = baseName(name.literal ?? "");
  for (const word of [name, ...command.arguments]) {
    if (!SLIP.test(word.raw)) continue;
    const { start, end } = word.span;
    const isAlone = word.raw.length === 2;
    const isLineEnd = isAlone && LINE_END.test(text.slice(end, end + FAR));
    const isName = word === name;
    const endsExec = isAlone && program === "find" && text.charAt(end) === ";";
    if (!(isName || isLineEnd || endsExec || TAKING_NO_BLANKS.has(program))) continue;
    const ends = (isName || endsExec || REFUSING.has(program)) && failsRun(command, script, run, stage);
    report({ start, end: start + 2 }, isName ? OF_NAME : OF_ARGUMENT, {
      severity: ends ? "error" : "warning",
      fixes: [
        isLineEnd || endsExec
          ? {
              kind: "unsafe",
              title: "Remove the blank behind the backslash",
              edits: [remove({ start: start + 1, end })],
            }
          : { kind: "unsafe", title: "Remove the backslash", edits: [remove({ start, end: start + 2 })] },
      ],
    });
  }
}

const OF_ARGUMENT = "This backslash makes the blank behind it a part of an argument.";
const OF_NAME = "This backslash makes the blank behind it a part of the command's name.";

/** An escaped blank at the beginning of a word, or a word of its own. */
const SLIP = /^\\[ \t]/;

/** Only in a here-document: anywhere else BuildKit takes a backslash with blanks behind it for a continuation. */
const LINE_END = /^[ \t]*(?:\r?\n|$)/;

/** More blanks than anybody writes. */
const FAR = 80;

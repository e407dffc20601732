import { remove } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { failsRun } from "../knowledge/stages/build-failure.ts";
import { commandRule } from "../rule.ts";

/** What finds no package whose name begins with a blank (tried with apt 2.6: "Unable to locate package"). */
const REFUSING = ["apt-get", "apt"];

export const escapedBlank = commandRule({
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
      Reports a backslash with a blank behind it in the middle of a line, in front of a word or of \`&&\`, \`||\` or \`;\`, among the
      arguments of a package manager or of a command for files. It is an error where the build ends with it, else a warning.`,
    why: source`
      A backslash continues a command at the end of a line only. In front of a blank it makes the blank a part of the next word:
      apt-get looks for a package " git", and \`mkdir /data \\ && …\` makes a second directory with the name " ".`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl \ git
                                                                            ^^ escaped-blank: This backslash makes the blank behind it a part of an argument.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends curl git`,
  },
  programs: [
    ...REFUSING,
    ..."apk dnf yum microdnf zypper pip pip3 npm pnpm yarn pecl docker-php-ext-install docker-php-ext-enable".split(
      " ",
    ),
    ..."mkdir touch rm cp mv chmod chown cd curl wget".split(" "),
  ],

  check({ program, command, script, run, stage }, report) {
    const { text } = stage.model.file;
    for (const { span: before } of command.arguments) {
      const [all, blanks = ""] = SLIP.exec(text.slice(before.end, before.end + FAR)) ?? [];
      if (all === undefined) continue;
      const start = before.end + blanks.length;
      const span = { start, end: start + 2 };
      const ends = REFUSING.includes(program) && failsRun(command, script, run, stage);
      report(span, "This backslash makes the blank behind it a part of an argument.", {
        severity: ends ? "error" : "warning",
        fixes: [{ kind: "unsafe", title: "Remove the backslash", edits: [remove(span)] }],
      });
    }
  },
});

/** Behind a word: blanks, a backslash that escapes one more, and in the same line what ends the command, or a name. */
const SLIP = /^([ \t]+)\\ (?:[ \t]*(?:&&|\|\||;)|[\w@./-])/;

/** More than anybody writes between two words. */
const FAR = 80;

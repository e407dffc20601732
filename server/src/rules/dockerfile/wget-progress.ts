import { source } from "../../text/source.ts";
import { WGET_VALUED } from "../knowledge/commands/downloads.ts";
import { readOptions } from "../knowledge/shell/shell-options.ts";
import { wordsOfVariables } from "../knowledge/shell/variable-options.ts";
import { type CommandCall, commandRule } from "../rule.ts";
import { insertWordBehind } from "../writing/commands/command-words.ts";

export const wgetProgress = commandRule({
  id: "wget-progress",
  title: "Progress of wget fills the build log",
  severity: "info",
  tags: ["clarity"],
  aliases: ["DL3047"],
  since: "0.2.0",
  fix: "safe",
  enabled: true,
  docs: {
    what: source`
      Reports \`wget\` in RUN that says nothing about its progress: none of \`--progress\`, \`-q\`, \`-nv\`, \`-o\` and \`-a\`. The
      fix adds \`--progress=dot:giga\` on Debian and Ubuntu, where wget is certainly GNU's, and \`-q\` elsewhere: BusyBox's wget,
      which Alpine has, fails on \`--progress\`.`,
    why: source`
      Without a terminal wget prints a line for every 50 kB. A download of a gigabyte adds 20,000 lines to the build
      log, and what matters in it is hard to find.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y wget
      RUN wget https://example.com/data.tar.gz
          ^^^^ wget-progress: wget prints its progress line by line into the build log.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y wget
      RUN wget --progress=dot:giga https://example.com/data.tar.gz`,
  },
  programs: ["wget"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    if (!command.name || script.functions.includes("wget")) return;
    const given = wordsOfVariables(command, stage.before(instruction));
    // Variables may say what the words here do not.
    if (!given || given.some((it) => it.startsWith("-"))) return;
    const { options } = readOptions(command.arguments, WGET_VALUED);
    if (options.some((it) => QUIET.has(it.name)) || command.arguments.some((it) => it.literal === "-nv"))
      return;
    // What goes nowhere is in no log.
    if (command.redirections.some((it) => it.operator === "&>" || isOfErrors(it.span.start, call))) return;
    const option = isGnu(call) ? "--progress=dot:giga" : "-q";
    const edits = [insertWordBehind(command.name, option, run)];
    report(command.name.span, "wget prints its progress line by line into the build log.", {
      fixes: [{ kind: "safe", title: `Add ${option}`, edits }],
    });
  },
});

const QUIET: ReadonlySet<string> = new Set(
  "progress q quiet no-verbose o output-file a append-output V version h help spider b background".split(" "),
);

function isOfErrors(start: number, { stage }: CommandCall): boolean {
  return stage.model.file.text[start] === "2";
}

function isGnu({ instruction, stage }: CommandCall): boolean {
  const { os } = stage.before(instruction);
  return os.known && os.value.family === "debian";
}

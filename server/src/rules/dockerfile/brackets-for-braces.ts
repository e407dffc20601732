import type { ShellWord } from "../../syntax/shell/script.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { commandRule, type Fix } from "../rule.ts";

export const bracketsForBraces = commandRule({
  id: "brackets-for-braces",
  title: "Names listed in brackets",
  severity: "warning",
  tags: ["size", "clarity"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports names with commas between them in brackets (\`/var/[log,tmp]/*\`) where \`rm\`, \`cp\`, \`mv\`, \`mkdir\` and the like take a
      path. The fix writes a path for each name, which every shell understands.`,
    why: source`
      Brackets stand for a single character out of those inside. The path means \`/var/l\` and \`/var/o\`, which are not there: \`rm -f\` says
      nothing and deletes nothing, others end with an error or make something of that very name. Braces were meant, which only bash knows.`,
    bad: source`
      FROM debian:trixie-slim
      RUN rm -rf /var/[log,cache]/*
                 ^^^^^^^^^^^^^^^^^^ brackets-for-braces: [log,cache] stands for one character, and for none of these names.`,
    good: source`
      FROM debian:trixie-slim
      RUN rm -rf /var/log/* /var/cache/*`,
  },
  programs: "mkdir rmdir touch rm cp mv ln ls cat chown chmod chgrp install".split(" "),

  check({ command }, report) {
    for (const word of command.arguments) {
      const list = /["'\\]/.test(word.raw) ? null : LIST.exec(word.raw);
      if (!list) continue;
      const [brackets, names = ""] = list;
      report(word.span, `${brackets} stands for one character, and for none of these names.`, {
        fixes: [writtenOut(word, brackets, names.split(","))],
      });
    }
  },
});

/** A whole part of a path, or an ending. Without digits and dashes, which make ranges, and names of two letters or more. */
const LIST = /(?<=^|[/.])\[([A-Za-z_.]{2,}(?:,[A-Za-z_.]{2,})+)\](?=$|\/)/;

function writtenOut(word: ShellWord, brackets: string, names: readonly string[]): Fix {
  const paths = names.map((it) => word.raw.replace(brackets, () => it)).join(" ");
  return { kind: "unsafe", title: `Write ${paths}`, edits: [replace(word.span, paths)] };
}

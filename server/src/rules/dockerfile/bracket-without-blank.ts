import { documentShell, isPosixShell, scriptText } from "../../model/stage/script-text.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type JoinedTest, readThrough } from "../knowledge/shell/unread-script.ts";
import { isWindows } from "../knowledge/stages/windows.ts";
import { instructionRule } from "../rule.ts";

export const bracketWithoutBlank = instructionRule({
  id: "bracket-without-blank",
  title: "Bracket of a test without a blank beside it",
  severity: "warning",
  tags: ["build"],
  aliases: ["SC1019", "SC1020", "SC1035", "SC1072", "SC1073"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`[ "$A" = b]\` and \`[-f file ]\` in the shell form of RUN: a test whose bracket is a part of the word beside it. It is an error where
      the build certainly ends with it.`,
    why: source`
      \`[\` is a command, and \`]\` its last argument: both are words by themselves. Else the shell says "[: missing ]" or "[-f: not found", which
      counts as false, so that an \`if\` goes the other way without a word and the build goes on.`,
    bad: source`
      FROM debian:trixie-slim
      ARG MODE
      RUN if [ "$MODE" = "debug"]; then touch /debug; fi
             ^^^^^^^^^^^^^^^^^^^^ bracket-without-blank: No blank stands in front of this ], so that nothing ends the test: it is never true.`,
    good: source`
      FROM debian:trixie-slim
      ARG MODE
      RUN if [ "$MODE" = "debug" ]; then touch /debug; fi`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    if (run.hereDocuments.length === 0 && !MAY_BE_JOINED.test(run.rest.text)) return;
    const script = scriptText(stage.model.file, run);
    if (!script || !MAY_BE_JOINED.test(script.text) || isWindows(stage.before(run), stage)) return;
    const { shellCommand } = stage.before(run);
    if (!shellCommand.known || !isPosixShell(documentShell(run)?.words ?? shellCommand.value)) return;
    for (const test of readThrough(script.text)?.joinedTests ?? []) {
      const places = test.isOpening ? [test.start + 1] : [];
      if (!/[\s]/.test(script.text[test.end - 2] ?? "")) places.push(test.end - 1);
      report(script.spanOf(test.start, test.end), messageOf(test, script.text), {
        severity: endsBuild(test, script.text) ? "error" : "warning",
        fixes: [
          {
            kind: "unsafe",
            title: `Write a blank ${test.isOpening ? "behind [" : "in front of ]"}`,
            edits: places.map((it) => insert(script.toSource(it), " ")),
          },
        ],
      });
    }
  },
});

const MAY_BE_JOINED = /(?:^|[\s;&|(!])\[(?:-[a-zA-Z]|["$!])|[^\s\\\]]\](?:[\s;&|)]|$)/;

function messageOf({ isOpening, start, end }: JoinedTest, text: string): string {
  if (isOpening)
    return "No blank stands behind this [, so that it is a part of the name of a program that nobody has: nothing is tested.";
  return endsInExpansion(text.slice(start, end))
    ? "No blank stands in front of this ], so that it is a part of the value: it ends the test only where that is empty."
    : "No blank stands in front of this ], so that nothing ends the test: it is never true.";
}

function endsInExpansion(test: string): boolean {
  return /[$`]/.test(/\S*$/.exec(test)?.[0] ?? "");
}

/** Is the script a list of commands of which each has to succeed, and the test one that certainly does not? */
function endsBuild({ isOpening, start, end }: JoinedTest, text: string): boolean {
  const test = text.slice(start, end);
  if (isOpening ? !test.startsWith("[-") : endsInExpansion(test)) return false;
  const plain = text.replaceAll("\\\n", "  ").replace(/\$\{\w+\}/g, "");
  return !/[|;(){}`\n#]|(?<!&)&(?!&)|\b(?:if|while|until|case|for)\b|(?:^|\s)!\s/.test(plain.trim());
}

import { scriptText } from "../../model/stage/script-text.ts";
import { insert } from "../../text/edit.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import { source } from "../../text/source.ts";
import { readThrough, type Unread } from "../knowledge/shell/unread-script.ts";
import { isWindows } from "../knowledge/stages/windows.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const scriptUnreadable = instructionRule({
  id: "script-unreadable",
  title: "Script that the shell cannot read to its end",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the shell form of RUN where \`fi\`, \`done\`, \`esac\`, \`then\`, \`do\` or \`}\` is an argument because the \`;\` in front of it is missing,
      where nothing ends what such words end, where no command stands between two operators (\`; &&\`, \`&& ||\`) or behind the last
      one. Silent about here-documents of the shell, arrays, templates and all that is not certain.`,
    why: source`
      The lines of a RUN are joined to one before the shell reads them, so that the end of a line separates nothing. What cannot be read to its
      end is not begun either: the build ends with "Syntax error", whatever the condition says.`,
    bad: source`
      FROM debian:trixie-slim
      ARG TARGETARCH
      RUN if [ "$TARGETARCH" = arm64 ]; then \
            touch /arm64 \
          fi
          ^^ script-unreadable: A ; is missing in front of fi: here it is an argument of touch, and nothing ends the if.`,
    good: source`
      FROM debian:trixie-slim
      ARG TARGETARCH
      RUN if [ "$TARGETARCH" = arm64 ]; then \
            touch /arm64; \
          fi`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const script = run.exec ? undefined : stage.scriptOf(run);
    // Another reader has to stumble too; of another language's script it has no command.
    if (!script || script.complete || script.commands.length === 0 || isWindows(stage.before(run), stage))
      return;
    const text = scriptText(stage.model.file, run);
    const reading = text && readThrough(text.text);
    // Of a comment that takes the rest along another rule speaks.
    if (!text || !reading?.unread || reading.comment !== undefined) return;
    const { unread } = reading;
    report(text.spanOf(unread.start, unread.end), messageOf(unread), { fixes: fixesOf(unread, text) });
  },
});

function messageOf(unread: Unread): string {
  switch (unread.kind) {
    case "argument":
      return `A ; is missing in front of ${unread.word}: here it is an argument of ${unread.of}, and nothing ends the ${unread.opener}.`;
    case "open":
      return `Nothing ends this ${unread.opener}: there is no ${unread.closer}.`;
    case "operator":
      return unread.before.trim() === ""
        ? `Nothing stands in front of ${unread.word}.`
        : `No command stands between ${unread.before} and ${unread.word}.`;
    case "end":
      return `Nothing follows ${unread.word}.`;
  }
}

function fixesOf(unread: Unread, text: MappedText): Fix[] {
  if (unread.kind !== "argument") return [];
  const last = text.text.slice(0, unread.start).trimEnd().length - 1;
  const edit = insert(text.toSource(last) + 1, ";");
  return [{ kind: "unsafe", title: `Add ; in front of ${unread.word}`, edits: [edit] }];
}

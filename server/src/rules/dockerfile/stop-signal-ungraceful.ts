import { wordValue } from "../../model/stage/word-value.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { instructionRule } from "../rule.ts";

export const stopSignalUngraceful = instructionRule({
  id: "stop-signal-ungraceful",
  title: "STOPSIGNAL that no program can handle",
  severity: "warning",
  tags: ["run"],
  aliases: ["no-ungraceful-stopsignal"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`STOPSIGNAL\` with SIGKILL or SIGSTOP, by name or by number.`,
    why: source`
      No program can handle these two. With SIGKILL each \`docker stop\` ends the service in the middle of its
      requests and writes; with SIGSTOP it is frozen until Docker kills it ten seconds later.`,
    bad: source`
      FROM alpine:3.24
      STOPSIGNAL SIGKILL
                 ^^^^^^^ stop-signal-ungraceful: No program can handle SIGKILL, so that nothing is finished or saved at a stop.`,
    good: source`
      FROM alpine:3.24
      STOPSIGNAL SIGQUIT`,
  },
  instructions: ["STOPSIGNAL"],
  triggers: true,

  check(instruction, stage, report) {
    const [word] = instruction.words;
    const value = word && wordValue(word, instruction, stage);
    const signal = value === undefined ? undefined : UNGRACEFUL[value.toUpperCase().replace(/^SIG/, "")];
    if (!word || signal === undefined) return;
    const edits = [replace(word.span, "SIGTERM")];
    report(word.span, `No program can handle ${signal}, so that nothing is finished or saved at a stop.`, {
      fixes: [{ kind: "unsafe", title: "Stop with SIGTERM", edits }],
    });
  },
});

/** Numbers are those of Linux on amd64 and arm64 (signal(7)). */
const UNGRACEFUL: Readonly<Record<string, string>> = {
  "9": "SIGKILL",
  KILL: "SIGKILL",
  "19": "SIGSTOP",
  STOP: "SIGSTOP",
};

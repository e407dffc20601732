import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { instructionRule, type Report } from "../rule.ts";

export const stopSignalUngraceful = instructionRule({
  id: "stop-signal-ungraceful",
  title: "STOPSIGNAL at which the service does not finish",
  severity: "warning",
  tags: ["run"],
  aliases: ["no-ungraceful-stopsignal", "prefer-nginx-sigquit"],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`STOPSIGNAL\` with SIGKILL or SIGSTOP, by name or by number, and one at which the server that is started drops what
      it is at: SIGTERM for nginx, httpd and PHP-FPM.`,
    why: source`
      No program can handle these two. With SIGKILL each \`docker stop\` ends the service in the middle of its
      requests and writes; with SIGSTOP it is frozen until Docker kills it ten seconds later. Web servers have a signal for
      finishing what they have begun, which their official images set, and end at once at SIGTERM.`,
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
    if (!word || value === undefined) return;
    const name = value.toUpperCase().replace(/^SIG/, "");
    const signal = Object.hasOwn(UNGRACEFUL, name) ? UNGRACEFUL[name] : undefined;
    if (signal === undefined) {
      if (HASTY.has(name)) checkServer(word, stage, report);
      return;
    }
    const edits = [replace(word.span, "SIGTERM")];
    report(word.span, `No program can handle ${signal}, so that nothing is finished or saved at a stop.`, {
      fixes: [{ kind: "unsafe", title: "Stop with SIGTERM", edits }],
    });
  },
});

function checkServer(word: Word, stage: Stage, report: Report): void {
  const started = stage.isFinal ? startedCommand(stage)?.program.text : undefined;
  const server = started === undefined ? undefined : SERVERS.find((it) => it.program.test(started));
  if (!server) return;
  report(word.span, `${server.title} ends at once at this signal; at ${server.signal} it finishes first.`, {
    severity: "info",
    aliases: ["prefer-nginx-sigquit"],
    fixes: [
      {
        kind: "unsafe",
        title: `Stop with ${server.signal}`,
        edits: [replace(word.span, server.signal)],
      },
    ],
  });
}

const HASTY: ReadonlySet<string> = new Set(["TERM", "15", "INT", "2"]);

/** nginx.org/en/docs/control.html, httpd.apache.org/docs/2.4/stopping.html, the manual of php-fpm (read 2026-11). */
const SERVERS: readonly { readonly program: RegExp; readonly title: string; readonly signal: string }[] = [
  { program: /^(nginx|openresty)$/, title: "nginx", signal: "SIGQUIT" },
  {
    program: /^(httpd-foreground|apache2-foreground|httpd)$/,
    title: "Apache",
    signal: "SIGWINCH",
  },
  { program: /^php-fpm[\d.]*$/, title: "PHP-FPM", signal: "SIGQUIT" },
];

/** Numbers are those of Linux on amd64 and arm64 (signal(7)). */
const UNGRACEFUL: Readonly<Record<string, string>> = {
  "9": "SIGKILL",
  KILL: "SIGKILL",
  "19": "SIGSTOP",
  STOP: "SIGSTOP",
};

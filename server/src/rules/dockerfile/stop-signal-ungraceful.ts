import type { Stage } from "../../model/stage/stage.ts";
import { startedCommand } from "../../model/stage/started/started-command.ts";
import { wordValue } from "../../model/stage/word-value.ts";
import type { Word } from "../../syntax/dockerfile/tree.ts";
import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isWindowsImage } from "../knowledge/stages/windows.ts";
import { instructionRule, type Report } from "../rule.ts";
import { removeLines } from "../writing/dockerfile/lines.ts";

export const stopSignalUngraceful = instructionRule({
  id: "stop-signal-ungraceful",
  title: "STOPSIGNAL at which the service does not finish",
  severity: "warning",
  tags: ["run"],
  aliases: [
    "no-ungraceful-stopsignal",
    "prefer-nginx-sigquit",
    "prefer-systemd-sigrtmin-plus-3",
    "no-stopsignal",
  ],
  since: "0.2.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`STOPSIGNAL\` with SIGKILL or SIGSTOP, by name or by number, and one at which the server that is started drops what
      it is at: SIGTERM for nginx, httpd, PHP-FPM and systemd. Also reports \`STOPSIGNAL\` in images of Windows.`,
    why: source`
      No program can handle these two. With SIGKILL each \`docker stop\` ends the service in the middle of its
      requests and writes; with SIGSTOP it is frozen until Docker kills it ten seconds later. Web servers have a signal for
      finishing what they have begun, which their official images set, and end at once at SIGTERM; systemd does not end at all. Windows
      has no signals: BuildKit writes down what it is given, and the classic builder ends at it.`,
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
    if (word && isWindowsImage(stage.before(instruction))) {
      report(
        word.span,
        "Windows has no signals, so that this changes nothing, and the classic builder refuses it.",
        {
          aliases: ["no-stopsignal"],
          fixes: [
            {
              kind: "unsafe",
              title: "Remove STOPSIGNAL",
              edits: [removeLines(stage.model.file, instruction)],
            },
          ],
        },
      );
      return;
    }
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
      aliases: ["no-ungraceful-stopsignal"],
      fixes: [{ kind: "unsafe", title: "Stop with SIGTERM", edits }],
    });
  },
});

function checkServer(word: Word, stage: Stage, report: Report): void {
  const program = stage.isFinal ? startedCommand(stage)?.program : undefined;
  const started = program?.text;
  const written = program ? stage.model.file.text.slice(program.span.start, program.span.end) : "";
  const { os } = stage.result;
  const server =
    started === undefined
      ? undefined
      : SERVERS.find(
          (it) =>
            it.program.test(started) &&
            (it.written === undefined || it.written.test(written)) &&
            (it.families === undefined || (os.known && it.families.includes(os.value.family))),
        );
  if (!server) return;
  const does =
    server.title === "systemd"
      ? "systemd does not end at this signal, and is killed; at SIGRTMIN+3 it shuts down."
      : `${server.title} ends at once at this signal; at ${server.signal} it finishes first.`;
  report(word.span, does, {
    severity: "info",
    aliases: [server.title === "systemd" ? "prefer-systemd-sigrtmin-plus-3" : "prefer-nginx-sigquit"],
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

interface Server {
  readonly program: RegExp;
  readonly title: string;
  readonly signal: string;
  /** The systems where this program is that server. */
  readonly families?: readonly string[];
  /** How it stands in CMD or ENTRYPOINT, where others may be called so too. */
  readonly written?: RegExp;
}

/** nginx.org/en/docs/control.html, httpd.apache.org/docs/2.4/stopping.html, the manual of php-fpm, systemd(1) (read 2026-11). */
const SERVERS: readonly Server[] = [
  { program: /^(nginx|openresty)$/, title: "nginx", signal: "SIGQUIT" },
  {
    program: /^(httpd-foreground|apache2-foreground|httpd)$/,
    title: "Apache",
    signal: "SIGWINCH",
  },
  { program: /^php-fpm[\d.]*$/, title: "PHP-FPM", signal: "SIGQUIT" },
  {
    program: /^(?:init|systemd)$/,
    title: "systemd",
    signal: "SIGRTMIN+3",
    // Alpine's init is another one.
    families: ["debian", "rhel"],
    written: /\/sbin\/init\b|systemd/,
  },
];

/** Numbers are those of Linux on amd64 and arm64 (signal(7)). */
const UNGRACEFUL: Readonly<Record<string, string>> = {
  "9": "SIGKILL",
  KILL: "SIGKILL",
  "19": "SIGSTOP",
  STOP: "SIGSTOP",
};

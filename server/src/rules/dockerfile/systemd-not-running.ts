import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import { source } from "../../text/source.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { type CommandCall, commandRule } from "../rule.ts";

export const systemdNotRunning = commandRule({
  id: "systemd-not-running",
  title: "Unit that systemd is to start in a build",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`systemctl start\`, \`restart\`, \`stop\`, \`reload\`, \`daemon-reload\`, \`status\` and the like in RUN, and \`enable --now\`.
      Silent about \`enable\`, \`disable\` and \`mask\` alone, which only write links, where another program of that name may have been put
      in its place, and where \`SYSTEMD_OFFLINE\` tells it to do without a manager.`,
    why: source`
      A RUN has no process but its own, and systemd is not among them: systemctl ends with "System has not been booted with systemd as init
      system", and the build with it. What a container runs is what ENTRYPOINT and CMD say.`,
    bad: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends systemd nginx && systemctl start nginx
                                                                                        ^^^^^^^^^ systemd-not-running: No systemd runs in a build, so that systemctl start fails.`,
    good: source`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y --no-install-recommends nginx
      CMD ["nginx", "-g", "daemon off;"]`,
  },
  programs: ["systemctl"],

  check(call, report) {
    const { command, script, run, instruction, stage } = call;
    const { name, arguments: words } = command;
    if (instruction.name !== "RUN" || !script.complete || mayFail(command) || !name) return;
    // In another root, and for a user's own, it is another matter.
    if (
      words.some((it) => /^(?:--(?:root|image|user|global|host|machine|help|version)\b|-[HM])/.test(it.raw))
    )
      return;
    const verb = words.find((it) => !it.raw.startsWith("-"))?.literal;
    const isNow = /^(?:enable|disable)$/.test(verb ?? "") && words.some((it) => it.literal === "--now");
    if (verb === undefined || !(isNow || NEEDING.has(verb)) || mayNotAsk(call)) return;
    const asked = isNow ? `${verb} --now` : verb;
    report(name.span, `No systemd runs in a build, so that systemctl ${asked} fails.`, {
      severity: failsRun(command, script, run, stage) ? "error" : "warning",
    });
  },
});

/** What asks the manager, and does nothing without it; with SYSTEMD_OFFLINE=1 it all succeeds (systemctl of systemd 252, tried in a container 2026-11). */
const NEEDING: ReadonlySet<string> = new Set(
  (
    "start stop restart try-restart reload reload-or-restart status is-active daemon-reload daemon-reexec kill isolate " +
    "reset-failed list-units"
  ).split(" "),
);

/** Some images bring a script under its name that starts services by itself; offline it asks no manager, and fails for nothing. */
function mayNotAsk({ run, stage }: CallOfStage): boolean {
  for (const { instructions } of stagesDownFrom(stage))
    for (const it of instructions) {
      if (it.span.start > run.span.start) break;
      if (says(it.name === "RUN" ? FETCHED : PUT, it)) return true;
    }
  return false;
}

type CallOfStage = Pick<CommandCall, "run" | "stage">;

const PUT = /systemctl|SYSTEMD_OFFLINE/;

const FETCHED =
  /(?:curl|wget|cp|mv|ln|install|tee|cat|>)[^&;|\n]*systemctl|systemctl\.py|docker-systemctl|SYSTEMD_OFFLINE=/;

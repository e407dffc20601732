import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import type { Command, Script } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { commandRule } from "../rule.ts";

export const senselessCommand = commandRule({
  id: "senseless-command",
  title: "Command of a running system in a build",
  severity: "info",
  tags: ["clarity"],
  aliases: ["DL3001"],
  since: "0.2.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`service\`, \`ps\`, \`top\`, \`free\`, \`kill\`, \`mount\`, \`shutdown\`, \`ssh\` and \`vim\` in RUN. It is silent
      about \`ssh\` with an ssh mount, and about \`kill\` of what the same RUN started.`,
    why: source`
      A RUN starts with no process but its own and ends with all of them stopped; only files are kept. Commands that
      look at a running system, or change it, leave nothing in the image.`,
    bad: source`
      FROM debian:trixie-slim
      RUN service cron start && crontab /etc/jobs
          ^^^^^^^ senseless-command: What service starts ends with this RUN.`,
    good: source`
      FROM debian:trixie-slim
      RUN crontab /etc/jobs
      CMD ["cron", "-f"]`,
  },
  programs: ["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"],

  check({ program, command, script, run }, report) {
    const name = command.name;
    if (!name || script.functions.includes(program) || makesSense(program, script, run, command)) return;
    report(name.span, MESSAGES[program] ?? `${program} is for a running system, and a build has none.`);
  },
});

const MESSAGES: Readonly<Record<string, string>> = {
  service: "What service starts ends with this RUN.",
  ssh: "Without an ssh mount there is no key that ssh could use, unless one is in the image.",
  vim: "Nobody is there to edit during a build.",
};

function makesSense(program: string, script: Script, run: Instruction, command: Command): boolean {
  // A database that is started to be filled has to be stopped again.
  if (program === "kill") return script.commands.some((it) => it.background);
  const isSshMount = run.flags.some((it) => it.fields.some((field) => field.value === "ssh"));
  if (program === "ssh") return isSshMount || command.arguments.some((it) => it.literal === "-V");
  // Files of the system can be mounted where the build may do that.
  return program === "mount" && run.flags.some((it) => it.name === "security");
}

import { source } from "../../text/source.ts";
import { modeOf } from "../knowledge/commands/written-modes.ts";
import { isShipped } from "../knowledge/stages/shipped.ts";
import { instructionRule, type Report } from "../rule.ts";

export const setuidFile = instructionRule({
  id: "setuid-file",
  title: "Program that runs as its owner, whoever starts it",
  severity: "info",
  tags: ["security"],
  aliases: ["CIS-DI-0008"],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`chmod u+s\`, modes such as \`4755\`, and \`--chmod\` of COPY and ADD with the setuid bit, in a stage that is shipped.
      The bit of the group, which shared folders often have, does not count.`,
    why: source`
      Who finds a mistake in such a program becomes its owner, mostly root, however low the user is that the service runs as.
      A capability that is given to the file (\`setcap\`), or to the container, gives away that right alone.`,
    bad: source`
      FROM debian:trixie-slim
      COPY --chmod=4755 helper /usr/local/bin/
                   ^^^^ setuid-file: Whoever starts what has the mode 4755 runs it with the rights of its owner.`,
    good: source`
      FROM debian:trixie-slim
      COPY --chmod=755 helper /usr/local/bin/`,
  },
  instructions: ["COPY", "ADD", "RUN"],
  onlyWith: { programs: ["chmod", "install"] },

  check(instruction, stage, report) {
    if (!isShipped(stage)) return;
    if (instruction.name !== "RUN") {
      for (const { name, value, valueSpan } of instruction.flags)
        if (name === "chmod" && value !== undefined && valueSpan) tell(value, valueSpan, report);
      return;
    }
    for (const command of stage.commandsOf(instruction)?.commands ?? []) {
      // `mkdir -m` makes folders, for which the bit means nothing.
      const mode = command.name?.literal?.endsWith("mkdir") ? undefined : modeOf(command);
      if (mode) tell(mode.value, mode.span, report);
    }
  },
});

function tell(mode: string, span: Parameters<Report>[0], report: Report): void {
  if (setsUser(mode))
    report(span, `Whoever starts what has the mode ${mode} runs it with the rights of its owner.`);
}

function setsUser(mode: string): boolean {
  if (/^[0-7]{4,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o4000) !== 0;
  return mode.split(",").some((it) => /^(?:[uga]*[ua][uga]*)?[+=][rwxX]*s/.test(it));
}

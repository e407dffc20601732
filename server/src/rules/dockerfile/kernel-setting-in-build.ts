import type { ShellWord } from "../../syntax/shell/script.ts";
import { source } from "../../text/source.ts";
import { placesWritten } from "../knowledge/commands/places-written.ts";
import { failsRun, mayFail } from "../knowledge/stages/build-failure.ts";
import { instructionRule } from "../rule.ts";

export const kernelSettingInBuild = instructionRule({
  id: "kernel-setting-in-build",
  title: "Setting of the kernel that a build is to change",
  severity: "error",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports a RUN that writes to \`/proc/sys\` or \`/sys\`. Silent with \`--security=insecure\`, and where the command may fail.`,
    why: source`
      An image has no kernel, and these are files of the host's, which a build may only read: "Read-only file system". Who starts the
      container sets them, with \`--sysctl\`, \`sysctls\` in Compose, or on the host.`,
    bad: source`
      FROM alpine:3.24
      RUN echo 1024 > /proc/sys/net/core/somaxconn
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kernel-setting-in-build: A build cannot write to /proc/sys: it is the host's kernel.`,
    good: source`
      FROM alpine:3.24`,
  },
  instructions: ["RUN"],

  check(run, stage, report) {
    const script = stage.commandsOf(run);
    if (!script?.complete || run.flags.some((it) => it.name === "security")) return;
    for (const command of script.commands) {
      const word = mayFail(command)
        ? undefined
        : placesWritten(command)
            .map((it) => it.word)
            .find(isSetting);
      if (!word) continue;
      const [folder] = /^\/(?:proc\/sys|sys)(?=\/)/.exec(word.literal ?? "") ?? [];
      report(word.span, `A build cannot write to ${folder}: it is the host's kernel.`, {
        severity: failsRun(command, script, run, stage) ? "error" : "warning",
      });
    }
  },
});

function isSetting({ literal }: ShellWord): boolean {
  return literal !== undefined && /^\/(?:proc\/sys|sys)\/[\w./-]+$/.test(literal);
}

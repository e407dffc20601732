import { imageNameBelow } from "../../model/stage/base-image.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { source } from "../../text/source.ts";
import type { Span } from "../../text/span.ts";
import { isWindowsImage } from "../knowledge/stages/windows.ts";
import { instructionRule } from "../rule.ts";

export const programNotOnWindows = instructionRule({
  id: "program-not-on-windows",
  title: "Program that a Windows image does not have",
  severity: "error",
  tags: ["build", "run"],
  aliases: [],
  since: "0.4.0",
  fix: "none",
  enabled: true,
  docs: {
    what: source`
      Reports \`powershell\` and \`msiexec\` in images of Nano Server, in RUN, SHELL, CMD and ENTRYPOINT, and package managers and
      programs for users and rights of Linux (\`apt-get\`, \`chmod\`) in RUN of any Windows image, where nothing before may
      have brought them.`,
    why: source`
      Nano Server has no Windows PowerShell, which needs the .NET Framework, and no Windows Installer: what needs them is done in a stage of
      Server Core and copied. Windows says that it does not recognise the name, and the build ends.`,
    bad: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
      RUN powershell -Command Expand-Archive app.zip C:\\app
          ^^^^^^^^^^ program-not-on-windows: Nano Server has no powershell.`,
    good: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2022
      RUN powershell -Command Expand-Archive app.zip C:\\app`,
  },
  instructions: ["RUN", "SHELL", "CMD", "ENTRYPOINT"],

  check(instruction, stage, report) {
    const nano = NOT_ON_NANO.exec(instruction.body.text);
    const linux = instruction.name === "RUN" ? OF_LINUX.exec(instruction.body.text) : null;
    if ((!nano && !linux) || !isWindowsImage(stage.before(instruction))) return;
    if (nano && isNano(stage)) {
      const [, before = "", program = ""] = nano;
      report(spanOf(instruction, before, program), `Nano Server has no ${program}.`, severityOf(instruction));
    } else if (linux && !instruction.exec && !mayHaveMore(stage)) {
      const [, before = "", program = ""] = linux;
      report(
        spanOf(instruction, before, program),
        `Windows has no ${program}: this is an image of Windows.`,
        severityOf(instruction),
      );
    }
  },
});

/** Docker documents what Nano Server lacks: learn.microsoft.com, "Windows container base images" (as generally known, 2026-11). */
const NOT_ON_NANO = /^(\s*(?:--\w\S*\s+)*@?(?:\[\s*")?)(powershell|msiexec)(?=\.exe\b|["\s]|$)/i;
/** The first command of a RUN. */
const OF_LINUX =
  /^(\s*(?:--\w\S*\s+)*)(apt-get|apt|apk|yum|dnf|microdnf|dpkg|useradd|adduser|groupadd|addgroup|chmod|chown)(?=\s)/;

function spanOf({ body }: Instruction, before: string, program: string): Span {
  return body.spanOf(before.length, before.length + program.length);
}

function severityOf({ name, body }: Instruction): { readonly severity?: "warning" } {
  return name === "RUN" && /\|\||;|[^&]&[^&]/.test(body.text) ? { severity: "warning" } : {};
}

/** That of 2016 had PowerShell; it has had no updates since 2018. */
function isNano(stage: Stage): boolean {
  const text = imageNameBelow(stage)?.text ?? "";
  return /nanoserver/.test(text) && !/sac2016|14393|1607/.test(text);
}

/** Git, MSYS2 and others bring programs of Linux, and whatever sets PATH may. */
function mayHaveMore(stage: Stage): boolean {
  for (const it of stagesDownFrom(stage)) if (bringsMore(it)) return true;
  return false;
}

const bringsMore = notedOnStage(({ instructions }: Stage): boolean =>
  instructions.some(
    (instruction) =>
      (instruction.name === "ENV" && instruction.pairs.some((it) => /^path$/i.test(it.name.raw))) ||
      says(/git|msys|cygwin|mingw|busybox|scoop|choco|bash|setx|nix/i, instruction),
  ),
);

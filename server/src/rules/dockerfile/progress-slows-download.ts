import type { Stage } from "../../model/stage/stage.ts";
import { says } from "../../syntax/dockerfile/says.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { isWindowsImage } from "../knowledge/stages/windows.ts";
import { type Fix, instructionRule } from "../rule.ts";

export const progressSlowsDownload = instructionRule({
  id: "progress-slows-download",
  title: "Download that the progress bar of PowerShell slows down",
  severity: "info",
  tags: ["cache"],
  aliases: ["progress-preference"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports \`Invoke-WebRequest\` in Windows PowerShell, by SHELL or by a call of \`powershell\`, where nothing sets
      \`$ProgressPreference\`.`,
    why: source`
      Windows PowerShell draws its progress bar anew with each piece that comes in, and a large download takes many times as long. Microsoft's
      own images turn it off with \`$ProgressPreference = 'SilentlyContinue'\`.`,
    bad: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
      RUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip
          ^^^^^^^^^^^^^^^^^ progress-slows-download: The progress bar slows this download down: nothing sets $ProgressPreference.`,
    good: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue';"]
      RUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip`,
  },
  instructions: ["RUN"],

  check(instruction, stage, report) {
    const { text } = instruction.body;
    const [download] = /\b(?:Invoke-WebRequest|iwr)\b/i.exec(text) ?? [];
    if (download === undefined || /ProgressPreference/i.test(text)) return;
    const state = stage.before(instruction);
    if (!isWindowsImage(state)) return;
    const { shellCommand } = state;
    const shell = shellCommand.known ? shellCommand.value : [];
    const isShell = WINDOWS_POWERSHELL.test(shell[0] ?? "") && !instruction.exec;
    const isCalled = /^\W*(?:--\S+\s+)*["@[\s]*powershell(?:\.exe)?["\s]/i.test(text);
    if (!isShell && !isCalled) return;
    // Somewhere it may be set for all: in SHELL, a profile or a module.
    if (shell.some((it) => /ProgressPreference/i.test(it)) || setsProgress(stage, instruction)) return;
    const at = text.indexOf(download);
    report(
      instruction.body.spanOf(at, at + download.length),
      "The progress bar slows this download down: nothing sets $ProgressPreference.",
      { fixes: isShell ? quietFix(instruction) : [] },
    );
  },
});

const WINDOWS_POWERSHELL = /(?:^|[\\/])powershell(?:\.exe)?$/i;

function setsProgress({ instructions }: Stage, last: Instruction): boolean {
  return instructions.some(
    (it) =>
      it.span.start < last.span.start &&
      it.name !== "SHELL" &&
      says(/ProgressPreference/i, it) &&
      says(/profile/i, it),
  );
}

function quietFix({ rest, hereDocuments }: Instruction): Fix[] {
  if (hereDocuments.length > 0) return [];
  const edit = insert(rest.spanOf(0, 0).start, "$ProgressPreference = 'SilentlyContinue'; ");
  return [{ kind: "unsafe", title: "Turn the progress bar off", edits: [edit] }];
}

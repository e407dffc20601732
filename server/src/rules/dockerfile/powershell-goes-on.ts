import type { Stage } from "../../model/stage/stage.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { insert } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { type Fix, stageRule } from "../rule.ts";

export const powershellGoesOn = stageRule({
  id: "powershell-goes-on",
  title: "PowerShell that goes on when a command fails",
  severity: "warning",
  tags: ["build"],
  aliases: ["error-action-preference"],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports the first RUN of several commands below \`SHELL ["powershell", …]\` or \`pwsh\` without
      \`$ErrorActionPreference = 'Stop'\`, there or in the RUN itself. Silent where the commands look after failures
      themselves.`,
    why: source`
      PowerShell tells of a failure and goes on, and the RUN ends as its last command does: a download that broke off becomes
      an image without the program. Official images for Windows all set it.`,
    bad: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      SHELL ["powershell", "-Command"]
      RUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip; Remove-Item a.zip
          ^^^^^^^^^^^^^^^^^ powershell-goes-on: If this fails, PowerShell goes on with the next command, and so does the build.`,
    good: source`
      # escape=\`
      FROM mcr.microsoft.com/windows/servercore:ltsc2025
      SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
      RUN Invoke-WebRequest https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip; Remove-Item a.zip`,
  },
  onlyWith: { instructions: ["SHELL"] },

  check(stage, report) {
    let shell: Instruction | undefined;
    for (const instruction of stage.instructions) {
      if (instruction.name === "SHELL") shell = isOpenShell(instruction) ? instruction : undefined;
      if (instruction.name !== "RUN" || !shell || instruction.exec || instruction.hereDocuments.length > 0)
        continue;
      const first = firstOfSeveral(instruction.body.text);
      if (first === undefined) continue;
      const at = instruction.body.text.indexOf(first);
      report(
        instruction.body.spanOf(at, at + first.length),
        "If this fails, PowerShell goes on with the next command, and so does the build.",
        {
          related: [{ message: "The shell is chosen here.", span: shell.span }],
          fixes: stopIn(shell, stage),
        },
      );
      shell = undefined;
    }
  },
});

/** PowerShell by `-Command`, which says nothing of failures. */
function isOpenShell({ exec }: Instruction): boolean {
  const [program = "", ...words] = (exec ?? []).map((it) => it.raw);
  return (
    /(^|[\\/])(powershell|pwsh)(\.exe)?$/i.test(program) &&
    words.some((it) => /^[-/]c(ommand)?$/i.test(it)) &&
    !words.some((it) => /ErrorActionPreference|[-/](File|EncodedCommand)/i.test(it))
  );
}

/** The first word of the first command that may fail unseen; undefined where there is only one, or failures are looked after. */
function firstOfSeveral(body: string): string | undefined {
  if (!body.includes(";") || LOOKED_AFTER.test(body)) return undefined;
  const plain = body.replaceAll(/"[^"\n]*"|'[^'\n]*'/g, (it) => "_".repeat(it.length));
  const commands = plain.split(";").map((it) => it.trim());
  while (commands.at(-1) === "") commands.pop();
  const failing = commands.slice(0, -1).find((it) => /^[A-Za-z]/.test(it) && !HARMLESS.test(it));
  return failing?.split(/\s/, 1)[0];
}

const LOOKED_AFTER =
  /ErrorActionPreference|-ErrorAction\b|-EA\b|\btry\s*\{|\btrap\b|\bthrow\b|\bexit\b|\$\?|LASTEXITCODE/i;
const HARMLESS =
  /^(Write-\w+|Set-Location|cd|echo|if|else|foreach|for|while|function|param|New-Item|mkdir|Start-Sleep)\b/i;

function stopIn({ exec }: Instruction, { model: { file } }: Stage): readonly Fix[] {
  const last = exec?.at(-1);
  if (!last || !/^[-/]c(ommand)?$/i.test(last.raw)) return [];
  // Quotes are part of the place of a string in exec form.
  const end = file.text[last.span.end - 1] === '"' ? last.span.end : last.span.end + 1;
  const edits = [insert(end, `, "$ErrorActionPreference = 'Stop';"`)];
  return [{ kind: "unsafe", title: "Stop at the first failure", edits }];
}

import { replace } from "../../text/edit.ts";
import { source } from "../../text/source.ts";
import { joiningBackslashes } from "../knowledge/instructions/joined-lines.ts";
import { dockerfileRule, type Fix } from "../rule.ts";

export const backslashJoinsLines = dockerfileRule({
  id: "backslash-joins-lines",
  title: "Path of Windows that takes the next line with it",
  severity: "warning",
  tags: ["build"],
  aliases: [],
  since: "0.4.0",
  fix: "unsafe",
  enabled: true,
  docs: {
    what: source`
      Reports a path of Windows that ends a line with a backslash, such as C:\app\, in a file in which the backslash continues
      lines: one without the parser directive \`escape\`.`,
    why: source`
      Unless that directive says otherwise, a backslash at the end of a line continues it: the next instruction becomes a part
      of this one. Docker takes \`/\` in paths of Windows too.`,
    bad: source`
      FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
      COPY app.exe C:\app\
                         ^ backslash-joins-lines: This backslash joins the next line to this one.
      RUN C:\app\app.exe --version`,
    good: source`
      FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
      COPY app.exe C:/app/
      RUN C:\app\app.exe --version`,
  },

  check({ file }, report) {
    if (!file.text.includes(":\\")) return;
    for (const instruction of file.instructions) {
      for (const span of joiningBackslashes(file, instruction)) {
        const fixes: readonly Fix[] = /^(COPY|ADD|WORKDIR)$/.test(instruction.name)
          ? [{ kind: "unsafe", title: "End the path with a slash", edits: [replace(span, "/")] }]
          : [];
        report(span, "This backslash joins the next line to this one.", { fixes });
      }
    }
  },
});

import type { Severity } from "../../../rules/rule.ts";
import type { Format } from "./format.ts";

/** Workflow commands, which GitHub Actions shows beside the lines of a pull request. */
export const github: Format = ({ findings }) =>
  findings
    .map((it) => {
      const properties = [
        ["file", it.file.replaceAll("\\", "/")],
        ["line", String(it.line)],
        ["endLine", String(it.endLine)],
        // Columns are only taken when the place is on one line.
        ...(it.line === it.endLine
          ? [
              ["col", String(it.column)],
              ["endColumn", String(it.endColumn)],
            ]
          : []),
        ["title", it.rule],
      ].map(([name = "", value = ""]) => `${name}=${property(value)}`);
      const message = [it.message, ...it.related.map((related) => `- ${related.message}`)].join("\n");
      return `::${commands[it.severity]} ${properties.join(",")}::${data(message)}\n`;
    })
    .join("");

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

/** Escapes after actions/toolkit, packages/core/src/command.ts (read 2026-11). */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

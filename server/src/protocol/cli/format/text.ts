import type { Severity } from "../../../rules/rule.ts";
import { SEVERITIES } from "../../../rules/rule.ts";
import { counted } from "../../../text/counted.ts";
import type { Finding } from "../finding.ts";
import { type Color, paint, printable, type Terminal } from "../terminal.ts";
import type { Format } from "./format.ts";

/** `file:line:column severity rule message`, its reasons below it, and a line that counts. */
export const text: Format = ({ findings, files, fixed }, terminal) => {
  const lines = findings.flatMap((it) => linesOf(it, terminal));
  return `${[...lines, ...(findings.length > 0 ? [""] : []), summary(findings, files, fixed)].join("\n")}\n`;
};

function linesOf(finding: Finding, terminal: Terminal): string[] {
  const { file, line, column, severity, rule, message, related } = finding;
  const place = paint(terminal, "bold", `${printable(file)}:${line}:${column}`);
  const first = `${place} ${paint(terminal, colors[severity], severity)} ${rule} ${printable(message)}`;
  const reasons = related.map((it) => {
    const where =
      it.file === undefined
        ? ""
        : it.file === file
          ? `line ${it.line}: `
          : `${printable(it.file)}:${it.line}: `;
    return paint(terminal, "grey", `    ${where}${printable(it.message)}`);
  });
  return [first, ...reasons];
}

const colors: Readonly<Record<Severity, Color>> = {
  error: "red",
  warning: "yellow",
  info: "blue",
  hint: "grey",
};

function summary(findings: readonly Finding[], files: number, fixed: number): string {
  const made = fixed > 0 ? `Fixed ${counted(fixed, "problem")}. ` : "";
  if (findings.length === 0) return `${made}No problems in ${counted(files, "file")}.`;
  const bySeverity = SEVERITIES.map(
    (severity) => [severity, findings.filter((it) => it.severity === severity).length] as const,
  )
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => (severity === "info" ? `${number} info` : counted(number, severity)));
  const safe = findings.filter((it) => it.fixes.some(({ kind }) => kind === "safe")).length;
  const unsafe = findings.filter((it) => it.fixes.length > 0).length - safe;
  const fixes = [
    safe > 0 ? `${safe} can be fixed with --fix` : "",
    unsafe > 0 ? `${unsafe}${safe > 0 ? " more" : ""} with --fix-unsafe` : "",
  ].filter((it) => it !== "");
  const wrong = `${made}${counted(findings.length, "problem")} in ${counted(files, "file")}: ${bySeverity.join(", ")}.`;
  return fixes.length > 0 ? `${wrong} ${fixes.join(", ")}.` : wrong;
}

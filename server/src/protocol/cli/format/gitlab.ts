import { createHash } from "node:crypto";
import type { Severity } from "../../../rules/rule.ts";
import { type Format, inOneLine } from "./format.ts";

/** A Code Quality report, which GitLab shows in merge requests (docs.gitlab.com, Code Quality report format, read 2026-11). */
export const gitlab: Format = ({ findings }) => {
  const seen = new Map<string, number>();
  const issues = findings.map((it) => {
    const path = it.file.replaceAll("\\", "/").replace(/^\.\//, "");
    // GitLab tells by the fingerprint what a branch brings: lines are not part of it, as they move.
    const what = [path, it.rule, it.message].join("\n");
    const number = seen.get(what) ?? 0;
    seen.set(what, number + 1);
    return {
      description: inOneLine(it),
      check_name: it.rule,
      fingerprint: createHash("sha256").update(`${what}\n${number}`).digest("hex"),
      severity: severities[it.severity],
      location: { path, lines: { begin: it.line, end: it.endLine } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
};

const severities: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  info: "minor",
  hint: "info",
};

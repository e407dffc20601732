import type { Problem, Report, Rule } from "./rule.ts";

/** Where what is reported goes: what is found in a stage is kept by itself. */
export interface ReportList {
  problems: Problem[];
}

/** What a rule is handed to report with: each finding becomes a problem of the list, with what the rule says of all of them. */
export function collector(rule: Rule, list: ReportList): Report {
  return (
    span,
    message,
    { related = [], fixes = [], aliases = rule.aliases, severity = rule.severity } = {},
  ) => {
    const told = { rule: rule.id, aliases, severity, tags: rule.tags, span, message, related };
    list.problems.push(typeof fixes === "function" ? withFixesOnDemand(told, fixes) : { ...told, fixes });
  };
}

function withFixesOnDemand(told: Omit<Problem, "fixes">, write: () => Problem["fixes"]): Problem {
  let written: Problem["fixes"] | undefined;
  return {
    ...told,
    get fixes() {
      written ??= write();
      return written;
    },
  };
}

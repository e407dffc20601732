import type { Rule } from "../../server/src/rules/rule.ts";

/** The rule as one that declares nothing and is shown everything. */
export function everywhere(rule: Rule): Rule {
  if (!("onlyWith" in rule)) return rule;
  const { onlyWith: _, ...shownAll } = rule;
  return shownAll;
}

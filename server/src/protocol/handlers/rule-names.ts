import type { RuleName } from "../../../../client/src/shared/server-messages.ts";
import { rules } from "../../rules/all.ts";

/** `plimsoll/ruleNames`: every rule with the names that other linters have for it. */
export function answerRuleNames(): readonly RuleName[] {
  return rules.map(({ id, aliases }) => ({ id, aliases }));
}

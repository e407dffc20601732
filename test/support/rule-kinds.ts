import type { Rule } from "../../server/src/rules/rule.ts";

/** Does the rule look at environment files or ignore files? */
export function isAboutSideFiles({ looksAt }: Rule): boolean {
  return looksAt === "environment file" || looksAt === "ignore file";
}

/** Does it look at Dockerfiles, or at what is in them? */
export function isAboutDockerfiles(rule: Rule): boolean {
  return rule.looksAt !== "compose" && !isAboutSideFiles(rule);
}

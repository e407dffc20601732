import type { SyntaxProblem } from "../syntax/problem.ts";
import { syntaxAliases } from "./knowledge/names/syntax-aliases.ts";
import type { Problem } from "./rule.ts";

/** A syntax problem as the user sees it. It has no rule, so a tag says nothing of it. */
export function problemOfSyntax({ code, message, span, severity }: SyntaxProblem): Problem {
  const aliases = syntaxAliases[code] ?? [];
  return { rule: code, aliases, severity, tags: ["build"], span, message, related: [], fixes: [] };
}

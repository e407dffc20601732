import type { IgnoreProblem } from "../syntax/dockerignore/ignore-file.ts";
import type { Problem } from "./rule.ts";
import { problemOfSyntax } from "./syntax-problem.ts";

/** A pattern that Docker refuses as the user sees it. */
export function problemOfIgnoreFile({ message, span }: IgnoreProblem): Problem {
  const text = `Docker refuses this file, and so each build: ${message}.`;
  return problemOfSyntax({ code: "ignore-pattern", message: text, span, severity: "error" });
}

import type { EnvironmentModel } from "../model/environment/environment-model.ts";
import type { SyntaxProblem } from "../syntax/problem.ts";
import { insert, replace } from "../text/edit.ts";
import type { Fix, Problem } from "./rule.ts";
import { problemOfSyntax } from "./syntax-problem.ts";
import { singleQuoted } from "./writing/environment/dotenv-values.ts";

/** What Compose refuses or reads otherwise than it looks, as the user sees it, with what to do where that is plain. */
export function problemOfDotenv(problem: SyntaxProblem, model: EnvironmentModel): Problem {
  return { ...problemOfSyntax(problem), fixes: fixesOf(problem, model) };
}

function fixesOf({ code, span }: SyntaxProblem, { file }: EnvironmentModel): readonly Fix[] {
  const written = file.text.slice(span.start, span.end);
  if (code === "dotenv-name") {
    const mark = /^(?:;|\/\/|--)/.exec(written)?.[0];
    if (mark === undefined) return [];
    const edit = replace({ start: span.start, end: span.start + mark.length }, "#");
    return [{ kind: "safe", title: "Make it a comment", edits: [edit] }];
  }
  if (code === "dotenv-nameless" && file.text.length === span.end)
    return [{ kind: "safe", title: "End the line", edits: [insert(span.end, "\n")] }];
  if (code !== "dotenv-variable") return [];
  const entry = file.entries.find(
    (it) => it.valueSpan && it.valueSpan.start <= span.start && span.end <= it.valueSpan.end,
  );
  const quoted = entry && singleQuoted(entry);
  return quoted
    ? [{ kind: "unsafe", title: "Keep the value as it is with single quotes", edits: quoted }]
    : [];
}

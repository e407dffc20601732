import type { Candidate } from "../../../server/src/features/completion/candidate.ts";
import { completeCompose, withoutLine } from "../../../server/src/features/completion/compose.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { type ComposeSurroundings, composeOf } from "../compose.ts";
import { readCursor } from "../cursor.ts";

/** Candidates at the cursor of a fixture, in the order in which an editor shows them. */
function candidatesIn(fixture: string, around: ComposeSurroundings = {}): readonly Candidate[] {
  const { text, offset } = readCursor(fixture);
  const project = composeOf(text, around);
  const readable =
    project.file.problems.length > 0 ? composeOf(withoutLine(project.file, offset), around) : project;
  return completeCompose(readable, offset, project.file).toSorted(
    (one, other) => one.rank - other.rank || (one.label < other.label ? -1 : 1),
  );
}

export function labelsIn(fixture: string, around: ComposeSurroundings = {}): readonly string[] {
  return candidatesIn(fixture, around).map((it) => it.label);
}

/** The text once a candidate is taken, `$0` and the like as an editor leaves them: empty, or what they propose. */
export function takenIn(fixture: string, label: string, around: ComposeSurroundings = {}): string {
  const found = candidatesIn(fixture, around);
  const one = found.find((it) => it.label === label);
  if (!one) throw new Error(`${label} is not among ${found.map((it) => it.label).join(", ")}`);
  return textWith(readCursor(fixture).text, one);
}

/** As an editor writes a candidate: further lines are indented as the one at the cursor, placeholders filled in. */
export function textWith(text: string, { edit, snippet, also = [] }: Candidate): string {
  const lineStart = text.lastIndexOf("\n", edit.span.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, edit.span.start))?.[0] ?? "";
  const written = snippet ? withoutPlaceholders(edit.newText) : edit.newText;
  return applyEdits(text, [{ span: edit.span, newText: written.replaceAll("\n", `\n${indent}`) }, ...also]);
}

function withoutPlaceholders(snippet: string): string {
  return snippet.replace(
    /\\([\\$}])|\$\{\d+\|([^,|]*)[^}]*\}|\$\{\d+:((?:\\.|[^}\\])*)\}|\$\d+/g,
    (_, escaped?: string, chosen?: string, filled?: string) =>
      escaped ?? (chosen ?? filled)?.replace(/\\([\\$}])/g, "$1") ?? "",
  );
}

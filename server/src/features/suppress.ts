import { rules } from "../rules/all.ts";
import type { Problem } from "../rules/rule.ts";
import type { Dockerfile } from "../syntax/dockerfile/tree.ts";
import { insert, type TextEdit } from "../text/edit.ts";
import { contains } from "../text/span.ts";
import type { Action } from "./code-actions.ts";

/** The file whose comments are written; undefined for a kind of file in which no comment silences a rule. */
export type SuppressionTarget = Dockerfile | undefined;

/**
 * Comments that silence a problem: for its instruction, and for the file. What stops a build is not a matter of taste,
 * so syntax problems are not offered to be silenced.
 */
export function suppressionsOf(file: SuppressionTarget, problem: Problem): Action[] {
  if (!file || !rules.some((it) => it.id === problem.rule)) return [];
  const instruction = file.instructions.find((it) => contains(it.span, problem.span.start));
  const here = instruction && aboveLine(file, instruction.startLine, problem.rule);
  return [
    ...(here ? [{ title: `Ignore ${problem.rule} here`, problem, preferred: false, edits: [here] }] : []),
    {
      title: `Ignore ${problem.rule} in this file`,
      problem,
      preferred: false,
      edits: [forFile(file, problem.rule)],
    },
  ];
}

/** A comment above the instruction, or one more name in the one that is there. */
function aboveLine(file: Dockerfile, line: number, rule: string): TextEdit {
  const above = file.comments.find((it) => file.lines.lineAt(it.span.start) === line - 1);
  if (above && /^plimsoll\s+ignore\s*=\s*[\w,\s-]*$/.test(above.text))
    return insert(above.span.end, `,${rule}`);
  return insert(lineStart(file, line), `# plimsoll ignore=${rule}${lineBreak(file)}`);
}

/** Behind the directives, which have to stay at the top. */
function forFile(file: Dockerfile, rule: string): TextEdit {
  const present = file.comments.find((it) => /^plimsoll\s+global\s+ignore\s*=\s*[\w,\s-]*$/.test(it.text));
  if (present) return insert(present.span.end, `,${rule}`);
  const last = file.directives.at(-1);
  const text = `# plimsoll global ignore=${rule}${lineBreak(file)}`;
  if (!last) return insert(lineStart(file, 0), text);
  const line = file.lines.lineAt(last.span.start) + 1;
  const endsFile = line >= file.lines.starts.length;
  return insert(file.lines.startOf(line), endsFile ? lineBreak(file) + text : text);
}

function lineStart(file: Dockerfile, line: number): number {
  const start = file.lines.startOf(line);
  return start === 0 && file.text.startsWith("\uFEFF") ? 1 : start;
}

function lineBreak({ text }: Dockerfile): string {
  return /\r\n/.test(text) ? "\r\n" : "\n";
}

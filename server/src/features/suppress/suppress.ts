import { rules } from "../../rules/all.ts";
import type { Problem } from "../../rules/rule.ts";
import type { Dockerfile } from "../../syntax/dockerfile/tree.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import { contains, type Span } from "../../text/span.ts";
import type { Action } from "../code-actions.ts";
import { skipInDirective } from "./check-directive.ts";
import { type FileOfLines, ignoreAboveLine } from "./compose-comment.ts";
import { ignoreAboveInstruction } from "./dockerfile-comment.ts";
import { startOfLine } from "./lines.ts";

/** Where comments are written. */
export interface SuppressionTarget {
  readonly file: Dockerfile | FileOfLines;
  /** False where comments of ours silence nothing: then only BuildKit's directive is written. */
  readonly comments: boolean;
}

/**
 * Comments that silence a problem: for its instruction or line, and for the file. A check of BuildKit's is written into its
 * own directive, so that a build is silent too. What stops a build is not a matter of taste, so syntax problems are not
 * offered to be silenced.
 */
export function suppressionsOf({ file, comments }: SuppressionTarget, problem: Problem): Action[] {
  const isTaste = rules.some((it) => it.id === problem.rule) || /^SC\d{4}$/.test(problem.rule);
  if (!isTaste) return [];
  const action = (title: string, edit: TextEdit): Action => ({
    title,
    problem,
    preferred: false,
    edits: [edit],
  });
  const { rule } = problem;
  const here = comments ? ignoreHere(file, problem) : undefined;
  const skip = "instructions" in file ? skipInDirective(file, problem.aliases) : undefined;
  return [
    ...(here ? [action(`Ignore ${rule} here`, here)] : []),
    ...(skip ? [action(`Ignore ${skip.check} in this file, for BuildKit too`, skip.edit)] : []),
    ...(comments && !skip ? [action(`Ignore ${rule} in this file`, ignoreInFile(file, rule))] : []),
  ];
}

function ignoreHere(file: Dockerfile | FileOfLines, { span, rule }: Problem): TextEdit | undefined {
  if (!("instructions" in file)) return ignoreAboveLine(file, span, rule);
  const instruction = file.instructions.find((it) => contains(it.span, span.start));
  return instruction && ignoreAboveInstruction(file, instruction, rule);
}

/** One more name in the comment that is there, or a comment behind the directives, which have to stay at the top. */
function ignoreInFile(file: Dockerfile | FileOfLines, rule: string): TextEdit {
  const { text, lines } = file;
  const present = commentsOf(file).find((it) => PRAGMA.test(text.slice(it.start, it.end)));
  if (present) return insert(present.end, `,${rule}`);
  const comment = `# plimsoll global ignore=${rule}${lineBreakIn(file.text)}`;
  const last = "instructions" in file ? file.directives.at(-1) : undefined;
  if (!last) return insert(startOfLine(file, firstLine(text)), comment);
  const line = lines.lineAt(last.span.start) + 1;
  const endsFile = line >= lines.starts.length;
  return insert(lines.startOf(line), endsFile ? lineBreakIn(file.text) + comment : comment);
}

const PRAGMA = /^#\s*plimsoll:?\s+global\s+ignore\s*=[\w,\s-]*$/i;

/** Comments on lines of their own. */
function commentsOf(file: Dockerfile | FileOfLines): readonly Span[] {
  if ("instructions" in file) return file.comments.map((it) => it.span);
  return [...file.text.matchAll(/^([ \t]*)#[^\r\n]*/gm)].map(({ index, 0: all, 1: blanks = "" }) => ({
    start: index + blanks.length,
    end: index + all.length,
  }));
}

/** `#!` has to stay the first line. */
function firstLine(text: string): number {
  return /^\uFEFF?#!/.test(text) ? 1 : 0;
}

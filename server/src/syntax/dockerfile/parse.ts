import { changeBetween, spanAfter, type TextChange } from "../../text/change.ts";
import type { LineIndex } from "../../text/line-index.ts";
import { firstWhere } from "../../text/sorted.ts";
import type { SyntaxProblem } from "../problem.ts";
import { HASH, skipSpace, trimSpaceEnd } from "./characters.ts";
import { readDirectives } from "./directives.ts";
import { readHereDocumentHeads, readHereDocuments } from "./here-documents.ts";
import { type FileContext, InstructionNode } from "./instruction.ts";
import { problemsOf } from "./problems/problems.ts";
import { SourceLines } from "./source-lines.ts";
import type { Comment, Directive, Dockerfile, Edit } from "./tree.ts";

/**
 * Reads a Dockerfile. Any text gives a tree; what BuildKit would refuse is among its `problems`. Instructions in front of
 * the place where it differs from `before` are taken over from there, with all that they have read of themselves: `before`
 * is used no more then.
 */
export function parseDockerfile(text: string, before?: Dockerfile): DockerfileNode {
  return new DockerfileNode(text, before instanceof DockerfileNode ? before : undefined);
}

/** Lines and instructions are found at once, their insides, comments and problems when they are asked for. */
export class DockerfileNode implements Dockerfile {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly escape: "\\" | "`";
  readonly instructions: readonly InstructionNode[];
  readonly directiveProblems: readonly SyntaxProblem[];
  readonly sourceLines: SourceLines;
  readonly notes: unknown[] = [];
  private readEdit: Edit | undefined;
  private readComments: readonly Comment[] | undefined;
  private readProblems: readonly SyntaxProblem[] | undefined;

  constructor(text: string, before?: DockerfileNode) {
    this.text = text;
    this.sourceLines = new SourceLines(text);
    const read = readDirectives(this.sourceLines);
    this.directives = read.directives;
    this.escape = read.escape;
    this.directiveProblems = read.problems;
    const file = { lines: this.sourceLines, escape: read.escape.charCodeAt(0) };
    this.readEdit = before && editOf(before, this);
    const kept = this.readEdit && before ? before.instructions.slice(0, this.readEdit.kept) : [];
    for (const instruction of kept) instruction.moveTo(file);
    this.instructions = readInstructions(file, kept);
    if (this.readEdit && before) takeProblemsOver(before, this, this.readEdit);
  }

  get edit(): Edit | undefined {
    return this.readEdit;
  }

  /** What came before is needed no more; each version would hold the one before it. */
  forgetEdit(): void {
    this.readEdit = undefined;
  }

  get lines(): LineIndex {
    return this.sourceLines.index;
  }

  get comments(): readonly Comment[] {
    this.readComments ??= readCommentsOf(this);
    return this.readComments;
  }

  get problems(): readonly SyntaxProblem[] {
    this.readProblems ??= problemsOf(this);
    return this.readProblems;
  }
}

/** With another escape character every line may read otherwise. */
function editOf(before: DockerfileNode, after: DockerfileNode): Edit | undefined {
  before.forgetEdit();
  if (before.escape !== after.escape) return undefined;
  const change = changeBetween(before.text, after.text);
  const { sourceLines: lines } = before;
  // What reaches to the text's end may be open, and go on in what is added there.
  const isTouched = (it: InstructionNode) => it.lineEnd > change.start || it.endLine === lines.count - 1;
  const kept = firstWhere(before.instructions, isTouched);
  return { before, change, kept };
}

/** Those of instructions behind the change, which stand elsewhere now and are what they were. */
function takeProblemsOver(before: DockerfileNode, after: DockerfileNode, { change, kept }: Edit): void {
  const shift = change.endAfter - change.endBefore;
  let at = after.instructions.length - 1;
  for (let old = before.instructions.length - 1; old >= kept && at >= kept; old--, at--) {
    const was = before.instructions[old];
    const is = after.instructions[at];
    if (!was || !is || was.lineStart <= change.endBefore) return;
    if (was.lineStart + shift !== is.lineStart || was.lineEnd + shift !== is.lineEnd) return;
    is.foundProblems = was.foundProblems && movedBy(was.foundProblems, change);
  }
}

function movedBy(
  problems: readonly SyntaxProblem[],
  change: TextChange,
): readonly SyntaxProblem[] | undefined {
  if (problems.length === 0) return problems;
  const moved = problems.flatMap((it) => {
    const span = spanAfter(it.span, change);
    return span ? [{ ...it, span }] : [];
  });
  return moved.length === problems.length ? moved : undefined;
}

/** Goes on behind those that are `kept`. */
function readInstructions(file: FileContext, kept: readonly InstructionNode[]): InstructionNode[] {
  const { lines, escape: escapeCode } = file;
  const { text } = lines;
  const instructions = [...kept];
  let nextHereDocument = text.indexOf("<<");
  for (let line = (kept.at(-1)?.endLine ?? -1) + 1; line < lines.count; line++) {
    const end = lines.end(line);
    const start = skipSpace(text, lines.start(line), end);
    if (start === end || text.charCodeAt(start) === HASH) continue;

    const first = line;
    let continued = lines.continuationAt(start, end, escapeCode) >= 0;
    while (continued && line + 1 < lines.count) {
      line++;
      const lineEnd = lines.end(line);
      const lineStart = lines.start(line);
      const visible = skipSpace(text, lineStart, lineEnd);
      if (visible === lineEnd || text.charCodeAt(visible) === HASH) continue;
      continued = lines.continuationAt(lineStart, lineEnd, escapeCode) >= 0;
    }

    if (nextHereDocument >= 0 && nextHereDocument < start) nextHereDocument = text.indexOf("<<", start);
    const mayAnnounce = nextHereDocument >= 0 && nextHereDocument < lines.next(line);
    const instruction = mayAnnounce
      ? withHereDocuments(file, first, line)
      : new InstructionNode(file, { start: first, headEnd: line, end: line });
    line = instruction.endLine;
    // An escape with nothing behind it up to the file's end is no instruction.
    if (!continued || !instruction.isEmpty) instructions.push(instruction);
  }
  return instructions;
}

function withHereDocuments(file: FileContext, first: number, headEnd: number): InstructionNode {
  const draft = new InstructionNode(file, { start: first, headEnd, end: headEnd });
  const announcing = draft.name === "ONBUILD" ? draft.inner : draft;
  if (!announcing || !TAKES_HERE_DOCUMENTS.has(announcing.name) || announcing.exec) return draft;
  const heads = readHereDocumentHeads(draft.line);
  if (heads.length === 0) return draft;
  const { hereDocuments, lastLine } = readHereDocuments(file.lines, heads, headEnd);
  return new InstructionNode(file, { start: first, headEnd, end: lastLine }, hereDocuments, draft.line);
}

const TAKES_HERE_DOCUMENTS: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN"]);

function readCommentsOf(file: DockerfileNode): Comment[] {
  const lines = file.sourceLines;
  const comments: Comment[] = [];
  const add = (line: number) => {
    if (!lines.isComment(line)) return;
    const end = lines.end(line);
    const start = skipSpace(file.text, lines.start(line), end);
    const textStart = skipSpace(file.text, start + 1, end);
    comments.push({
      text: file.text.slice(textStart, trimSpaceEnd(file.text, textStart, end)),
      span: { start, end },
    });
  };
  let line = file.directives.filter((it) => file.text.startsWith("#", it.span.start)).length;
  for (const instruction of file.instructions) {
    for (; line < instruction.startLine; line++) add(line);
    for (line++; line <= instruction.headEndLine; line++) add(line);
    line = instruction.endLine + 1;
  }
  for (; line < lines.count; line++) add(line);
  return comments;
}

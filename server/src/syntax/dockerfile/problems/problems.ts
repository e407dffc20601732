import { span } from "../../../text/span.ts";
import type { SyntaxProblem } from "../../problem.ts";
import type { InstructionNode } from "../instruction.ts";
import type { SourceLines } from "../source-lines.ts";
import type { Directive, Dockerfile } from "../tree.ts";
import { checkDirectives } from "./directives.ts";
import { checkImageReferences } from "./from.ts";
import { checkInstruction } from "./instructions.ts";
import type { Report, Reports } from "./report.ts";

/** What the problems of a file are found in. */
export interface CheckedFile extends Omit<Dockerfile, "problems" | "comments"> {
  readonly instructions: readonly InstructionNode[];
  readonly directiveProblems: readonly SyntaxProblem[];
  readonly sourceLines: SourceLines;
}

/** Everything BuildKit refuses or warns of when it parses the file, in the order of the text. */
export function problemsOf(file: CheckedFile): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [...file.directiveProblems];
  const error = reportInto(problems, "error");
  const warning = reportInto(problems, "warning");
  checkDirectives(file.directives, error);
  // Another frontend reads another language.
  if (!usesOtherFrontend(file.directives)) {
    const collector = new Collector();
    let above: InstructionNode | undefined;
    for (const instruction of file.instructions) {
      for (const it of problemsIn(instruction, file.escape, collector))
        problems.push(it.code === "unknown-instruction" ? withCause(it, instruction, above, file) : it);
      above = instruction;
    }
    checkStages(file, error);
    checkImageReferences(file.instructions, error, file.escape);
    checkHereDocuments(file, error);
    checkContinuations(file, error, warning);
    checkLineLengths(file.sourceLines, error);
  }
  return problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** What is wrong in one instruction; it looks at nothing else, so that the answer is good as long as the instruction is. */
function problemsIn(
  instruction: InstructionNode,
  escapeCharacter: string,
  collector: Collector,
): readonly SyntaxProblem[] {
  if (!instruction.foundProblems) {
    checkInstruction(instruction, collector.reports, escapeCharacter);
    instruction.foundProblems = collector.take();
  }
  return instruction.foundProblems;
}

/** What begins as a shell goes on was meant to be a part of the instruction above, which has ended. */
function withCause(
  problem: SyntaxProblem,
  { name }: InstructionNode,
  above: InstructionNode | undefined,
  { sourceLines, escape: sign }: CheckedFile,
): SyntaxProblem {
  if (!above || !/^(?:&&?|\|\|?|;)/.test(name)) return problem;
  const { end } = above.span;
  const last = sourceLines.text.slice(sourceLines.text.lastIndexOf("\n", end - 1) + 1, end);
  const at = last.lastIndexOf(sign);
  const isCommented = at >= 0 && /^[ \t]+#/.test(last.slice(at + 1));
  const message = isCommented
    ? `There is no instruction ${name}: the line above does not go on here, as a comment stands behind its ${sign}.`
    : `There is no instruction ${name}: the line above does not go on here, as no ${sign} ends it.`;
  return { ...problem, message };
}

/** One for all instructions, as nearly all of them have none. */
class Collector {
  private readonly problems: SyntaxProblem[] = [];
  readonly reports: Reports;

  constructor() {
    const error = reportInto(this.problems, "error");
    this.reports = { refuse: error, report: error, later: reportInto(this.problems, "warning") };
  }

  take(): readonly SyntaxProblem[] {
    return this.problems.length === 0 ? NONE : this.problems.splice(0);
  }
}

const NONE: readonly SyntaxProblem[] = [];

function reportInto(problems: SyntaxProblem[], severity: SyntaxProblem["severity"]): Report {
  return (code, message, place, suggestion) => {
    problems.push({
      code,
      message,
      span: place,
      severity,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  };
}

/** True when the syntax directive names a frontend other than Docker's own, or a copy of that in another registry. */
function usesOtherFrontend(directives: readonly Directive[]): boolean {
  const value = directives.find((it) => it.name === "syntax")?.value;
  if (value === undefined) return false;
  const [image = ""] = value.split(" ");
  return !/(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@]|$)/.test(image);
}

function checkStages({ instructions, sourceLines }: CheckedFile, report: Report): void {
  const [first] = instructions;
  if (!first) {
    report("no-instructions", "A Dockerfile needs instructions.", span(0, sourceLines.text.length));
    return;
  }
  const from = instructions.findIndex((it) => it.name === "FROM");
  const before = from < 0 ? instructions : instructions.slice(0, from);
  const early = before.filter((it) => it.name !== "ARG");
  if (from < 0) {
    const place = early.find((it) => it.isKnown) ?? (early.length > 0 ? undefined : first);
    if (place) report("missing-from", "There is no FROM, so there is nothing to build.", place.keyword);
    return;
  }
  for (const it of early) {
    if (it.isKnown)
      report(
        "instruction-before-from",
        `Only ARG can stand before the first FROM, not ${it.name}.`,
        it.keyword,
      );
  }
}

function checkHereDocuments({ instructions }: CheckedFile, report: Report): void {
  for (const { hereDocuments } of instructions) {
    // Those behind an open one on the same line have nothing left to read, which is the same mistake.
    const open = hereDocuments.find((it) => !it.terminator);
    if (open)
      report("unterminated-here-document", `No line \`${open.name}\` closes this here-document.`, open.span);
  }
}

function checkContinuations(
  { instructions, sourceLines, escape: escapeCharacter }: CheckedFile,
  error: Report,
  warning: Report,
): void {
  for (const { startLine, headEndLine } of instructions) {
    for (let line = startLine + 1; line <= headEndLine; line++) {
      if (!sourceLines.isBlank(line)) continue;
      let last = line;
      while (last < headEndLine && sourceLines.isBlank(last + 1)) last++;
      const message = "An empty line inside a continued instruction will be refused one day.";
      warning("empty-continuation", message, span(sourceLines.start(line), sourceLines.next(last)));
      break;
    }
  }
  const behind = (instructions.at(-1)?.endLine ?? -1) + 1;
  for (let line = behind; line < sourceLines.count; line++) {
    if (sourceLines.isBlank(line) || sourceLines.isComment(line)) continue;
    const place = span(sourceLines.start(line), sourceLines.end(line));
    error("empty-instruction", `Nothing follows the \`${escapeCharacter}\`.`, place);
    break;
  }
}

/** Go's `bufio.Scanner`, with which BuildKit reads lines, takes no longer ones. */
const LONGEST_LINE_IN_BYTES = 65_535;

function checkLineLengths(lines: SourceLines, report: Report): void {
  for (let line = 0; line < lines.count; line++) {
    const start = lines.start(line);
    const next = lines.next(line);
    const length = next - start;
    if (length * 3 <= LONGEST_LINE_IN_BYTES) continue;
    const end = lines.text[next - 1] === "\n" ? next - 1 : next;
    if (utf8Length(lines.text, start, end) <= LONGEST_LINE_IN_BYTES) continue;
    report(
      "line-too-long",
      "BuildKit takes no line of more than 65,535 bytes.",
      span(start, lines.end(line)),
    );
  }
}

function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

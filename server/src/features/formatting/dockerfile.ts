import { parseDockerfile } from "../../syntax/dockerfile/parse.ts";
import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import { applyEdits, insert, replace, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import type { Span } from "../../text/span.ts";
import { inQuotesAtLines } from "./open-quotes.ts";

export interface DockerfileFormat {
  /** What a continued line is indented by in a file that has no such line yet. */
  readonly indent: string;
  /** Lines that touch it are formatted; all when left out. */
  readonly range?: Span;
}

/**
 * Edits that give a Dockerfile keywords in the case of most, instructions and comments at the margin, continued lines that are
 * indented, no blanks at the ends of lines and a line break at the end. Here-documents, and what is inside quotes, stay as they
 * are; so does how far a continued line is indented, when it is. None for a file that BuildKit would refuse to parse.
 */
export function formatDockerfile(file: Dockerfile, { indent, range }: DockerfileFormat): readonly TextEdit[] {
  if (file.problems.some((it) => it.severity === "error")) return [];
  const edits = [...caseEdits(file), ...lineEdits(file, indent), ...lastLineBreak(file)];
  const wanted = range
    ? edits.filter(({ span }) => {
        const line = file.lines.lineAt(span.start);
        return file.lines.lineAt(range.start) <= line && line <= file.lines.lineAt(range.end);
      })
    : edits;
  return wanted.length > 0 && saysTheSame(file, applyEdits(file.text, wanted)) ? wanted : [];
}

/** The same instructions, but for the case of their names and blanks between their words. */
function saysTheSame(file: Dockerfile, text: string): boolean {
  const after = parseDockerfile(text);
  const says = ({ instructions }: Dockerfile) =>
    instructions.map(({ name, body, words, hereDocuments }) => [
      name,
      name === "FROM" ? body.text.replace(/\s+as\s+/i, " AS ") : withSingleBlanks(body.text),
      name === "FROM" ? words.length : words.map((it) => withSingleBlanks(it.raw)),
      hereDocuments.map((it) => it.text.text),
    ]);
  return JSON.stringify(says(file)) === JSON.stringify(says(after));
}

/** Blanks are what separates words in a Dockerfile; other white space is part of one. */
function withSingleBlanks(text: string): string {
  return text.replace(/[ \t]+/g, " ");
}

function caseEdits({ text, instructions }: Dockerfile): TextEdit[] {
  const words = instructions.map(({ keyword }) => text.slice(keyword.start, keyword.end));
  const lower = words.filter((it) => it === it.toLowerCase()).length;
  const upper = words.filter((it) => it === it.toUpperCase()).length;
  const inCase = (word: string) => (lower > upper ? word.toLowerCase() : word.toUpperCase());
  return instructions.flatMap((instruction) => {
    const spans = [instruction.keyword, ...asOf(instruction)];
    return spans.flatMap((span) => {
      const word = text.slice(span.start, span.end);
      // A name that a continuation splits is no plain word.
      return /^[a-z]+$/i.test(word) && word !== inCase(word) ? [replace(span, inCase(word))] : [];
    });
  });
}

function asOf({ name, words }: Instruction): readonly Span[] {
  const [, as] = words;
  return name === "FROM" && words.length === 3 && as && /^as$/i.test(as.raw) ? [as.span] : [];
}

function lineEdits(file: Dockerfile, indent: string): TextEdit[] {
  const { lines, text, instructions, directives } = file;
  const edits: TextEdit[] = [];
  const wantedIndent = usualIndent(file) ?? indent;
  const untouched = new Set(directives.map((it) => lines.lineAt(it.span.start)));
  let next = 0;
  for (let line = 0; line < lines.starts.length; line++) {
    const instruction = instructions[next];
    if (instruction?.startLine === line) {
      edits.push(...ofInstruction(file, instruction, wantedIndent));
      line = instruction.endLine;
      next++;
    } else if (!untouched.has(line))
      edits.push(...marginEdits(text, lines.startOf(line), lines.endOf(line), ""));
  }
  return edits;
}

/** All of an instruction but its here-documents. */
function ofInstruction(file: Dockerfile, instruction: Instruction, indent: string): TextEdit[] {
  const { lines, text } = file;
  const { startLine, headEndLine } = instruction;
  const edits = marginEdits(text, lines.startOf(startLine), lines.endOf(startLine), "");
  const quoted = inQuotesAtLines(file, instruction);
  let continued = text.slice(lines.startOf(startLine), lines.endOf(startLine));
  for (let line = startLine + 1; line <= headEndLine; line++) {
    const start = lines.startOf(line);
    const content = text.slice(start, lines.endOf(line));
    const isComment = content.trimStart().startsWith("#");
    const isIndented = /^[ \t]/.test(content) || quoted.has(line);
    // A word may go on in the next line, also behind an escaped blank: then a blank there would split it.
    const isBetweenWords = isComment || /(?:^|(?<![\\`])[ \t])[\\`]?[ \t]*$/.test(continued);
    const wanted = !isIndented && isBetweenWords ? indent : undefined;
    edits.push(...marginEdits(text, start, lines.endOf(line), wanted));
    if (!isComment && content.trim() !== "") continued = content;
  }
  return edits;
}

/** Blanks at both ends of a line; those in front are left where nothing is wanted of them. */
function marginEdits(text: string, start: number, end: number, indent: string | undefined): TextEdit[] {
  const content = text.slice(start, end);
  const trimmed = content.replace(/[ \t]+$/, "");
  const edits = trimmed.length < content.length ? [replace({ start: start + trimmed.length, end }, "")] : [];
  if (trimmed === "" || indent === undefined) return edits;
  const before = /^[ \t]*/.exec(trimmed)?.[0].length ?? 0;
  return content.slice(0, before) === indent
    ? edits
    : [replace({ start, end: start + before }, indent), ...edits];
}

/** How the first continued line that is indented is. */
function usualIndent({ instructions, lines, text }: Dockerfile): string | undefined {
  for (const { startLine, headEndLine } of instructions)
    for (let line = startLine + 1; line <= headEndLine; line++) {
      const [, indent] = /^([ \t]+)[^\s#]/.exec(text.slice(lines.startOf(line), lines.endOf(line))) ?? [];
      if (indent !== undefined) return indent;
    }
  return undefined;
}

function lastLineBreak({ text, instructions }: Dockerfile): TextEdit[] {
  const last = instructions.at(-1);
  // Behind a line that is continued, or an open here-document, it would not be the end.
  if (
    !last ||
    text.endsWith("\n") ||
    /[\\`][ \t]*$/.test(text) ||
    last.hereDocuments.some((it) => !it.terminator)
  )
    return [];
  return [insert(text.length, lineBreakIn(text))];
}

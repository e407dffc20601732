import type { Dockerfile, Instruction } from "../../syntax/dockerfile/tree.ts";
import { type MappedText, mapText } from "../../text/mapped-text.ts";

/**
 * The script that a shell-form instruction hands to the shell; undefined for exec form and for instructions that run
 * nothing. A RUN with a here-document alone runs the document, any other gets the documents below its line, as BuildKit
 * puts them together (dockerfile2llb, dispatchRun).
 */
export function scriptText(file: Dockerfile, instruction: Instruction): MappedText | undefined {
  if (!RUNS.has(instruction.name) || instruction.exec) return undefined;
  const [only, second] = instruction.hereDocuments;
  if (!only) return instruction.rest;
  if (!second && /^<<-?\s*\S+$/.test(instruction.rest.text)) return mapText(file.text, [only.content]);
  const end = (instruction.hereDocuments.at(-1) ?? only).terminator?.end ?? instruction.span.end;
  // The line break before the first document belongs to the script.
  return joined(instruction.rest, mapText(file.text, [{ start: only.content.start - 1, end }]));
}

const RUNS: ReadonlySet<string> = new Set(["RUN", "CMD", "ENTRYPOINT"]);

/** Shells whose scripts the reader understands. */
export function isPosixShell(words: readonly string[]): boolean {
  return POSIX_SHELL.test(words[0] ?? "");
}

const POSIX_SHELL = /^(?:.*[/\\])?(?:sh|bash|ash|dash|zsh|ksh|mksh)$/;

/** The interpreter of a here-document that starts with `#!`; undefined without. */
export function interpreterOf(script: MappedText): string | undefined {
  return /^#!\s*(\S+(?:\s+\S+)?)/.exec(script.text)?.[1]?.replace(/^\S*\/env\s+/, "");
}

function joined(first: MappedText, second: MappedText): MappedText {
  const { length } = first.text;
  const toSource = (offset: number): number =>
    offset < length ? first.toSource(offset) : second.toSource(offset - length);
  return {
    text: first.text + second.text,
    toSource,
    spanOf: (start, end) => ({
      start: toSource(start),
      end: end > start ? toSource(end - 1) + 1 : toSource(start),
    }),
    slice: (start, end = length + second.text.length) => {
      if (end <= length) return first.slice(start, end);
      if (start >= length) return second.slice(start - length, end - length);
      return joined(first.slice(start), second.slice(0, end - length));
    },
  };
}

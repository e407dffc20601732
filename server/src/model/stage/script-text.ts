import {
  type Dockerfile,
  type HereDocument,
  type Instruction,
  notedOnInstruction,
} from "../../syntax/dockerfile/tree.ts";
import { type MappedText, mapText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";

/**
 * The script that a shell-form instruction hands to the shell; undefined for exec form and for instructions that run
 * nothing. A RUN with a here-document alone runs the document, and so does one that hands it to a shell; any other gets the
 * documents below its line, as BuildKit puts them together (dockerfile2llb, dispatchRun).
 */
export function scriptText(file: Dockerfile, instruction: Instruction): MappedText | undefined {
  if (!RUNS.has(instruction.name) || instruction.exec) return undefined;
  const [only, second] = instruction.hereDocuments;
  if (!only) return instruction.rest;
  if (!second && (isAlone(instruction) || documentShell(instruction)))
    return mapText(file.text, [only.content]);
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

/** What runs a here-document instead of the shell in force. */
export interface DocumentShell {
  /** The program and its options. */
  readonly words: readonly [program: string, ...options: string[]];
  /** Where the program stands. */
  readonly span: Span;
}

/** The program of a here-document's `#!` line, or the shell that it is handed to; undefined where the shell in force runs it. */
export function documentShell(instruction: Instruction): DocumentShell | undefined {
  return instruction.hereDocuments.length === 1 && instruction.name === "RUN"
    ? shellOf(instruction)
    : undefined;
}

/** Kept, since several rules ask for each RUN. */
const shellOf = notedOnInstruction((instruction): DocumentShell | undefined => {
  const [only] = instruction.hereDocuments;
  if (!only) return undefined;
  return isAlone(instruction) ? interpreterOf(only) : handedTo(instruction, only);
});

/** `RUN <<EOF python3`, or a shell that reads something else than is written: what stands below is no script of the shell in force. */
export function isForAnother(instruction: Instruction): boolean {
  return /^<<-?\s*\S+\s+\S/.test(instruction.rest.text) && !documentShell(instruction);
}

function isAlone({ rest }: Instruction): boolean {
  return /^<<-?\s*\S+$/.test(rest.text);
}

function interpreterOf({ text }: HereDocument): DocumentShell | undefined {
  const [, before, line] = /^(#!\s*(?:\S*\/env\s+(?:-S\s+)?)?)(\S+(?:[ \t]+\S+)*)/.exec(text.text) ?? [];
  return before === undefined || line === undefined ? undefined : shellAt(line, before.length, text);
}

/** `RUN <<EOF bash -e` and `RUN bash -e <<EOF`: the shell in force starts another one, which reads the document as its script. */
function handedTo({ rest }: Instruction, document: HereDocument): DocumentShell | undefined {
  const [, before = "", call] = CALL_BEHIND.exec(rest.text) ?? CALL_IN_FRONT.exec(rest.text) ?? [];
  return call === undefined || !reachesAsWritten(document) ? undefined : shellAt(call, before.length, rest);
}

const CALL = String.raw`((?:(?:/usr(?:/local)?)?/bin/)?(?:ba|da|a|z|k)?sh(?:\s+-[abefhlsuvx]*(?:o\s+\w+)?)*)`;
const CALL_BEHIND = new RegExp(String.raw`^(<<-?\s*\S+\s+)${CALL}$`);
const CALL_IN_FRONT = new RegExp(String.raw`^()${CALL}\s+<<-?\s*\S+$`);

function shellAt(line: string, start: number, text: MappedText): DocumentShell {
  const [program = "", ...options] = line.split(/\s+/);
  return { words: [program, ...options], span: text.spanOf(start, start + program.length) };
}

/**
 * Unless its name is quoted, the outer shell expands a document before the inner one reads it: a variable that the document
 * itself sets is empty then, and what it runs to be put in runs before all else (tried with Docker 28, 2026-11).
 */
function reachesAsWritten({ expand, text: { text } }: HereDocument): boolean {
  if (!expand || !/[$`\\]/.test(text)) return true;
  if (/`|\\[$`\\]|\$\(/.test(text)) return false;
  const expanded = new Set<string>();
  const named = new Set<string>();
  for (const [, sign, name = ""] of text.matchAll(/(\$\{?)?(\w+)/g)) (sign ? expanded : named).add(name);
  return ![...expanded].some((it) => named.has(it));
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

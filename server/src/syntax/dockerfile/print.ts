import type { SyntaxProblem } from "../problem.ts";
import { formOf } from "./forms.ts";
import { quoteGo } from "./quote-go.ts";
import type { Dockerfile, HereDocument, Instruction, Pair } from "./tree.ts";

export interface PrintedFile {
  readonly directives: readonly PrintedDirective[];
  readonly instructions: readonly PrintedInstruction[];
  readonly problems: readonly PrintedProblem[];
}

export interface PrintedRange {
  /** From 1. */
  readonly startLine: number;
  readonly endLine: number;
  /** UTF-16 offsets into the file, from 0, the end not included. */
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface PrintedDirective extends PrintedRange {
  readonly name: string;
  readonly value: string;
}

export interface PrintedFlag {
  readonly name: string;
  readonly value: string | null;
}

export interface PrintedInstruction extends PrintedRange {
  readonly name: string;
  readonly flags: readonly PrintedFlag[];
  readonly arguments: readonly string[];
  readonly execForm: boolean;
  readonly hereDocuments: readonly PrintedHereDocument[];
  /** The instruction behind ONBUILD. */
  readonly inner?: PrintedInner;
}

export type PrintedInner = Omit<PrintedInstruction, keyof PrintedRange | "hereDocuments" | "inner">;

export interface PrintedHereDocument {
  readonly name: string;
  readonly content: string;
  readonly fileDescriptor: number;
  readonly stripTabs: boolean;
  readonly expand: boolean;
  readonly terminated: boolean;
}

export interface PrintedProblem extends PrintedRange {
  readonly code: string;
  readonly severity: SyntaxProblem["severity"];
  readonly message: string;
  readonly suggestion?: string;
}

/** The file as `plimsoll parse` prints it: plain data. */
export function parseToJson(file: Dockerfile): PrintedFile {
  const range = ({ start, end }: { start: number; end: number }): PrintedRange => ({
    startLine: file.lines.lineAt(start) + 1,
    endLine: file.lines.lineAt(end) + 1,
    startOffset: start,
    endOffset: end,
  });
  return {
    directives: file.directives.map(({ name, value, span }) => ({ name, value, ...range(span) })),
    instructions: file.instructions.map((it) => ({
      ...printInner(it),
      hereDocuments: it.hereDocuments.map((document) => printHereDocument(file.text, document)),
      ...(it.name === "ONBUILD" && it.inner ? { inner: printInner(it.inner) } : {}),
      startLine: it.startLine + 1,
      endLine: it.endLine + 1,
      startOffset: it.span.start,
      endOffset: it.span.end,
    })),
    problems: file.problems.map(({ code, severity, message, span, suggestion }) => ({
      code,
      severity,
      message,
      ...(suggestion === undefined ? {} : { suggestion }),
      ...range(span),
    })),
  };
}

function printInner(it: Instruction): PrintedInner {
  return {
    name: it.name,
    flags: it.flags.map(({ name, value }) => ({ name, value: value ?? null })),
    arguments: it.words.map(({ raw }) => raw),
    execForm: it.exec !== undefined,
  };
}

function printHereDocument(text: string, it: HereDocument): PrintedHereDocument {
  return {
    name: it.name,
    content: text.slice(it.content.start, it.content.end),
    fileDescriptor: it.fileDescriptor,
    stripTabs: it.stripTabs,
    expand: it.expand,
    terminated: it.terminator !== undefined,
  };
}

/**
 * The file as BuildKit's parser prints it in its own tests, one instruction a line: `(from "alpine:3.22")`. Flags
 * stand in brackets, each name of ENV and LABEL is followed by its value and by what separates the two.
 */
export function parseToSexp(file: Dockerfile): string {
  return file.instructions.map((it) => `${printSexp(it)}\n`).join("");
}

function printSexp(instruction: Instruction): string {
  let printed = "";
  let closing = "";
  for (let it: Instruction | undefined = instruction; it; ) {
    printed += `(${it.name.toLowerCase()}`;
    if (it.flags.length > 0) printed += ` [${it.flags.map((flag) => quoteGo(flagText(flag))).join(" ")}]`;
    const trigger: Instruction | undefined = it.name === "ONBUILD" ? it.inner : undefined;
    if (trigger) printed += " ";
    else for (const argument of argumentsOf(it)) printed += ` ${quoteGo(argument)}`;
    closing += ")";
    it = trigger;
  }
  return printed + closing;
}

function flagText({ name, value }: { name: string; value: string | undefined }): string {
  return value === undefined ? `--${name}` : `--${name}=${value}`;
}

function argumentsOf(it: Instruction): string[] {
  switch (formOf(it.name)) {
    case "assignments":
      return it.pairs.flatMap(printPair);
    case "unknown":
      // BuildKit drops the arguments of an instruction it does not know.
      return [""];
    default:
      return it.words.map(({ raw }) => raw);
  }
}

function printPair({ name, value, legacy }: Pair): string[] {
  return [name.raw, value?.raw ?? "", legacy ? "" : "="];
}

import type { MappedText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import { isSeparator, isSpace, skipSpace, trimSpaceEnd } from "./characters.ts";
import { type ExecForm, readExecForm } from "./exec-form.ts";
import { type ReadFlags, readFlags } from "./flags.ts";
import { formOf, instructionName } from "./forms.ts";
import { readAssignments, readDeclarations } from "./pairs.ts";
import type { SourceLines } from "./source-lines.ts";
import type { Flag, HereDocument, Instruction, Pair, Word } from "./tree.ts";
import { splitAtSeparators, splitQuotedWords, wordOf } from "./words.ts";

/** What every instruction of a file needs to read itself. */
export interface FileContext {
  readonly lines: SourceLines;
  /** Character code. */
  readonly escape: number;
}

/** The lines of an instruction, 0-based: `headEnd` is the last one before its here-documents. */
export interface InstructionLines {
  readonly start: number;
  readonly headEnd: number;
  readonly end: number;
}

const NO_HERE_DOCUMENTS: readonly HereDocument[] = [];
const NO_WORDS: readonly Word[] = [];
const NO_PAIRS: readonly Pair[] = [];
const NO_FLAGS: ReadFlags = { flags: [], restStart: 0 };
const SHELL_FORM: ExecForm = { kind: "shell" };

/** An instruction that reads its inside when it is asked, once. */
export class InstructionNode implements Instruction {
  /** Read at once, as everybody asks for it; the rest of the line waits. */
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly hereDocuments: readonly HereDocument[];
  readonly headEndLine: number;
  readonly notes: unknown[] = [];
  /** What BuildKit refuses of it, when that was looked for. */
  foundProblems: readonly SyntaxProblem[] | undefined;
  private file: FileContext;
  /** False for the command behind HEALTHCHECK, which has no flags of its own. */
  private readonly takesFlags: boolean;
  private readLine: MappedText | undefined;
  private readonly keywordStart: number;
  private readonly keywordEnd: number;
  private keywordPlace: Span | undefined;
  private place: Span | undefined;
  private readBody: MappedText | undefined;
  private readFlagsOf: ReadFlags | undefined;
  private readRest: MappedText | undefined;
  private readForm: ExecForm | undefined;
  private readWords: readonly Word[] | undefined;
  private readPairs: readonly Pair[] | undefined;
  private readInner: InstructionNode | null | undefined;

  constructor(
    file: FileContext,
    lines: InstructionLines,
    hereDocuments: readonly HereDocument[] = NO_HERE_DOCUMENTS,
    line?: MappedText,
    takesFlags = true,
  ) {
    this.file = file;
    this.startLine = lines.start;
    this.headEndLine = lines.headEnd;
    this.endLine = lines.end;
    this.hereDocuments = hereDocuments;
    this.readLine = line;
    this.takesFlags = takesFlags;
    const { text } = this.line;
    const start = skipSpace(text, 0, text.length);
    const limit = trimSpaceEnd(text, start, text.length);
    let end = start;
    while (end < limit && !isSeparator(text.charCodeAt(end))) end++;
    this.keywordStart = start;
    this.keywordEnd = end;
    this.name = instructionName(text.slice(start, end));
  }

  /** Takes it over into another version of the file, that is the same up to its end. */
  moveTo(file: FileContext): void {
    this.file = file;
    if (this.readInner) this.readInner.moveTo(file);
  }

  /** Offsets of its lines as a whole, comments and blanks in front of the keyword and the last line break included. */
  get lineStart(): number {
    return this.file.lines.start(this.startLine);
  }

  get lineEnd(): number {
    return this.file.lines.next(this.endLine);
  }

  /** Keyword and body as one line, without comments and continuations. */
  get line(): MappedText {
    this.readLine ??= this.file.lines.join(this.startLine, this.headEndLine, this.file.escape);
    return this.readLine;
  }

  /** True when there is not even a keyword. */
  get isEmpty(): boolean {
    return this.keywordStart === this.keywordEnd;
  }

  /** True when BuildKit has such an instruction. */
  get isKnown(): boolean {
    return formOf(this.name) !== "unknown";
  }

  get keyword(): Span {
    this.keywordPlace ??= this.line.spanOf(this.keywordStart, this.keywordEnd);
    return this.keywordPlace;
  }

  get span(): Span {
    if (!this.place) {
      const { start } = this.keyword;
      const end = this.file.lines.end(this.endLine);
      // A last line that is blank, or a comment, belongs to an instruction that was continued to the file's end.
      this.place = { start, end: Math.max(start, end) };
    }
    return this.place;
  }

  get body(): MappedText {
    if (!this.readBody) {
      const { text } = this.line;
      const start = skipSpace(text, this.keywordEnd, text.length);
      this.readBody = this.line.slice(start, trimSpaceEnd(text, start, text.length));
    }
    return this.readBody;
  }

  get flags(): readonly Flag[] {
    return this.flagsAndRest().flags;
  }

  get rest(): MappedText {
    if (!this.readRest) {
      const { restStart } = this.flagsAndRest();
      this.readRest = restStart === 0 ? this.body : this.body.slice(restStart);
    }
    return this.readRest;
  }

  /** How `rest` reads as JSON; `shell` for instructions without exec form. */
  get execForm(): ExecForm {
    this.readForm ??= this.determineExecForm();
    return this.readForm;
  }

  get exec(): readonly Word[] | undefined {
    const form = this.execForm;
    return form.kind === "exec" ? form.words : undefined;
  }

  get words(): readonly Word[] {
    this.readWords ??= this.determineWords();
    return this.readWords;
  }

  get pairs(): readonly Pair[] {
    this.readPairs ??= this.determinePairs();
    return this.readPairs;
  }

  get inner(): InstructionNode | undefined {
    if (this.readInner === undefined) this.readInner = this.determineInner() ?? null;
    return this.readInner ?? undefined;
  }

  private flagsAndRest(): ReadFlags {
    this.readFlagsOf ??=
      this.takesFlags && this.body.text.startsWith("--") ? readFlags(this.body, this.file.escape) : NO_FLAGS;
    return this.readFlagsOf;
  }

  private determineExecForm(): ExecForm {
    switch (formOf(this.name)) {
      case "command":
      case "list":
        return readExecForm(this.rest);
      case "health-check":
        return this.inner?.execForm ?? SHELL_FORM;
      default:
        return SHELL_FORM;
    }
  }

  private determineWords(): readonly Word[] {
    const { rest } = this;
    if (rest.text === "") return NO_WORDS;
    switch (formOf(this.name)) {
      case "command":
        return this.exec ?? [wordOf(rest, 0, rest.text.length)];
      case "list":
        return this.exec ?? splitAtSeparators(rest);
      case "text":
        return [wordOf(rest, 0, rest.text.length)];
      case "assignments":
      case "declarations":
        return splitQuotedWords(rest, this.file.escape);
      case "health-check": {
        const typeEnd = endOfType(rest.text);
        const command = this.inner?.words ?? restAsWord(rest, typeEnd);
        return [wordOf(rest, 0, typeEnd), ...command];
      }
      default:
        return splitAtSeparators(rest);
    }
  }

  private determinePairs(): readonly Pair[] {
    const form = formOf(this.name);
    if (form === "assignments") return readAssignments(this.rest, this.file.escape);
    if (form === "declarations") return readDeclarations(this.rest, this.file.escape);
    return NO_PAIRS;
  }

  private determineInner(): InstructionNode | undefined {
    const form = formOf(this.name);
    if (form !== "trigger" && form !== "health-check") return undefined;
    const { rest } = this;
    if (rest.text === "") return undefined;
    const lines = { start: this.startLine, headEnd: this.headEndLine, end: this.endLine };
    if (form === "trigger") return new InstructionNode(this.file, lines, this.hereDocuments, rest);
    if (rest.text.slice(0, endOfType(rest.text)).toUpperCase() !== "CMD") return undefined;
    return new InstructionNode(this.file, lines, NO_HERE_DOCUMENTS, rest, false);
  }
}

/** HEALTHCHECK's first word ends at any space. */
function endOfType(text: string): number {
  let at = 0;
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

function restAsWord(rest: MappedText, from: number): readonly Word[] {
  const start = skipSpace(rest.text, from, rest.text.length);
  return start < rest.text.length ? [wordOf(rest, start, rest.text.length)] : NO_WORDS;
}

import type { TextChange } from "../../text/change.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { MappedText } from "../../text/mapped-text.ts";
import { type Noted, notebook } from "../../text/notes.ts";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";

/**
 * The tree of a Dockerfile. The lines are read at once, what is inside an instruction is read when it is
 * first asked for and then kept, so that a hover in a long file pays for one instruction only.
 */
export interface Dockerfile extends Noted {
  readonly text: string;
  readonly lines: LineIndex;
  readonly directives: readonly Directive[];
  /** The escape character in force: `\`, or a backtick by directive. */
  readonly escape: "\\" | "`";
  readonly instructions: readonly Instruction[];
  /** Comment lines in order, those inside continued instructions too; parser directives are not among them. */
  readonly comments: readonly Comment[];
  /** Everything BuildKit would refuse or warn of when it parses the file; reading it visits every instruction. */
  readonly problems: readonly SyntaxProblem[];
  /** How it came out of the version before; undefined where it was read as a whole, and once the next version is there. */
  readonly edit: Edit | undefined;
}

export const notedOnFile = notebook<Dockerfile>();

/** What an edit did to a Dockerfile. */
export interface Edit {
  readonly before: Dockerfile;
  readonly change: TextChange;
  /** How many instructions, from the first on, stand in both: the same objects. */
  readonly kept: number;
}

/** `# name=value` at the top of the file. */
export interface Directive {
  /** Lower case: `syntax`, `escape` or `check`. */
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
}

export interface Comment {
  /** Without the `#` and the blanks around. */
  readonly text: string;
  /** From `#` to the end of the line. */
  readonly span: Span;
}

export interface Instruction extends Noted {
  /** Upper case, also for a name that no instruction has. */
  readonly name: string;
  readonly keyword: Span;
  /** From the keyword to the end of the last line that belongs to it, here-documents included, line break excluded. */
  readonly span: Span;
  /** 0-based. */
  readonly startLine: number;
  readonly endLine: number;
  /** The last line before its here-documents, 0-based. */
  readonly headEndLine: number;
  /** Everything behind the keyword as one line, continuations and comments taken out; blanks at both ends stripped. */
  readonly body: MappedText;
  readonly flags: readonly Flag[];
  /** What is behind the flags. */
  readonly rest: MappedText;
  /**
   * What is behind the flags as words. For ENV, LABEL and ARG see `pairs`; for exec form the strings;
   * shell-form RUN, CMD and ENTRYPOINT have one word, the whole command, and so have SHELL without JSON, WORKDIR, USER,
   * STOPSIGNAL and MAINTAINER; HEALTHCHECK has `CMD` or `NONE` before it.
   */
  readonly words: readonly Word[];
  /** The strings of a valid JSON array where the instruction takes exec form, else undefined; for HEALTHCHECK those behind CMD. */
  readonly exec: readonly Word[] | undefined;
  /** Names and values of ENV, LABEL and ARG; empty for others. */
  readonly pairs: readonly Pair[];
  readonly hereDocuments: readonly HereDocument[];
  /** The instruction behind ONBUILD, and `CMD …` behind HEALTHCHECK. */
  readonly inner: Instruction | undefined;
}

export const notedOnInstruction = notebook<Instruction>();

export interface Flag {
  /** Without `--`, e.g. `mount`. */
  readonly name: string;
  /** Continuations taken out, quotes and escapes resolved, as BuildKit does at once; undefined without `=`. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span | undefined;
  /** `type=cache,target=/x` as fields, for `--mount` and other flags written as comma-separated fields. */
  readonly fields: readonly FlagField[];
}

export interface FlagField {
  /** Lower case. */
  readonly name: string;
  readonly value: string | undefined;
  readonly span: Span;
  readonly valueSpan: Span | undefined;
}

export interface Word {
  /** As written, continuations taken out, quotes and variables still in; for exec form the decoded string. */
  readonly raw: string;
  /** For exec form with its quotes. */
  readonly span: Span;
  /** Where each character of `raw` stands; missing when it was decoded from JSON escapes. */
  readonly mapped?: MappedText;
}

export interface Pair {
  readonly name: Word;
  /** Undefined for `ARG NAME`. */
  readonly value: Word | undefined;
  readonly span: Span;
  /** `ENV NAME value`, the form without `=`. */
  readonly legacy: boolean;
}

export interface HereDocument {
  /** The delimiter without its quotes. */
  readonly name: string;
  /** `<<-`: leading tabs are taken away. */
  readonly stripTabs: boolean;
  /** False when the delimiter was quoted: then no variable is expanded. */
  readonly expand: boolean;
  readonly fileDescriptor: number;
  /** The `<<NAME` on the instruction's line. */
  readonly span: Span;
  /**
   * The lines between, the last line break included; its text is what is written before tabs are stripped. Up to the end of the
   * text when nothing closes it.
   */
  readonly content: Span;
  /** The content as it is used: without the leading tabs that `<<-` takes away. */
  readonly text: MappedText;
  /** The closing line without its line break, tabs of `<<-` in front included; undefined when it is missing. */
  readonly terminator: Span | undefined;
}

export type TokenKind =
  | "blank"
  | "line-break"
  | "comment"
  | "directive"
  | "keyword"
  | "flag"
  | "argument"
  | "continuation"
  | "here-document"
  | "here-document-end"
  | "byte-order-mark";

/** Tokens cover the text without gap or overlap: joined they give the text back. */
export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
}

import type { TextEdit } from "../../text/edit.ts";
import { span } from "../../text/span.ts";

export type CandidateKind =
  | "keyword"
  | "flag"
  | "field"
  | "stage"
  | "variable"
  | "image"
  | "tag"
  | "value"
  | "file"
  | "folder"
  | "service"
  | "resource"
  | "rule"
  | "template";

/** Something that can be written at the cursor. */
export interface Candidate {
  readonly label: string;
  readonly kind: CandidateKind;
  /** Short, shown beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Replaces what is typed already, up to the cursor. */
  readonly edit: TextEdit;
  /** Edits elsewhere in the file that go with it. */
  readonly also?: readonly TextEdit[];
  /** `edit.newText` holds placeholders in the LSP snippet syntax. */
  readonly snippet: boolean;
  /** Smaller comes first; equal ones are sorted by label. */
  readonly rank: number;
  /** The list makes sense again right after this one, e.g. behind `--from=`. */
  readonly continues?: boolean;
  readonly deprecated?: boolean;
}

/** What is different from a plain word that replaces what is typed. */
export type CandidateOptions = Partial<Omit<Candidate, "label" | "kind" | "edit">> & {
  readonly text?: string;
};

/** A maker of candidates that replace the text between `start` and the cursor. */
export function candidatesFrom(start: number, cursor: number) {
  return (
    label: string,
    kind: CandidateKind,
    { text = label, ...more }: CandidateOptions = {},
  ): Candidate => ({
    label,
    kind,
    edit: { span: span(start, cursor), newText: text },
    snippet: false,
    rank: 1,
    ...more,
  });
}

/** A text as it is, inside the LSP snippet syntax. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** One of several texts, the first of them to begin with, in the LSP snippet syntax. */
export function choice(texts: readonly string[]): string {
  return `\${1|${texts.map((it) => it.replace(/[\\$},|]/g, "\\$&")).join(",")}|}`;
}

import type { Span } from "../../text/span.ts";

/** How a YAML text stands on its lines, for whoever indents it anew. */
export interface YamlLayout {
  /** One for each line of the text. */
  readonly lines: readonly LineRole[];
  /** Blanks between a key, its colon and its value, and behind a dash, with what should be there. */
  readonly gaps: readonly Gap[];
  /** Lines that end inside quotes: blanks at their end may count. */
  readonly quoted: ReadonlySet<number>;
}

export interface Gap {
  readonly span: Span;
  readonly wanted: "" | " ";
}

/** A mapping or list without brackets. */
export interface Block {
  readonly kind: "mapping" | "sequence";
  /** The block that holds it as a value or item; undefined at the top of a document. */
  readonly parent: Block | undefined;
  /** Column of its keys or dashes. */
  readonly column: number;
  readonly firstLine: number;
  lastLine: number;
}

/** A text below `|` or `>`. */
export interface BlockText {
  readonly block: Block;
  /** Column at which its lines start. */
  readonly column: number;
  /** The header says by how many blanks it is indented. */
  readonly explicit: boolean;
}

export type LineRole =
  | { readonly kind: "blank" }
  /** A comment alone on its line, outside of brackets. */
  | { readonly kind: "comment" }
  /** `---`, `...` or a directive. */
  | { readonly kind: "marker" }
  /** Starts with a key or dash of the block. */
  | { readonly kind: "entry"; readonly block: Block }
  /** Starts with a value, anchor or tag that belongs to the entry of the block above it. */
  | { readonly kind: "value"; readonly block: Block | undefined }
  /** Inside brackets; `depth` of them are open, the one that the line starts with by closing it not counted. */
  | {
      readonly kind: "flow";
      readonly block: Block | undefined;
      readonly depth: number;
      readonly closes: boolean;
    }
  /** A further line of a text over several lines, with or without quotes. */
  | { readonly kind: "folded"; readonly block: Block | undefined; readonly depth: number }
  /** A line of a text below `|` or `>`, to the last that counts. */
  | { readonly kind: "text"; readonly text: BlockText; readonly strips: boolean };

import type { TextChange } from "../../text/change.ts";
import type { LineIndex } from "../../text/line-index.ts";
import type { Span } from "../../text/span.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { FileParts } from "./parts.ts";

/** A Compose file's YAML as plain nodes with offsets; `yaml` is known to this layer only. */
export interface ComposeFile {
  readonly text: string;
  readonly lines: LineIndex;
  /** Undefined for an empty file or one whose top is no mapping. Aliases and merge keys are resolved. */
  readonly root: MappingNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** How many YAML documents follow the one that `root` shows. Compose merges them into it. */
  readonly furtherDocuments: number;
  /** Those of them that are mappings, in order. */
  readonly furtherRoots: readonly MappingNode[];
  /** What the next version can be read from; undefined where it is read as a whole. */
  readonly parts: FileParts | undefined;
  /** How the file came from the version before it; undefined when it was read as a whole. */
  readonly edit: ComposeEdit | undefined;
}

/** What an edit did to a Compose file that was read again only where it differs. */
export interface ComposeEdit {
  /** Which entries were read again: of the file itself, or of `services`. */
  readonly of: "file" | "services";
  /** The text of these entries, before and after. */
  readonly region: TextChange;
  /** Services that the edit left as they were, at another place maybe, with what they were before. */
  readonly kept: ReadonlyMap<MappingEntry, MappingEntry>;
  /** Of these the ones that stand beside what was read again. */
  readonly beside: ReadonlySet<MappingEntry>;
}

export type YamlNode = MappingNode | SequenceNode | ScalarNode;

interface NodeBase {
  readonly span: Span;
  /** `!reset`, `!override`, or undefined. */
  readonly tag: string | undefined;
  /** The node stands behind an alias or merge key: its span is where the anchor's text is. */
  readonly viaAlias: boolean;
}

export interface MappingNode extends NodeBase {
  readonly kind: "mapping";
  /** Own entries in order, and at the place of each `<<` what it brings. No key is there twice. */
  readonly entries: readonly MappingEntry[];
  /** The `<<` entries as written. */
  readonly merges: readonly MappingEntry[];
  readonly flow: boolean;
}

export interface MappingEntry {
  readonly key: ScalarNode;
  /** Undefined for `key:` without value. */
  readonly value: YamlNode | undefined;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface SequenceNode extends NodeBase {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  /** The decoded text; `null`, numbers and booleans as they are written. */
  readonly value: string;
  readonly style: "plain" | "single" | "double" | "literal" | "folded";
  /** What YAML 1.2 core schema makes of a plain scalar. */
  readonly type: "string" | "number" | "boolean" | "null";
}

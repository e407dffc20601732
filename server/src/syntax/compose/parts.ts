import type { SyntaxProblem } from "../problem.ts";
import type { Inside } from "./moved.ts";
import type { MappingEntry, YamlNode } from "./tree.ts";

/** What is kept of the reading of a file besides its tree, so that the next version is read only where it differs. */
export interface FileParts {
  /** What the reader refused, in its order and with what follows from another error. */
  readonly errors: readonly SyntaxProblem[];
  /** What else is wrong in the parts, but not that a key is there twice in the lists below. */
  readonly problems: readonly SyntaxProblem[];
  /** What stands in the first column, in order, doubled keys included. */
  readonly top: readonly WrittenEntry[];
  /** What stands in `services`; undefined where that cannot be taken apart. */
  readonly services: readonly WrittenEntry[] | undefined;
  readonly anchors: readonly Anchor[];
}

export interface WrittenEntry {
  readonly entry: MappingEntry;
  /** How many nodes its value has once each alias is written out. */
  readonly size: number;
  /** Of a block that was moved. */
  readonly inside?: Inside;
}

export interface Anchor {
  readonly name: string;
  readonly at: number;
  /** Undefined where it stands before nothing. */
  readonly target: Built | undefined;
}

/** A node with what it amounts to once its aliases are written out. */
export interface Built<N extends YamlNode = YamlNode> {
  readonly node: N;
  readonly nodes: number;
  readonly depth: number;
}

import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Span } from "../../../text/span.ts";

/** One of the words that a container is started with. */
export interface StartedWord {
  /** Undefined where a variable is part of it. */
  readonly text: string | undefined;
  readonly span: Span;
  /** How it is written; `elsewhere` in the base, in package.json or in another file, so that nothing can be changed in its place. */
  readonly written: "exec" | "shell" | "elsewhere";
  /** The instruction that holds it; undefined for a word of the base. */
  readonly instruction: Instruction | undefined;
}

export type KnownWord = StartedWord & {
  readonly text: string;
  /** Of a program: the folder that is written before its name, `/venv/bin/`. */
  readonly folder?: string;
};

/** By its name what is set for a program alone; undefined for a value that is not known. */
export type Assignments = ReadonlyMap<string, string | undefined>;

export const NO_ASSIGNMENTS: Assignments = new Map();

/** What a container runs, and what it is given. */
export interface StartedCommand {
  /** Without directory: `uvicorn` for `["tini", "--", "/venv/bin/uvicorn", …]`, `http.server` for `python -m http.server`. */
  readonly program: KnownWord;
  readonly words: readonly StartedWord[];
  /** `PORT=80` in front of the program. */
  readonly assignments: Assignments;
}

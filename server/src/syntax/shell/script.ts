import type { MappedText } from "../../text/mapped-text.ts";
import { type Noted, notebook } from "../../text/notes.ts";
import type { Span } from "../../text/span.ts";

/** Reads shell scripts; made once from the grammar's bytes (`createShellReader`), then synchronous and pure. */
export interface ShellReader {
  /** Any text gives a script; what the grammar cannot read sets `complete` to false. Spans are the document's. */
  read(script: MappedText): Script;
}

/**
 * What a RUN runs, flattened: each simple command in the order it is written, with how it is reached.
 * Plain data, so nothing above this layer knows which parser made it.
 */
export interface Script extends Noted {
  readonly commands: readonly Command[];
  /** False when a part could not be read: then a missing command proves nothing. */
  readonly complete: boolean;
  /** `a | b` somewhere. */
  readonly hasPipe: boolean;
  /** Names of the functions that it defines; their bodies are among the commands, as conditional ones. */
  readonly functions: readonly string[];
}

export const notedOnScript = notebook<Script>();

/** One of which nothing is known, or that has nothing in it. */
export function emptyScript(complete: boolean): Script {
  return { commands: [], complete, hasPipe: false, functions: [], notes: [] };
}

export interface Command extends Noted {
  /** The program's name as a word; undefined for a bare assignment. */
  readonly name: ShellWord | undefined;
  /** Without the name. */
  readonly arguments: readonly ShellWord[];
  /** `A=1` before the name. */
  readonly assignments: readonly Assignment[];
  readonly redirections: readonly Redirection[];
  /** From the first assignment or the name to the last argument or redirection. */
  readonly span: Span;
  /** What stands before this command and decides whether it runs. `first` also after `(`, `{`, `then`, `do`. */
  readonly after: "first" | ";" | "&&" | "||" | "|";
  /** True inside if, while, for, case, a function, or behind `||`: it may not run, and the script still ends well. */
  readonly conditional: boolean;
  /** True where the script goes on though this command failed: left of `||`, behind `!`, in a condition, left of a pipe. */
  readonly mayFail: boolean;
  /** True inside `( … )`, `$( … )`, or a pipe: `cd` and variables do not outlive it. */
  readonly subshell: boolean;
  /** True when started with `&`. */
  readonly background: boolean;
}

export const notedOnCommand = notebook<Command>();

export interface ShellWord {
  /** As written. */
  readonly raw: string;
  /** The value after quotes and escapes, when it holds no expansion, glob or substitution; else undefined. */
  readonly literal: string | undefined;
  /** Names of the variables it expands. */
  readonly variables: readonly string[];
  readonly span: Span;
}

/** `$name` or `${name…}` in a word. */
export interface ShellReference {
  readonly name: string;
  /** `:-`, `-`, `:=`, `=`, `:+`, `+`, `:?` or `?`; else the first character behind the name, `#` for a length; empty without. */
  readonly operator: string;
  /** From `$` to the end of the name or the closing brace. */
  readonly span: Span;
}

export interface Assignment {
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly span: Span;
}

export interface Redirection {
  /** `>`, `>>`, `<`, `<<`, `<<<`, `>&` … */
  readonly operator: string;
  readonly target: ShellWord | undefined;
  readonly span: Span;
}

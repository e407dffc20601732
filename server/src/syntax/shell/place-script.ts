import type { MappedText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import type { Assignment, Command, Redirection, Script, ShellWord } from "./script.ts";

/** The script with its spans moved from offsets of the text it was read from to offsets of the document. */
export function placeScript(script: Script, mapped: MappedText): Script {
  const place = placingIn(mapped);
  const { commands, complete, hasPipe, functions } = script;
  return { commands: commands.map((it) => placeCommand(it, place)), complete, hasPipe, functions, notes: [] };
}

/** Where a part of a script's text stands in the document. */
export type Placing = (start: number, end: number) => Span;

type Place = (span: Span) => Span;

/** Field by field, as this runs for each word of a file. */
function placeCommand(command: Command, place: Place): Command {
  return {
    name: command.name && placeWord(command.name, place),
    arguments: placeWords(command.arguments, place),
    assignments: command.assignments.length === 0 ? NONE : placeAssignments(command.assignments, place),
    redirections: command.redirections.length === 0 ? NONE : placeRedirections(command.redirections, place),
    span: place(command.span),
    after: command.after,
    conditional: command.conditional,
    mayFail: command.mayFail,
    subshell: command.subshell,
    background: command.background,
    notes: [],
  };
}

const NONE: readonly never[] = [];

function placeWord({ raw, literal, variables, span }: ShellWord, place: Place): ShellWord {
  return { raw, literal, variables, span: place(span) };
}

function placeWords(words: readonly ShellWord[], place: Place): readonly ShellWord[] {
  if (words.length === 0) return NONE;
  const placed: ShellWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word) placed.push(placeWord(word, place));
  }
  return placed;
}

function placeAssignments(assignments: readonly Assignment[], place: Place): readonly Assignment[] {
  return assignments.map(({ name, value, span }) => ({
    name,
    value: value && placeWord(value, place),
    span: place(span),
  }));
}

function placeRedirections(redirections: readonly Redirection[], place: Place): readonly Redirection[] {
  return redirections.map(({ operator, target, span }) => ({
    operator,
    target: target && placeWord(target, place),
    span: place(span),
  }));
}

function placingIn(mapped: MappedText): Place {
  const place = placing(mapped);
  return ({ start, end }) => place(start, end);
}

/** From offsets in a script's text to spans of the document. */
export function placing(mapped: MappedText): Placing {
  const first = mapped.toSource(0);
  const { length } = mapped.text;
  // One slice of the document: every offset moves by the same distance.
  if (length > 0 && mapped.toSource(length - 1) - first === length - 1)
    return (start, end) => ({ start: start + first, end: end + first });
  return (start, end) => mapped.spanOf(start, end);
}

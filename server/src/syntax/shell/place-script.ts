import type { MappedText } from "../../text/mapped-text.ts";
import type { Span } from "../../text/span.ts";
import type { Script, ShellWord } from "./script.ts";

/** The script with its spans moved from offsets of the text it was read from to offsets of the document. */
export function placeScript(script: Script, mapped: MappedText): Script {
  const place = placing(mapped);
  const word = <T extends ShellWord | undefined>(it: T): T => (it ? { ...it, span: place(it.span) } : it);
  return {
    ...script,
    commands: script.commands.map((command) => ({
      ...command,
      name: word(command.name),
      arguments: command.arguments.map(word),
      assignments: command.assignments.map((it) => ({ ...it, value: word(it.value), span: place(it.span) })),
      redirections: command.redirections.map((it) => ({
        ...it,
        target: word(it.target),
        span: place(it.span),
      })),
      span: place(command.span),
    })),
  };
}

function placing(mapped: MappedText): (span: Span) => Span {
  const first = mapped.toSource(0);
  const { length } = mapped.text;
  // One slice of the document: every offset moves by the same distance.
  if (length > 0 && mapped.toSource(length - 1) - first === length - 1)
    return ({ start, end }) => ({ start: start + first, end: end + first });
  return ({ start, end }) => mapped.spanOf(start, end);
}

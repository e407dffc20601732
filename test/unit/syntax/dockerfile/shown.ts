import { parseDockerfile } from "../../../../server/src/syntax/dockerfile/parse.ts";
import { parseToSexp } from "../../../../server/src/syntax/dockerfile/print.ts";
import type { Dockerfile, Instruction } from "../../../../server/src/syntax/dockerfile/tree.ts";
import type { Span } from "../../../../server/src/text/span.ts";

/** The instructions as BuildKit's own tests show them, one a line. */
export function shown(text: string): string[] {
  return parseToSexp(parseDockerfile(text)).split("\n").slice(0, -1);
}

/** The one instruction of a text. */
export function only(text: string): Instruction {
  const { instructions } = parseDockerfile(text);
  const [instruction] = instructions;
  if (!instruction || instructions.length > 1)
    throw new Error(`${instructions.length} instructions, not one`);
  return instruction;
}

export function raws(words: readonly { readonly raw: string }[]): string[] {
  return words.map(({ raw }) => raw);
}

/** What stands at a span. */
export function at(file: Dockerfile | string, { start, end }: Span): string {
  return (typeof file === "string" ? file : file.text).slice(start, end);
}

/** Each problem as `code: what it marks`, with the suggestion behind an arrow; warnings in brackets. */
export function problemsIn(text: string): string[] {
  return parseDockerfile(text).problems.map(({ code, span, severity, suggestion }) => {
    const shownCode = severity === "warning" ? `(${code})` : code;
    return `${shownCode}: ${text.slice(span.start, span.end)}${suggestion === undefined ? "" : ` -> ${suggestion}`}`;
  });
}

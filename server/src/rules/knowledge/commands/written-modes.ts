import { baseName } from "../../../model/stage/paths.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import type { Span } from "../../../text/span.ts";

/** A mode of files as it is written: `755`, `a+x`. */
export interface WrittenMode {
  readonly value: string;
  readonly span: Span;
}

/** The mode that chmod, mkdir or install is given. */
export function modeOf({ name, arguments: words }: Command): WrittenMode | undefined {
  const literal = name?.literal;
  if (literal === undefined || !/(chmod|mkdir|install)$/.test(literal)) return undefined;
  const program = baseName(literal);
  if (program === "chmod") {
    const word = words.find((it) => !/^-[RcfvhHLP]+$|^--/.test(it.raw));
    return word?.literal === undefined ? undefined : { value: word.literal, span: word.span };
  }
  if (program !== "mkdir" && program !== "install") return undefined;
  for (const [index, { literal = "", span }] of words.entries()) {
    const [, own] = /^(?:-[a-zA-Z]*m|--mode=)(\S+)$/.exec(literal) ?? [];
    if (own !== undefined) return { value: own, span: { start: span.end - own.length, end: span.end } };
    const next = words[index + 1];
    if (/^(-[a-zA-Z]*m|--mode)$/.test(literal) && next?.literal !== undefined)
      return { value: next.literal, span: next.span };
  }
  return undefined;
}

import { readsSyntax } from "../../rules/knowledge/instructions/frontend.ts";
import { isBuildCheck, isExperimentalCheck } from "../../rules/knowledge/names/build-checks.ts";
import { checkOptionsIn } from "../../syntax/dockerfile/directives.ts";
import type { Directive, Dockerfile } from "../../syntax/dockerfile/tree.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { lineBreakIn } from "../../text/line-breaks.ts";
import { startOfLine } from "./lines.ts";

/** A check of BuildKit and the edit that writes it into the file's `# check=skip=`. */
export interface SkippedCheck {
  readonly check: string;
  readonly edit: TextEdit;
}

/** `check` came with Dockerfile syntax 1.8 (docs.docker.com/build/checks, read 2026-11). */
const SYNTAX_WITH_CHECK = 8;

/**
 * The first of these names that is a check of BuildKit, skipped by the `check` directive of the file: by one more name in it,
 * or a directive behind those that are there. Undefined when none is, or when the file can have no such directive.
 */
export function skipInDirective(file: Dockerfile, aliases: readonly string[]): SkippedCheck | undefined {
  const check = aliases.find((it) => isBuildCheck(it) && !isExperimentalCheck(it));
  if (check === undefined || !readsSyntax(file, SYNTAX_WITH_CHECK)) return undefined;
  const present = file.directives.find((it) => it.name === "check");
  const edit = present ? oneMore(present, check) : newDirective(file, check);
  return edit && { check, edit };
}

/** Undefined when the directive is not valid as it is, or skips everything already. */
function oneMore({ value, valueSpan }: Directive, check: string): TextEdit | undefined {
  const options = checkOptionsIn(value);
  if (options.trim() === "") return replace(valueSpan, `skip=${check}`);
  let at = valueSpan.start;
  let end: number | undefined;
  let list = "";
  for (const option of options.split(";")) {
    const [, name, values = ""] = /^\s*(skip|error|experimental)\s*=(.*)$/s.exec(option) ?? [];
    if (name === undefined) return undefined;
    if (name === "skip") {
      list = values.trim();
      if (list === "all") return undefined;
      end = at + option.trimEnd().length;
    }
    at += option.length + 1;
  }
  if (end === undefined) return insert(valueSpan.start + options.length, `;skip=${check}`);
  return insert(end, list === "" || list.endsWith(",") ? check : `,${check}`);
}

function newDirective(file: Dockerfile, check: string): TextEdit | undefined {
  const { text, lines, directives } = file;
  // Behind `#!`, `//` or in JSON the builder finds its frontend, but no other directive.
  if (/^\uFEFF?#!/.test(text) || directives.some((it) => text[it.span.start] !== "#")) return undefined;
  const last = directives.at(-1);
  const line = last ? lines.lineAt(last.span.start) + 1 : 0;
  const written = `# check=skip=${check}`;
  return line >= lines.starts.length
    ? insert(text.length, lineBreakIn(file.text) + written)
    : insert(startOfLine(file, line), written + lineBreakIn(file.text));
}

import type { TextChange } from "../../text/change.ts";
import type { SyntaxProblem } from "../problem.ts";
import { lexed } from "./lexed.ts";

/** Compose refuses a file with one anywhere (go-yaml readerc.go, read 2026-11); the first one is enough to say so. */
export function controlCharacters(text: string, only?: TextChange): readonly SyntaxProblem[] {
  const start = only?.start ?? 0;
  const found = text
    .slice(start, only?.endAfter)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .search(/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/);
  if (found < 0) return [];
  const at = start + found;
  const message = "YAML does not allow control characters.";
  return [{ code: "yaml-character", message, span: { start: at, end: at + 1 }, severity: "error" }];
}

/**
 * Characters that come along with pasted text and that YAML 1.2 has no meaning for, but end a line for Compose: what is behind one
 * is read as a line that begins at its left edge (docker compose 2.40, tried 2026-11). In quotes they do no harm.
 */
export function hiddenLineEnds(text: string, tokens: readonly string[]): readonly SyntaxProblem[] {
  if (!/[\x85\u2028\u2029]/.test(text)) return [];
  const problems: SyntaxProblem[] = [];
  for (const { type, source, offset } of lexed(tokens)) {
    const found = IS_OPEN.has(type) ? source.search(/[\x85\u2028\u2029][^\s\x85#]/) : -1;
    if (found < 0) continue;
    const name = source.charCodeAt(found).toString(16).toUpperCase().padStart(4, "0");
    problems.push({
      code: "yaml-character",
      message: `Compose ends the line at this invisible character (U+${name}), and refuses what stands behind it: remove it.`,
      span: { start: offset + found, end: offset + found + 1 },
      severity: "error",
      ofCompose: true,
    });
  }
  return problems;
}

const IS_OPEN: ReadonlySet<unknown> = new Set(["comment", "plain", "block"]);

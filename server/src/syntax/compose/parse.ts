import { Lexer } from "yaml";
import type { TextChange } from "../../text/change.ts";
import { LineIndex } from "../../text/line-index.ts";
import type { SyntaxProblem } from "../problem.ts";
import { documentsOf, type YamlDocuments } from "./documents.ts";
import { joinLines } from "./join-lines.ts";
import { tooDeep } from "./nesting.ts";
import { partsOf } from "./parts-of.ts";
import { readAgain } from "./read-again.ts";
import type { ComposeFile } from "./tree.ts";
import { TreeBuilder } from "./tree-builder.ts";

/** More say nothing new: one slip in a file of thousands of lines can be an error on each of them. */
const MOST_PROBLEMS = 100;

/**
 * Reads the text of a Compose file as YAML 1.2, as far as it can be read: any text gives a file, and what is wrong with
 * it becomes problems in document order. Keys have to be unique, `!reset` and `!override` are kept as tags. Never throws.
 * With the file as it was `before` an edit only the services, or the entries at the top, that differ are read, where they can
 * be read by themselves.
 */
export function parseCompose(text: string, before?: ComposeFile): ComposeFile {
  const reread = before && readAgain(before, text);
  if (!reread) return readWhole(text);
  const { root, parts, edit } = reread;
  const { problems, errors } = parts;
  return {
    text,
    lines: new LineIndex(text),
    root,
    problems: inOrder([
      ...withoutEchoes(errors),
      ...problems,
      ...reread.doubled,
      // Where nothing was wrong there was none.
      ...controlCharacters(text, before.problems.length === 0 ? edit.region : undefined),
    ]),
    furtherDocuments: 0,
    parts,
    edit,
  };
}

function readWhole(text: string): ComposeFile {
  const lines = new LineIndex(text);
  const tokens = [...new Lexer().lex(text)];
  const deep = tooDeep(tokens);
  if (deep) {
    const problem = {
      code: "yaml-nesting",
      message: "This is nested too deep to be read.",
      span: deep,
      severity: "error",
    } as const;
    return {
      text,
      lines,
      root: undefined,
      problems: [problem],
      furtherDocuments: 0,
      parts: undefined,
      edit: undefined,
    };
  }

  const { documents, errors, isJoined } = readDocuments(text, tokens);
  const withContent = documents.filter((it) => it.contents && it.contents.range[1] > it.contents.range[0]);
  const builder = new TreeBuilder(text);
  const top = withContent[0] && builder.build(withContent[0]);
  const problems = [...withoutEchoes(errors), ...builder.problems, ...controlCharacters(text)];
  if (top && top.kind !== "mapping") problems.push(notAMapping(top.span));
  const [only, ...others] = documents;
  return {
    text,
    lines,
    root: top?.kind === "mapping" ? top : undefined,
    problems: inOrder(problems),
    furtherDocuments: Math.max(0, withContent.length - 1),
    parts: only && others.length === 0 && !isJoined ? partsOf(only, top, builder, errors, text) : undefined,
    edit: undefined,
  };
}

interface ReadDocuments extends YamlDocuments {
  /** Whether lines were joined, or could have been. */
  readonly isJoined: boolean;
}

/** Reads the text as it is, and where that fails with the lines joined that Compose would join: what reads better counts. */
function readDocuments(text: string, tokens: readonly string[]): ReadDocuments {
  const first = documentsOf(tokens, text);
  if (first.errors.length === 0) return { ...first, isJoined: false };
  const joined = joinLines(text);
  if (joined === undefined) return { ...first, isJoined: false };
  const second = documentsOf([...new Lexer().lex(joined)], text);
  const isBetter = withoutEchoes(second.errors).length < withoutEchoes(first.errors).length;
  return { ...(isBetter ? second : first), isJoined: true };
}

function notAMapping(span: SyntaxProblem["span"]): SyntaxProblem {
  return {
    code: "compose-no-mapping",
    message: "A Compose file is a mapping with keys like `services`, `networks` and `volumes`.",
    span,
    severity: "error",
  };
}

/** Behind a mistake each further piece of its line or block is one more error: only what stands for itself is kept. */
function withoutEchoes(errors: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return errors.filter((it, at) => at === 0 || it.code !== "yaml-unexpected");
}

/** Compose refuses a file with one anywhere (go-yaml readerc.go, read 2026-11); the first one is enough to say so. */
function controlCharacters(text: string, only?: TextChange): readonly SyntaxProblem[] {
  const start = only?.start ?? 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const found = text.slice(start, only?.endAfter).search(/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/);
  if (found < 0) return [];
  const at = start + found;
  const message = "YAML does not allow control characters.";
  return [{ code: "yaml-character", message, span: { start: at, end: at + 1 }, severity: "error" }];
}

/** In document order, at one place only the first: what follows is mostly the same slip once more. */
function inOrder(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const sorted = problems.toSorted((a, b) => a.span.start - b.span.start);
  return sorted.filter((it, at) => sorted[at - 1]?.span.start !== it.span.start).slice(0, MOST_PROBLEMS);
}

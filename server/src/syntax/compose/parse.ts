import { type Document, isAlias, isMap, Lexer } from "yaml";
import { LineIndex } from "../../text/line-index.ts";
import type { SyntaxProblem } from "../problem.ts";
import { controlCharacters, hiddenLineEnds } from "./characters.ts";
import { documentsOf, type YamlDocuments } from "./documents.ts";
import { joinLines } from "./join-lines.ts";
import { tooDeep } from "./nesting.ts";
import { partsOf } from "./parts-of.ts";
import { readAgain } from "./read-again.ts";
import { tabsForBlanks } from "./tabs.ts";
import type { ComposeFile, MappingNode } from "./tree.ts";
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
    furtherRoots: [],
    parts,
    edit,
  };
}

function readWhole(text: string): ComposeFile {
  const lines = new LineIndex(text);
  const yaml = asRead(text);
  const tokens = [...new Lexer().lex(yaml)];
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
      furtherRoots: [],
      parts: undefined,
      edit: undefined,
    };
  }

  const { documents, errors: broken, isJoined, read } = readDocuments(yaml, tokens);
  const errors = [...broken, ...tabsForBlanks(yaml, read, broken, lines), ...hiddenLineEnds(yaml, read)];
  const withContent = documents.filter((it) => it.contents && it.contents.range[1] > it.contents.range[0]);
  const builder = new TreeBuilder(yaml);
  const [first, ...further] = withContent;
  const top = first && builder.build(first);
  const problems = [...withoutEchoes(errors), ...builder.problems, ...controlCharacters(text)];
  const furtherRoots = further.flatMap((it): readonly MappingNode[] => {
    // Anchors mean nothing in another document.
    const own = new TreeBuilder(yaml);
    const root = own.build(it);
    problems.push(...own.problems);
    return root?.kind === "mapping" ? [root] : [];
  });
  problems.push(...documents.flatMap((it) => notAMapping(it, yaml)));
  const [only, ...others] = documents;
  return {
    text,
    lines,
    root: top?.kind === "mapping" ? top : undefined,
    problems: inOrder(problems),
    furtherDocuments: further.length,
    furtherRoots,
    parts:
      only && others.length === 0 && !isJoined && yaml === text
        ? partsOf(only, top, builder, errors, text)
        : undefined,
    edit: undefined,
  };
}

/**
 * What the reader below does not know, with all offsets as they are: a carriage return alone ends a line too, and Compose passes over
 * a second byte order mark, but not in front of `---` (docker compose 2.40, tried 2026-11).
 */
function asRead(text: string): string {
  const lines = text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
  return /^\ufeff{2}(?!\ufeff|---|%)/.test(lines) ? `\ufeff\n${lines.slice(2)}` : lines;
}

interface ReadDocuments extends YamlDocuments {
  /** Whether lines were joined, or could have been. */
  readonly isJoined: boolean;
  /** The lexical tokens of what was read. */
  readonly read: readonly string[];
}

/** Reads the text as it is, and where that fails with the lines joined that Compose would join: what reads better counts. */
function readDocuments(text: string, tokens: readonly string[]): ReadDocuments {
  const first = documentsOf(tokens, text);
  if (first.errors.length === 0) return { ...first, isJoined: false, read: tokens };
  const joined = joinLines(text);
  if (joined === undefined) return { ...first, isJoined: false, read: tokens };
  const joinedTokens = [...new Lexer().lex(joined)];
  const second = documentsOf(joinedTokens, text);
  const isBetter = withoutEchoes(second.errors).length < withoutEchoes(first.errors).length;
  return isBetter
    ? { ...second, isJoined: true, read: joinedTokens }
    : { ...first, isJoined: true, read: tokens };
}

/** Compose takes each document of a file for a layer of the project; one that is empty is none (docker compose 2.40, tried 2026-11). */
function notAMapping({ contents, directives }: Document.Parsed, text: string): readonly SyntaxProblem[] {
  if (!contents || isMap(contents) || isAlias(contents)) return [];
  const [start, valueEnd] = contents.range;
  const end = start + text.slice(start, valueEnd).trimEnd().length;
  const code = "compose-no-mapping";
  if (end > start) {
    const message = "A Compose file is a mapping with keys like `services`, `networks` and `volumes`.";
    return [{ code, message, span: { start, end }, severity: "error" }];
  }
  if (!directives.docStart) return [];
  const message = "Nothing follows this `---`, and Compose refuses a file with an empty document: remove it.";
  return [{ code, message, span: { start: start - 3, end: start }, severity: "error", ofCompose: true }];
}

/** Behind a mistake each further piece of its line or block is one more error: only what stands for itself is kept. */
function withoutEchoes(errors: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  return errors.filter((it, at) => at === 0 || it.code !== "yaml-unexpected");
}

/** In document order, at one place only the first: what follows is mostly the same slip once more. */
function inOrder(problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const sorted = problems.toSorted((a, b) => a.span.start - b.span.start);
  return sorted.filter((it, at) => sorted[at - 1]?.span.start !== it.span.start).slice(0, MOST_PROBLEMS);
}

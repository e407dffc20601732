import { Composer, type Document, Parser } from "yaml";
import type { SyntaxProblem } from "../problem.ts";
import { problemOf } from "./yaml-problems.ts";

export interface YamlDocuments {
  readonly documents: readonly Document.Parsed[];
  /** Also those that follow from others. */
  readonly errors: readonly SyntaxProblem[];
}

/** What the lexical tokens of a text amount to; errors are placed in `text`. */
export function documentsOf(tokens: readonly string[], text: string): YamlDocuments {
  const parser = new Parser();
  // Aliases, merge keys and unique keys are the tree builder's: it bounds the first and is linear in the last.
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    logLevel: "silent",
  });
  const documents: Document.Parsed[] = [];
  for (const token of tokens) {
    for (const part of parser.next(token)) documents.push(...composer.next(part));
  }
  for (const part of parser.end()) documents.push(...composer.next(part));
  documents.push(...composer.end(true, text.length));
  return { documents, errors: documents.flatMap((it) => it.errors).flatMap((it) => problemOf(it, text)) };
}

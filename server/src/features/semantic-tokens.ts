import type { Span } from "../text/span.ts";
import type { NameKind } from "./names/name.ts";
import type { NameTable } from "./names/table.ts";

/** How editors colour what a name stands for, by LSP's own types. */
export const tokenTypes = ["class", "namespace", "struct", "property", "enumMember", "variable"] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
}

/** Anchors and aliases are told by their marks, which the grammar of YAML sees. */
const typeOf: Readonly<Partial<Record<NameKind, SemanticToken["type"]>>> = {
  service: "class",
  stage: "class",
  network: "namespace",
  volume: "struct",
  model: "struct",
  secret: "property",
  config: "property",
  profile: "enumMember",
  router: "class",
  backend: "class",
  middleware: "property",
  variable: "variable",
  argument: "variable",
  environment: "variable",
};

/**
 * What no grammar can tell: which texts name something that is declared, in this file or another. What names nothing is left
 * as it is, and so are declarations, which grammars colour as keys. A variable of a Compose file is one by its `$`.
 */
export function semanticTokens(table: NameTable, file: string): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  let end = 0;
  for (const { name, span, role, rewrite } of table.inFile(file)) {
    const type = typeOf[name.kind];
    const isKnown = table.isDeclared(name) || name.kind === "profile" || name.kind === "variable";
    // Editors take no token of several lines, and none over another.
    if (!type || !isKnown || role === "declaration" || typeof rewrite === "object" || span.start < end)
      continue;
    tokens.push({ span, type });
    end = span.end;
  }
  return tokens;
}

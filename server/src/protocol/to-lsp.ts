import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type FoldingRange,
  FoldingRangeKind,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit as LspEdit,
  type Hover as LspHover,
  type DocumentSymbol as LspSymbol,
  SymbolKind as LspSymbolKind,
  MarkupKind,
} from "vscode-languageserver/node";
import type { Candidate, CandidateKind } from "../features/completion/candidate.ts";
import { drawingOf } from "../features/diagnostics.ts";
import type { Fold } from "../features/folding.ts";
import type { Hover } from "../features/hover/hover.ts";
import type { DocumentSymbol, SymbolKind } from "../features/symbols.ts";
import type { Problem, Severity } from "../rules/rule.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Positions } from "./positions.ts";
import { uriOfPath } from "./uris.ts";

/** What a diagnostic is drawn up with besides the problem. */
export interface DiagnosticFrame {
  readonly uri: string;
  readonly positions: Positions;
  /** Positions of another file that a reason points into; undefined when it cannot be read. */
  positionsOf(file: string): Positions | undefined;
  /** Address of a rule's page; undefined when there is none. */
  pageOf(rule: string): string | undefined;
  readonly relatedInformation: boolean;
}

/** Travels with the diagnostic and comes back with a request for code actions. */
export interface DiagnosticData {
  readonly rule: string;
  readonly aliases: readonly string[];
  /** The best fix that it has. */
  readonly fix: "safe" | "unsafe" | "none";
}

/** `data` is what the client needs to show it with what it measured itself. */
export function toDiagnostic(problem: Problem, frame: DiagnosticFrame): Diagnostic {
  const page = frame.pageOf(problem.rule);
  const drawing = drawingOf(problem);
  const data: DiagnosticData = { rule: problem.rule, aliases: problem.aliases, fix: bestFix(problem) };
  const related = frame.relatedInformation ? relatedInformation(problem, frame) : [];
  return {
    range: frame.positions.rangeOf(problem.span),
    severity: severities[problem.severity],
    code: problem.rule,
    source: "plimsoll",
    message: frame.relatedInformation ? messageOf(problem) : withReasons(problem),
    data,
    ...(page !== undefined && { codeDescription: { href: page } }),
    ...(drawing && {
      tags: [drawing === "deprecated" ? DiagnosticTag.Deprecated : DiagnosticTag.Unnecessary],
    }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** With what users of BuildKit's checks and hadolint know it by; our own id is the code, with the link to its page. */
function messageOf({ message, aliases }: Problem): string {
  const codes = aliases.filter((it) => WELL_KNOWN.test(it));
  return codes.length === 0 ? message : `${message} (${codes.join(", ")})`;
}

const WELL_KNOWN = /^DL\d{4}$|^[A-Z]+[a-z]+[A-Z]\w*$/;

/** A reason without a place of its own is shown at the problem's. */
function relatedInformation(
  problem: Problem,
  frame: DiagnosticFrame,
): NonNullable<Diagnostic["relatedInformation"]> {
  return problem.related.map(({ message, span, file }) => {
    const positions = file === undefined ? frame.positions : frame.positionsOf(file);
    const uri = file === undefined || !positions ? frame.uri : uriOfPath(file);
    const range = (positions ?? frame.positions).rangeOf(
      positions && span ? span : file === undefined ? problem.span : { start: 0, end: 0 },
    );
    return { message, location: { uri, range } };
  });
}

function withReasons(problem: Problem): string {
  const { related } = problem;
  return [messageOf(problem), ...related.map((it) => `- ${it.message}`)].join("\n");
}

function bestFix({ fixes }: Problem): DiagnosticData["fix"] {
  if (fixes.some((it) => it.kind === "safe")) return "safe";
  return fixes.length > 0 ? "unsafe" : "none";
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toEdits(edits: readonly TextEdit[], positions: Positions): LspEdit[] {
  return edits.map(({ span, newText }) => ({ range: positions.rangeOf(span), newText }));
}

/** `snippets` is false for an editor that would write placeholders as they are. */
export function toCompletionItem(
  candidate: Candidate,
  positions: Positions,
  snippets: boolean,
): CompletionItem {
  const { label, kind, detail, documentation, edit, also, snippet, rank, continues, deprecated } = candidate;
  return {
    label,
    kind: completionKinds[kind],
    textEdit: {
      range: positions.rangeOf(edit.span),
      newText: snippet && !snippets ? withoutPlaceholders(edit.newText) : edit.newText,
    },
    insertTextFormat: snippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    sortText: `${String(rank).padStart(4, "0")} ${label}`,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: documentation },
    }),
    ...(continues && { command: { title: "Suggest", command: "editor.action.triggerSuggest" } }),
    ...(deprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(also && { additionalTextEdits: toEdits(also, positions) }),
    // Further lines are indented as the cursor's own is.
    ...(edit.newText.includes("\n") && { insertTextMode: InsertTextMode.adjustIndentation }),
  };
}

/** `${1:path}` becomes `path`, `$0` nothing, `${1|a,b|}` its first choice. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, "$1")
    .replace(/\$\d+/g, "")
    .replace(/\\([\\$}])/g, "$1");
}

const completionKinds: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  keyword: CompletionItemKind.Keyword,
  template: CompletionItemKind.Snippet,
  flag: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  stage: CompletionItemKind.Class,
  variable: CompletionItemKind.Variable,
  image: CompletionItemKind.Module,
  tag: CompletionItemKind.Constant,
  value: CompletionItemKind.Value,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  service: CompletionItemKind.Class,
  resource: CompletionItemKind.Reference,
  rule: CompletionItemKind.EnumMember,
};

export function toHover({ span, markdown }: Hover, positions: Positions): LspHover {
  return { contents: { kind: MarkupKind.Markdown, value: markdown }, range: positions.rangeOf(span) };
}

export function toSymbol(symbol: DocumentSymbol, positions: Positions): LspSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: symbolKinds[symbol.kind],
    range: positions.rangeOf(symbol.span),
    selectionRange: positions.rangeOf(symbol.selection),
    children: symbol.children.map((it) => toSymbol(it, positions)),
  };
}

export const symbolKinds: Readonly<Record<SymbolKind, LspSymbolKind>> = {
  stage: LspSymbolKind.Class,
  instruction: LspSymbolKind.Property,
  section: LspSymbolKind.Namespace,
  service: LspSymbolKind.Class,
  network: LspSymbolKind.Interface,
  volume: LspSymbolKind.Struct,
  secret: LspSymbolKind.Key,
  config: LspSymbolKind.Constant,
  model: LspSymbolKind.Object,
  include: LspSymbolKind.File,
  key: LspSymbolKind.Property,
};

export function toFoldingRange({ startLine, endLine, kind }: Fold): FoldingRange {
  return {
    startLine,
    endLine,
    kind: kind === "comment" ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
  };
}

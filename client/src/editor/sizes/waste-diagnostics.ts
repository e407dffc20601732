import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  EventEmitter,
  Location,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from "vscode";
import type { MeasuredFindings } from "../../language-server.ts";
import { sizeLimits } from "../../settings.ts";
import { type Finding, findingsOf, isLine, mentions } from "../../sizes/lines/findings.ts";
import type { ImageCosts } from "../../sizes/lines/line-costs.ts";
import type { ChainLine } from "../../sizes/lines/map-lines.ts";
import { silencedAt } from "../../sizes/lines/silenced.ts";
import { measuredText, messageOf, relatedText } from "./waste-text.ts";

/**
 * What was measured and should not be in an image, on the line that can do something about it, with the other line. Until the image is
 * weighed anew, or the instruction is changed. Where the language server sees the same mistake in the text, its finding says what was
 * measured, with its fix, and nothing is said twice.
 */
export interface WasteDiagnostics extends Disposable, MeasuredFindings {
  show(dockerfile: Uri, costs: ImageCosts): void;
  clear(dockerfile: Uri): void;
}

export function createWasteDiagnostics(): WasteDiagnostics {
  const collection = languages.createDiagnosticCollection("plimsoll-sizes");
  const measured = new Map<string, readonly Finding[]>();
  const changed = new EventEmitter<Uri>();
  /** Shows what `found` does not say, and answers what it can say. */
  const split = (file: Uri, found: readonly Diagnostic[]) => {
    const document = workspace.textDocuments.find((it) => it.uri.toString() === file.toString());
    const placed = (measured.get(file.toString()) ?? [])
      .flatMap((it) => placedIn(document, it) ?? [])
      .filter((it) => !document || !isSilenced(linesOf(document), it));
    const twins = placed.map((it) => ({ finding: it, twin: twinOf(it, found) }));
    collection.set(
      file,
      twins.filter((it) => !it.twin).map(({ finding }) => diagnosticOf(finding, file)),
    );
    return twins.flatMap(({ finding, twin }) => (twin ? [{ finding, twin }] : []));
  };
  return {
    onDidChange: changed.event,
    show(file, costs) {
      const { waste: least } = sizeLimits(file);
      measured.set(file.toString(), findingsOf(costs, least));
      split(
        file,
        languages.getDiagnostics(file).filter((it) => it.source === "plimsoll" && !measuredCode(it)),
      );
      changed.fire(file);
    },
    addTo(file, found) {
      const byTwin = new Map<Diagnostic, Finding[]>();
      for (const { finding, twin } of split(file, found))
        byTwin.set(twin, [...(byTwin.get(twin) ?? []), finding]);
      for (const [twin, findings] of byTwin) addMeasured(twin, findings, file);
      return found;
    },
    clear(file) {
      if (!measured.delete(file.toString())) return;
      collection.delete(file);
      changed.fire(file);
    },
    dispose() {
      collection.dispose();
      changed.dispose();
    },
  };
}

/** The finding where its instructions stand now; undefined where the one that it is said of is another by now. */
function placedIn(document: TextDocument | undefined, finding: Finding): Finding | undefined {
  if (!document) return finding;
  const line = moved(document, finding.line);
  const other = isLine(finding.other) ? (moved(document, finding.other) ?? "unknown") : finding.other;
  return line && { ...finding, line, other };
}

/** By its own code, or by that of a rule that would say the same. */
function isSilenced(lines: readonly string[], finding: Finding): boolean {
  const { line, other, twins } = finding;
  const here = silencedAt(lines, line.line);
  const there = isLine(other) ? silencedAt(lines, other.line) : new Set<string>();
  return here.has(ourCode(finding)) || twins.some(({ rule, on }) => (on === "line" ? here : there).has(rule));
}

/** Without line ends, CR LF among them. */
export function linesOf(document: TextDocument): readonly string[] {
  return document.getText().split(/\r?\n/);
}

function moved(document: TextDocument, instruction: ChainLine): ChainLine | undefined {
  const lines = instruction.endLine - instruction.line;
  const isAt = (line: number) =>
    document.getText(new Range(line, 0, line + lines, Number.MAX_SAFE_INTEGER)).trim() ===
    instruction.text.trim();
  if (isAt(instruction.line)) return instruction;
  const now = Array.from({ length: document.lineCount }, (_, at) => at).filter(isAt);
  const [line] = now;
  return line === undefined || now.length > 1 ? undefined : { ...instruction, line, endLine: line + lines };
}

/** The server's finding about the same mistake. */
function twinOf({ twins, line, other }: Finding, found: readonly Diagnostic[]): Diagnostic | undefined {
  for (const { rule, on, words } of twins) {
    const at = on === "line" ? line : isLine(other) ? other : undefined;
    const twin = found.find(
      (it) =>
        codeOf(it) === rule &&
        at !== undefined &&
        at.line <= it.range.start.line &&
        it.range.start.line <= at.endLine &&
        mentions(it.message, words),
    );
    if (twin) return twin;
  }
  return undefined;
}

function addMeasured(twin: Diagnostic, findings: readonly Finding[], file: Uri): void {
  twin.message = `${twin.message} ${measuredText(findings)}`;
  twin.severity = Math.min(twin.severity, ...findings.map(severityOf));
  // The rule has its own link where it knows the other line from the text.
  if (!twin.relatedInformation?.length) twin.relatedInformation = findings.flatMap((it) => related(it, file));
}

const OURS = ["wasted-bytes", "duplicated-bytes", "unneeded-bytes"] as const;

/** The code of a diagnostic that was measured alone; undefined for any other. */
export function measuredCode({ source, code }: Diagnostic): string | undefined {
  return source === "plimsoll" ? OURS.find((it) => it === code) : undefined;
}

function codeOf({ code }: Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

function diagnosticOf(finding: Finding, file: Uri): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(finding.line), messageOf(finding), severityOf(finding));
  diagnostic.source = "plimsoll";
  diagnostic.code = ourCode(finding);
  diagnostic.relatedInformation = related(finding, file);
  return diagnostic;
}

function ourCode({ kind }: Finding): (typeof OURS)[number] {
  if (kind === "duplicate") return "duplicated-bytes";
  return kind === "deleted" || kind === "overwritten" || kind === "rewritten"
    ? "wasted-bytes"
    : "unneeded-bytes";
}

/** What is not needed is a guess about the program where it is no cache and came not with the context. */
function severityOf({ kind }: Finding): DiagnosticSeverity {
  return kind === "build-tools" || kind === "sources" || kind === "tests"
    ? DiagnosticSeverity.Information
    : DiagnosticSeverity.Warning;
}

function related({ kind, line, other }: Finding, file: Uri): DiagnosticRelatedInformation[] {
  if (!isLine(other) || other === line) return [];
  return [new DiagnosticRelatedInformation(new Location(file, rangeOf(other)), relatedText(kind))];
}

function rangeOf({ line, endLine }: { readonly line: number; readonly endLine: number }): Range {
  return new Range(line, 0, endLine, Number.MAX_SAFE_INTEGER);
}

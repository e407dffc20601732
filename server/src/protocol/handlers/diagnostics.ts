import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver/node";
import { rules } from "../../rules/all.ts";
import { contentModified } from "../guarded.ts";
import { Positions } from "../positions.ts";
import type { Session, Subject } from "../session.ts";
import { toDiagnostic } from "../to-lsp.ts";

/** `textDocument/diagnostic`. An answer that would be the same as the last one is not sent again. */
export async function answerDiagnostics(
  session: Session,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
): Promise<DocumentDiagnosticReport> {
  const subject = await session.anySubject(textDocument.uri);
  if (!subject)
    return { kind: DocumentDiagnosticReportKind.Full, items: sizeAlone(session, textDocument.uri) };
  const items = await diagnosticsOf(session, subject);
  if (!items) throw contentModified();
  const resultId = `${subject.workspace.stateOf(subject.snapshot)}.${session.settingsGeneration}`;
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Of a document that is not looked at there is one thing to say: why. */
export function sizeAlone({ tooLarge }: Session, uri: string): Diagnostic[] {
  if (!tooLarge.has(uri)) return [];
  const start = { line: 0, character: 0 };
  return [
    {
      range: { start, end: start },
      severity: DiagnosticSeverity.Warning,
      code: "too-large",
      source: "plimsoll",
      message:
        "This file is larger than 4 MiB, which no hand-written file is, so Plimsoll does not check it.",
    },
  ];
}

/** Diagnostics of a snapshot; undefined when the document changed meanwhile. */
export async function diagnosticsOf(
  session: Session,
  { snapshot, positions, workspace }: Subject,
): Promise<Diagnostic[] | undefined> {
  await session.settingsOf(snapshot.uri);
  if (!session.documents.isCurrent(snapshot)) return undefined;
  const frame = {
    uri: snapshot.uri,
    positions,
    positionsOf: (file: string) => {
      const text = workspace.textAt(file);
      return text === undefined ? undefined : new Positions(text);
    },
    pageOf: (rule: string) => pageOf(session, rule),
    relatedInformation: session.client.relatedInformation,
  };
  const diagnostics = workspace.problems(snapshot).map((it) => toDiagnostic(it, frame));
  // What the engine can tell of its images comes later, and then this is asked for again.
  session.imageAsker?.want(snapshot.uri, () => workspace.imagesNamedBy(snapshot));
  session.shellcheckAsker?.want(snapshot.uri);
  return diagnostics;
}

/** Only rules have pages, ShellCheck's codes its own; a syntax problem says all there is. */
function pageOf({ options }: Session, rule: string): string | undefined {
  if (/^SC\d{4}$/.test(rule)) return `https://www.shellcheck.net/wiki/${rule}`;
  if (options.rulePages === undefined || !rules.some((it) => it.id === rule)) return undefined;
  return `${options.rulePages.replace(/\/$/, "")}/${rule}.md`;
}

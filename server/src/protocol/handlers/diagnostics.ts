import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver/node";
import { rules } from "../../rules/all.ts";
import type { Snapshot } from "../../workspace/documents.ts";
import { contentModified, guarded } from "../guarded.ts";
import { Positions } from "../positions.ts";
import type { Session, Subject } from "../session.ts";
import { toDiagnostic } from "../to-lsp.ts";

/** `textDocument/diagnostic`. An answer that would be the same as the last one is not made again. */
export function answerDiagnostics(session: Session): void {
  const { connection } = session;
  const empty: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    guarded(
      connection.console,
      "textDocument/diagnostic",
      empty,
      async ({ textDocument, previousResultId }) => {
        const subject = await session.subject(textDocument.uri);
        if (!subject) return empty;
        const items = await diagnosticsOf(session, subject);
        if (!items) throw contentModified();
        const resultId = `${subject.workspace.stateOf(subject.snapshot)}.${session.settingsGeneration}`;
        if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
        return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
      },
    ),
  );
}

/**
 * `textDocument/publishDiagnostics` for editors that do not ask. Several changes before the first is answered are one:
 * only the newest version is checked.
 */
export class DiagnosticPusher {
  readonly #session: Session;
  readonly #waiting = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  schedule(uri: string): void {
    if (this.#waiting.has(uri)) return;
    this.#waiting.add(uri);
    setImmediate(() => {
      this.#waiting.delete(uri);
      void this.#push(uri);
    });
  }

  scheduleAll(): void {
    for (const { uri } of this.#session.documents.all()) this.schedule(uri);
  }

  clear(uri: string): void {
    const { connection } = this.#session;
    connection.sendDiagnostics({ uri, diagnostics: [] }).catch((error: unknown) => {
      this.#session.log("error", `publishDiagnostics: ${String(error)}`);
    });
  }

  async #push(uri: string): Promise<void> {
    const { connection } = this.#session;
    try {
      const subject = await this.#session.subject(uri);
      const diagnostics = subject && (await diagnosticsOf(this.#session, subject));
      // Not the newest any more: its own push is on the way.
      if (!subject || !diagnostics) return;
      await connection.sendDiagnostics({ uri, version: subject.snapshot.version, diagnostics });
    } catch (error) {
      this.#session.log(
        "error",
        `publishDiagnostics: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }
}

/** Undefined when the document changed meanwhile. */
async function diagnosticsOf(
  session: Session,
  { snapshot, positions, workspace }: Subject,
): Promise<Diagnostic[] | undefined> {
  const settings = await session.settingsOf(snapshot.uri);
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
  return workspace.problems(snapshot, settings).map((it) => toDiagnostic(it, frame));
}

/** Only rules have pages; a syntax problem says all there is. */
function pageOf({ options }: Session, rule: string): string | undefined {
  if (options.rulePages === undefined || !rules.some((it) => it.id === rule)) return undefined;
  return `${options.rulePages.replace(/\/$/, "")}/${rule}.md`;
}

/** Whether a change of this document can change what is said about others. */
export function othersDependOn({ kind }: Snapshot): boolean {
  return kind === "dockerfile";
}

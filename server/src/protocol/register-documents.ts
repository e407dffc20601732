import {
  BulkRegistration,
  CodeActionRequest,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type Disposable,
  DocumentDiagnosticRequest,
  type DocumentFilter,
  HoverRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { capabilitiesFor } from "./capabilities.ts";
import type { Session } from "./session.ts";

/** What an editor may ask of documents that it was asked to tell of. */
export interface AskedOf {
  readonly completionAndHover: boolean;
  readonly diagnosticsAndActions: boolean;
}

/** Asks the editor to tell of documents that it does not know as ours, and to ask of them what it asks of others. */
export function registerDocuments(
  { connection, client }: Session,
  documentSelector: readonly DocumentFilter[],
  { completionAndHover, diagnosticsAndActions }: AskedOf,
): Promise<Disposable> {
  const selector = { documentSelector: [...documentSelector] };
  const { completionProvider, codeActionProvider, diagnosticProvider } = capabilitiesFor(client);
  const all = BulkRegistration.create();
  all.add(DidOpenTextDocumentNotification.type, selector);
  all.add(DidChangeTextDocumentNotification.type, {
    ...selector,
    syncKind: TextDocumentSyncKind.Incremental,
  });
  all.add(DidCloseTextDocumentNotification.type, selector);
  if (completionAndHover) {
    all.add(HoverRequest.type, selector);
    all.add(CompletionRequest.type, { ...completionProvider, ...selector });
  }
  if (diagnosticsAndActions) {
    all.add(CodeActionRequest.type, {
      ...(typeof codeActionProvider === "object" && codeActionProvider),
      ...selector,
    });
    if (diagnosticProvider) all.add(DocumentDiagnosticRequest.type, { ...diagnosticProvider, ...selector });
  }
  return connection.client.register(all);
}

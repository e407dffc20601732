import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import type { ServerInitializationOptions } from "../../../client/src/shared/server-messages.ts";
import { watchedFiles } from "../workspace/languages.ts";
import { abilitiesOf } from "./client-abilities.ts";
import { answerCodeActions } from "./handlers/code-actions.ts";
import { answerCompletion, completionTriggers } from "./handlers/completion.ts";
import { answerDefinition } from "./handlers/definition.ts";
import { answerDiagnostics } from "./handlers/diagnostics.ts";
import { followDocuments } from "./handlers/documents.ts";
import { answerFolding } from "./handlers/folding.ts";
import { answerHover } from "./handlers/hover.ts";
import { answerServices } from "./handlers/services.ts";
import { answerStages } from "./handlers/stages.ts";
import { answerSymbols } from "./handlers/symbols.ts";
import { Session } from "./session.ts";
import { fixAllKind } from "./to-lsp.ts";
import { pathOfUri } from "./uris.ts";

/** Answers one editor over a connection until it is closed. */
export function serve(connection: Connection): void {
  const session = new Session(connection);
  connection.onInitialize((params) => initialize(session, params));
  connection.onInitialized(() => {
    register(session);
    // The first document's answer should not wait for what can be loaded now.
    void session.workspace();
  });
  followDocuments(session);
  answerDiagnostics(session);
  answerCodeActions(session);
  answerCompletion(session);
  answerHover(session);
  answerSymbols(session);
  answerFolding(session);
  answerDefinition(session);
  answerStages(session);
  answerServices(session);
  connection.listen();
}

function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.client = abilitiesOf(params.capabilities);
  session.options = optionsOf(params.initializationOptions);
  const folders = params.workspaceFolders?.map((it) => it.uri) ?? [];
  session.folders = folders.flatMap((it) => pathOfUri(it) ?? []);
  return {
    serverInfo: { name: "plimsoll" },
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      completionProvider: { triggerCharacters: [...completionTriggers] },
      hoverProvider: true,
      definitionProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      codeActionProvider: { codeActionKinds: ["quickfix", fixAllKind] },
      ...(session.client.pullDiagnostics && {
        diagnosticProvider: {
          identifier: "plimsoll",
          interFileDependencies: true,
          workspaceDiagnostics: false,
        },
      }),
    },
  };
}

function optionsOf(value: unknown): ServerInitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const pages =
    "rulePages" in value && typeof value.rulePages === "string" ? { rulePages: value.rulePages } : {};
  return { ...pages, ...("settings" in value && { settings: value.settings }) };
}

function register(session: Session): void {
  const { connection, client } = session;
  const failed = (error: unknown) =>
    session.log("warn", `The editor refused a registration: ${String(error)}`);
  if (client.registersConfigurationChanges) {
    connection.client
      .register(DidChangeConfigurationNotification.type, { section: "plimsoll" })
      .catch(failed);
  }
  if (client.registersWatchedFiles) {
    const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(failed);
  }
}

import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  RequestType,
} from "vscode-languageserver/node";
import type {
  ServerInitializationOptions,
  ServerRequests,
} from "../../../client/src/shared/server-messages.ts";
import { watchedFiles } from "../workspace/languages.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { abilitiesOf } from "./client-abilities.ts";
import { guarded } from "./guarded.ts";
import { followDocuments } from "./handlers/documents.ts";
import { Session } from "./session.ts";
import { pathOfUri } from "./uris.ts";

/** Answers one editor over a connection until it is closed. */
export function serve(connection: Connection): void {
  const session = new Session(connection);
  connection.onInitialize((params) => initialize(session, params));
  connection.onInitialized(() => {
    register(session);
    // The first document's answer should not wait for what can be loaded now.
    void handlers();
    session
      .workspace()
      .catch((error: unknown) => session.log("error", `The server could not be loaded: ${String(error)}`));
  });
  followDocuments(session);
  answerRequests(session);
  connection.listen();
}

/** Loaded behind the answer to `initialize`: parsers, rules and knowledge are most of the server. */
const handlers = () => import("./handlers/all.ts");

function answerRequests(session: Session): void {
  const { connection } = session;
  const { console } = connection;
  const noDiagnostics: DocumentDiagnosticReport = { kind: "full", items: [] };
  connection.languages.diagnostics.on(
    guarded(console, "textDocument/diagnostic", noDiagnostics, async (params) =>
      (await handlers()).answerDiagnostics(session, params),
    ),
  );
  connection.onCodeAction(
    guarded(console, "textDocument/codeAction", [], async (params) =>
      (await handlers()).answerCodeActions(session, params),
    ),
  );
  connection.onCompletion(
    guarded(console, "textDocument/completion", [], async (params) =>
      (await handlers()).answerCompletion(session, params),
    ),
  );
  connection.onHover(
    guarded(console, "textDocument/hover", null, async (params) =>
      (await handlers()).answerHover(session, params),
    ),
  );
  connection.onSignatureHelp(
    guarded(console, "textDocument/signatureHelp", null, async (params) =>
      (await handlers()).answerSignatures(session, params),
    ),
  );
  connection.onDocumentSymbol(
    guarded(console, "textDocument/documentSymbol", [], async (params) =>
      (await handlers()).answerSymbols(session, params),
    ),
  );
  connection.onDocumentFormatting(
    guarded(console, "textDocument/formatting", null, async (params) =>
      (await handlers()).answerFormatting(session, params),
    ),
  );
  connection.onDocumentRangeFormatting(
    guarded(console, "textDocument/rangeFormatting", null, async (params) =>
      (await handlers()).answerFormatting(session, params),
    ),
  );
  connection.onFoldingRanges(
    guarded(console, "textDocument/foldingRange", [], async (params) =>
      (await handlers()).answerFolding(session, params),
    ),
  );
  connection.onDefinition(
    guarded(console, "textDocument/definition", null, async (params) =>
      (await handlers()).answerDefinition(session, params),
    ),
  );
  connection.onReferences(
    guarded(console, "textDocument/references", [], async (params) =>
      (await handlers()).answerReferences(session, params),
    ),
  );
  connection.onDocumentHighlight(
    guarded(console, "textDocument/documentHighlight", [], async (params) =>
      (await handlers()).answerHighlights(session, params),
    ),
  );
  connection.onPrepareRename(
    guarded(console, "textDocument/prepareRename", null, async (params) =>
      (await handlers()).answerPrepareRename(session, params),
    ),
  );
  connection.onRenameRequest(
    guarded(console, "textDocument/rename", null, async (params) =>
      (await handlers()).answerRename(session, params),
    ),
  );
  connection.onDocumentLinks(
    guarded(console, "textDocument/documentLink", [], async (params) =>
      (await handlers()).answerLinks(session, params),
    ),
  );
  connection.onSelectionRanges(
    guarded(console, "textDocument/selectionRange", null, async (params) =>
      (await handlers()).answerSelections(session, params),
    ),
  );
  connection.languages.semanticTokens.on(
    guarded(console, "textDocument/semanticTokens/full", { data: [] }, async (params) =>
      (await handlers()).answerSemanticTokens(session, params),
    ),
  );
  connection.onWorkspaceSymbol(
    guarded(console, "workspace/symbol", [], async (params) =>
      (await handlers()).answerWorkspaceSymbols(session, params),
    ),
  );
  connection.languages.inlayHint.on(
    guarded(console, "textDocument/inlayHint", [], async (params) =>
      (await handlers()).answerInlayHints(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/ruleNames"),
    guarded(console, "plimsoll/ruleNames", [], async () => (await handlers()).answerRuleNames()),
  );
  connection.onRequest(
    ownRequest("plimsoll/stages"),
    guarded(console, "plimsoll/stages", null, async (params) =>
      (await handlers()).answerStages(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/estimates"),
    guarded(console, "plimsoll/estimates", null, async (params) =>
      (await handlers()).answerEstimates(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/composeProject"),
    guarded(console, "plimsoll/composeProject", null, async (params) =>
      (await handlers()).answerComposeProject(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/effectiveCompose"),
    guarded(console, "plimsoll/effectiveCompose", null, async (params) =>
      (await handlers()).answerEffectiveCompose(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/services"),
    guarded(console, "plimsoll/services", null, async (params) =>
      (await handlers()).answerServices(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/serviceBuild"),
    guarded(console, "plimsoll/serviceBuild", null, async (params) =>
      (await handlers()).answerServiceBuild(session, params),
    ),
  );
  connection.onRequest(
    ownRequest("plimsoll/variants"),
    guarded(console, "plimsoll/variants", null, async (params) =>
      (await handlers()).answerVariants(session, params),
    ),
  );
}

function ownRequest<Method extends keyof ServerRequests>(
  method: Method,
): RequestType<ServerRequests[Method]["params"], ServerRequests[Method]["result"], void> {
  return new RequestType(method);
}

function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.client = abilitiesOf(params.capabilities);
  session.options = optionsOf(params.initializationOptions);
  const folders = params.workspaceFolders?.map((it) => it.uri) ?? [];
  session.folders = folders.flatMap((it) => pathOfUri(it) ?? []);
  return { serverInfo: { name: "plimsoll" }, capabilities: capabilitiesFor(session.client) };
}

function optionsOf(value: unknown): ServerInitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const pages =
    "rulePages" in value && typeof value.rulePages === "string" ? { rulePages: value.rulePages } : {};
  const facts = "imageFacts" in value && value.imageFacts === true ? { imageFacts: true } : {};
  const names = "imageNames" in value && value.imageNames === true ? { imageNames: true } : {};
  return { ...pages, ...facts, ...names, ...("settings" in value && { settings: value.settings }) };
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

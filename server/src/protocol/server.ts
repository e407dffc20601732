import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver/node";
import type {
  ServerInitializationOptions,
  ServerRequests,
} from "../../../client/src/shared/server-messages.ts";
import { configurationGlobs, watchedFiles } from "../workspace/languages.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { abilitiesOf } from "./client-abilities.ts";
import { guarded } from "./guarded.ts";
import { followDocuments } from "./handlers/documents.ts";
import { registerDocuments } from "./register-documents.ts";
import { Session } from "./session.ts";
import { pathOfUri } from "./uris.ts";

/** Answers one editor over a connection until it is closed. */
export function serve(connection: Connection): void {
  const session = new Session(connection);
  connection.onInitialize((params) => initialize(session, params));
  connection.onInitialized(() => {
    register(session);
    followFolders(session);
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

/** Each request with what is answered when its handler fails. */
function answerRequests(session: Session): void {
  const { connection } = session;
  const answer = <P, R>(method: string, empty: R, handler: (it: Handlers) => Handler<P, R>) =>
    guarded<P, R>(connection.console, method, empty, async (params) =>
      handler(await handlers())(session, params),
    );
  const noDiagnostics: DocumentDiagnosticReport = { kind: "full", items: [] };
  connection.languages.diagnostics.on(
    answer("textDocument/diagnostic", noDiagnostics, (it) => it.answerDiagnostics),
  );
  connection.onCodeAction(answer("textDocument/codeAction", [], (it) => it.answerCodeActions));
  connection.onCompletion(answer("textDocument/completion", [], (it) => it.answerCompletion));
  connection.onHover(answer("textDocument/hover", null, (it) => it.answerHover));
  connection.onSignatureHelp(answer("textDocument/signatureHelp", null, (it) => it.answerSignatures));
  connection.onDocumentSymbol(answer("textDocument/documentSymbol", [], (it) => it.answerSymbols));
  connection.onDocumentFormatting(answer("textDocument/formatting", null, (it) => it.answerFormatting));
  connection.onDocumentRangeFormatting(
    answer("textDocument/rangeFormatting", null, (it) => it.answerFormatting),
  );
  connection.onFoldingRanges(answer("textDocument/foldingRange", [], (it) => it.answerFolding));
  connection.onDefinition(answer("textDocument/definition", null, (it) => it.answerDefinition));
  connection.onReferences(answer("textDocument/references", [], (it) => it.answerReferences));
  connection.onDocumentHighlight(answer("textDocument/documentHighlight", [], (it) => it.answerHighlights));
  connection.onPrepareRename(answer("textDocument/prepareRename", null, (it) => it.answerPrepareRename));
  connection.onRenameRequest(answer("textDocument/rename", null, (it) => it.answerRename));
  connection.onDocumentLinks(answer("textDocument/documentLink", [], (it) => it.answerLinks));
  connection.onSelectionRanges(answer("textDocument/selectionRange", null, (it) => it.answerSelections));
  connection.languages.semanticTokens.on(
    answer("textDocument/semanticTokens/full", { data: [] }, (it) => it.answerSemanticTokens),
  );
  connection.onWorkspaceSymbol(answer("workspace/symbol", [], (it) => it.answerWorkspaceSymbols));
  connection.languages.inlayHint.on(answer("textDocument/inlayHint", [], (it) => it.answerInlayHints));

  const answerOwn = <Method extends keyof ServerRequests>(
    method: Method,
    empty: Result<Method>,
    handler: (it: Handlers) => Handler<Params<Method>, Result<Method>>,
  ) => connection.onRequest<unknown, void>(method, answer(method, empty, handler));
  answerOwn("plimsoll/ruleNames", [], (it) => it.answerRuleNames);
  answerOwn("plimsoll/stages", null, (it) => it.answerStages);
  answerOwn("plimsoll/estimates", null, (it) => it.answerEstimates);
  answerOwn("plimsoll/isComposePart", false, (it) => it.answerComposePart);
  answerOwn("plimsoll/composeProject", null, (it) => it.answerComposeProject);
  answerOwn("plimsoll/effectiveCompose", null, (it) => it.answerEffectiveCompose);
  answerOwn("plimsoll/services", null, (it) => it.answerServices);
  answerOwn("plimsoll/serviceBuild", null, (it) => it.answerServiceBuild);
  answerOwn("plimsoll/variants", null, (it) => it.answerVariants);
}

type Params<Method extends keyof ServerRequests> = ServerRequests[Method]["params"];
type Result<Method extends keyof ServerRequests> = ServerRequests[Method]["result"];
type Handlers = Awaited<ReturnType<typeof handlers>>;
type Handler<P, R> = (session: Session, params: P) => R | Promise<R>;

function initialize(session: Session, params: InitializeParams): InitializeResult {
  session.client = abilitiesOf(params.capabilities);
  session.options = optionsOf(params.initializationOptions);
  session.folders = pathsOf(params.workspaceFolders ?? []);
  return { serverInfo: { name: "plimsoll" }, capabilities: capabilitiesFor(session.client) };
}

/** Of those that are on this machine: of a virtual one only the open documents are known. */
function pathsOf(folders: readonly { readonly uri: string }[]): readonly string[] {
  return folders.flatMap((it) => pathOfUri(it.uri) ?? []);
}

function optionsOf(value: unknown): ServerInitializationOptions {
  if (typeof value !== "object" || value === null) return {};
  const pages =
    "rulePages" in value && typeof value.rulePages === "string" ? { rulePages: value.rulePages } : {};
  const facts = "imageFacts" in value && value.imageFacts === true ? { imageFacts: true } : {};
  const names = "imageNames" in value && value.imageNames === true ? { imageNames: true } : {};
  const elsewhere =
    "schemasElsewhere" in value && value.schemasElsewhere === true ? { schemasElsewhere: true } : {};
  return {
    ...pages,
    ...facts,
    ...names,
    ...elsewhere,
    ...("settings" in value && { settings: value.settings }),
  };
}

function followFolders(session: Session): void {
  if (!session.client.tellsFolders) return;
  session.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(pathsOf(removed));
    session.folders = [...new Set([...session.folders.filter((it) => !gone.has(it)), ...pathsOf(added)])];
    session.foldersChanged();
  });
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
  if (client.registersDocuments) {
    const selector = configurationGlobs.map((pattern) => ({ scheme: "file", pattern }));
    registerDocuments(session, selector, {
      completionAndHover: session.options.schemasElsewhere !== true,
      diagnosticsAndActions: false,
    }).catch(failed);
  }
}

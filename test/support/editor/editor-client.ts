import { PassThrough, type Readable, type Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { createConnection as createServerConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serve } from "../../../server/src/protocol/server.ts";

export interface EditorOptions {
  /** False for an editor that waits for diagnostics to be sent. */
  readonly pulls?: boolean;
  /** The `plimsoll` section. */
  readonly settings?: unknown;
  readonly folder?: string;
  readonly initializationOptions?: unknown;
  readonly capabilities?: ClientCapabilities;
  /** A server in another process, by its standard input and output; without it there is one in this process. */
  readonly server?: { readonly stdin: Writable; readonly stdout: Readable };
  /** Called before anything is said, to answer requests of the server's own. */
  readonly onConnection?: (connection: ProtocolConnection) => void;
}

/** An editor without a screen: a real client connection to the real server, over two streams. */
export interface Editor {
  readonly connection: ProtocolConnection;
  readonly result: InitializeResult;
  /** What the server logged as errors. */
  readonly errors: readonly string[];
  /** Diagnostics the server sent on its own, in order. */
  readonly published: readonly PublishDiagnosticsParams[];
  /** How often the server asked that diagnostics be asked for again. */
  refreshes(): number;
  settings: unknown;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  /** Whole text when `range` is missing. */
  change(uri: string, version: number, text: string, range?: Range): Promise<void>;
  close(uri: string): Promise<void>;
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** The next diagnostics that the server sends for a document, or those already sent since the last call. */
  nextPublished(uri: string): Promise<PublishDiagnosticsParams>;
}

export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const { pulls = true, server = serverHere() } = options;
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const errors: string[] = [];
  const published: PublishDiagnosticsParams[] = [];
  const unread: PublishDiagnosticsParams[] = [];
  const waiting: { readonly uri: string; readonly resolve: (it: PublishDiagnosticsParams) => void }[] = [];
  let refreshes = 0;

  connection.onNotification(LogMessageNotification.type, ({ type, message }) => {
    if (type === 1) errors.push(message);
  });
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    const at = waiting.findIndex((it) => it.uri === params.uri);
    if (at >= 0) waiting.splice(at, 1)[0]?.resolve(params);
    else unread.push(params);
  });
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => editor.settings));
  options.onConnection?.(connection);
  connection.listen();
  onTestFinished(() => connection.dispose());

  const result = await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? capabilities(pulls),
    workspaceFolders:
      options.folder === undefined ? null : [{ uri: pathToFileURL(options.folder).href, name: "folder" }],
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const editor: Editor = {
    connection,
    result,
    errors,
    published,
    refreshes: () => refreshes,
    settings: options.settings,
    open: (uri, text, languageId = "dockerfile") =>
      connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, text, range) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [range ? { range, text } : { text }],
      }),
    close: (uri) =>
      connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    report: (uri, previousResultId) =>
      connection.sendRequest(DocumentDiagnosticRequest.type, {
        textDocument: { uri },
        ...(previousResultId !== undefined && { previousResultId }),
      }),
    async diagnostics(uri) {
      const report = await editor.report(uri);
      return report.kind === "full" ? report.items : [];
    },
    nextPublished(uri) {
      const at = unread.findIndex((it) => it.uri === uri);
      const [ready] = at >= 0 ? unread.splice(at, 1) : [];
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push({ uri, resolve }));
    },
  };
  return editor;
}

/** The real server in this process, until the test is over. */
function serverHere(): Required<EditorOptions>["server"] {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const server = createServerConnection(
    ProposedFeatures.all,
    new StreamMessageReader(stdin),
    new StreamMessageWriter(stdout),
  );
  serve(server);
  onTestFinished(() => server.dispose());
  return { stdin, stdout };
}

/** What VS Code says of itself, as far as the server looks at it. */
function capabilities(pulls: boolean): ClientCapabilities {
  return {
    workspace: {
      configuration: true,
      workspaceFolders: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] },
      diagnostics: { refreshSupport: true },
    },
    textDocument: {
      publishDiagnostics: { relatedInformation: true },
      ...(pulls && { diagnostic: { relatedInformation: true } }),
      completion: { completionItem: { snippetSupport: true } },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
      },
      rename: { prepareSupport: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    },
  };
}

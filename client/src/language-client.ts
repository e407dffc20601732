import { type ExtensionContext, extensions, l10n, Uri, window, workspace } from "vscode";
import {
  DocumentDiagnosticRequest,
  LanguageClient,
  type Middleware,
  TransportKind,
  vsdiag,
} from "vscode-languageclient/node";
import { compiledServerFolder, removeOtherCompiled } from "./compiled-server.ts";
import type { ImageKnowledge } from "./engine/images/image-knowledge.ts";
import {
  composeFiles,
  dockerfiles,
  type LanguageServer,
  type MeasuredFindings,
  sideFiles,
} from "./language-server.ts";
import type {
  ClientNotifications,
  ClientRequests,
  ServerInitializationOptions,
  ServerRequests,
} from "./shared/server-messages.ts";

/**
 * Starts the server in a process of its own; does not wait until it is up. Requests made earlier wait for it.
 * The server asks for what it needs to know of settings and of files on disk.
 */
export function connectLanguageServer(
  context: ExtensionContext,
  images: ImageKnowledge,
  measured: MeasuredFindings,
): LanguageServer {
  const log = window.createOutputChannel(l10n.t("Plimsoll Language Server"), { log: true });
  context.subscriptions.push(log);

  const options: ServerInitializationOptions = {
    rulePages: Uri.joinPath(context.extensionUri, "docs", "rules").toString(),
    imageFacts: true,
    imageNames: true,
    schemasElsewhere: extensions.getExtension("redhat.vscode-yaml") !== undefined,
  };
  /** Files whose findings say something else by now, though the server would find the same. */
  const outdated = new Set<string>();
  const compiled = compiledServerFolder(context.globalStorageUri.fsPath, context.extensionPath);
  removeOtherCompiled(compiled).catch((error) => log.warn(String(error)));
  const client = new LanguageClient(
    "plimsoll",
    "Plimsoll",
    {
      module: context.asAbsolutePath("dist/server.js"),
      transport: TransportKind.ipc,
      options: { env: { NODE_COMPILE_CACHE: compiled } },
    },
    {
      documentSelector: [...dockerfiles, ...composeFiles, ...sideFiles],
      outputChannel: log,
      initializationOptions: options,
      middleware: withMeasured(measured, outdated),
    },
  );
  client.onRequest(
    "plimsoll/imageFacts" satisfies keyof ClientRequests,
    ({ reference }: ClientRequests["plimsoll/imageFacts"]["params"]) => images.find(reference),
  );
  client.onRequest("plimsoll/imageNames" satisfies keyof ClientRequests, () => images.names());
  const following = measured.onDidChange((file) => {
    outdated.add(file.toString());
    const document = workspace.textDocuments.find((it) => it.uri.toString() === file.toString());
    const provider = document && client.getFeature(DocumentDiagnosticRequest.method).getProvider(document);
    provider?.onDidChangeDiagnosticsEmitter.fire();
  });
  context.subscriptions.push(following);
  const started = client.start();
  // The client shows the user why a server does not start; here it only must not count as unhandled.
  started.catch((error) => log.error(error));

  const ask = async <Method extends keyof ServerRequests>(
    method: Method,
    params: ServerRequests[Method]["params"],
  ) => {
    await started;
    return (await client.sendRequest<ServerRequests[Method]["result"]>(method, params)) ?? undefined;
  };
  const params = (file: Uri) => ({ uri: client.code2ProtocolConverter.asUri(file) });
  return {
    stages: (file) => ask("plimsoll/stages", params(file)),
    estimates: (file) => ask("plimsoll/estimates", params(file)),
    isComposePart: async (file) => (await ask("plimsoll/isComposePart", params(file))) ?? false,
    composeProject: (file) => ask("plimsoll/composeProject", params(file)),
    effectiveCompose: (file) => ask("plimsoll/effectiveCompose", params(file)),
    services: (file) => ask("plimsoll/services", params(file)),
    serviceBuild: (file, service) => ask("plimsoll/serviceBuild", { ...params(file), service }),
    variants: (file) => ask("plimsoll/variants", params(file)),
    ruleNames: async () => (await ask("plimsoll/ruleNames", undefined)) ?? [],
    imagesChanged: async () => {
      await started;
      await client.sendNotification("plimsoll/imagesChanged" satisfies keyof ClientNotifications);
    },
    stop: () => started.then(() => client.stop()).catch(() => undefined),
  };
}

/** Findings on their way to the user are told what was measured. */
function withMeasured(measured: MeasuredFindings, outdated: Set<string>): Middleware {
  return {
    async provideDiagnostics(document, previousResultId, token, next) {
      const file = document instanceof Uri ? document : document.uri;
      const isOutdated = outdated.has(file.toString());
      // Without a previous result the server sends all of them again.
      const report = await next(document, isOutdated ? undefined : previousResultId, token);
      if (token.isCancellationRequested || report?.kind !== vsdiag.DocumentDiagnosticReportKind.full)
        return report;
      outdated.delete(file.toString());
      return { ...report, items: measured.addTo(file, report.items) };
    },
  };
}

import { NotificationType0, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { ClientNotifications } from "../../../../client/src/shared/server-messages.ts";
import { isConfigurationFile, kindOfDocument } from "../../workspace/languages.ts";
import { LARGEST_FILE } from "../../workspace/look-at-disk.ts";
import { ImageAsker } from "../image-asker.ts";
import type { Session } from "../session.ts";
import { ShellcheckAsker } from "../shellcheck-asker.ts";
import { pathOfUri } from "../uris.ts";
import { ConfigurationReporter } from "./configuration-reporter.ts";
import { DiagnosticPusher } from "./diagnostic-pusher.ts";
import { NamedFiles } from "./named-files.ts";

const imagesChanged = new NotificationType0("plimsoll/imagesChanged" satisfies keyof ClientNotifications);

/** Follows what the editor opens, changes, saves and watches, and says again what that changes. */
export function followDocuments(session: Session): void {
  const { connection, documents, disk } = session;
  const pusher = new DiagnosticPusher(session);
  const reporter = new ConfigurationReporter(session);
  const named = new NamedFiles(session);
  const synced = new TextDocuments(TextDocument);

  const hintAgain = () => {
    if (!session.client.refreshInlayHints) return;
    connection.languages.inlayHint.refresh().catch((error: unknown) => {
      session.log("warn", `The editor refused to ask for hints again: ${String(error)}`);
    });
  };

  const sayAgain = (uris: "all" | readonly string[]) => {
    if (uris === "all") hintAgain();
    if (session.client.pullDiagnostics) {
      // An editor that asks does so by itself after a change of text; of the rest it has to be told.
      if (uris === "all" && session.client.refreshDiagnostics) {
        connection.languages.diagnostics.refresh().catch((error: unknown) => {
          session.log("warn", `The editor refused to ask again: ${String(error)}`);
        });
      }
    } else if (uris === "all") pusher.scheduleAll();
    else for (const uri of uris) pusher.schedule(uri);
  };

  session.imageAsker = new ImageAsker(session, () => sayAgain("all"));
  session.shellcheckAsker = new ShellcheckAsker(session, () => sayAgain("all"));
  connection.onNotification(imagesChanged, () => session.imageAsker?.again());

  synced.onDidChangeContent(({ document }) => {
    const path = pathOfUri(document.uri);
    const isNamed = path !== undefined && session.namedFiles.has(path);
    const kind =
      kindOfDocument(document.languageId, path ?? document.uri) ?? (isNamed ? "environment" : undefined);
    if (!kind) {
      if (path === undefined || !isConfigurationFile(path)) return;
      session.configurations.set(document.uri, document.getText());
      reporter.schedule();
      return;
    }
    if (document.getText().length > LARGEST_FILE) {
      // One such document would keep all others waiting, for minutes.
      documents.close(document.uri);
      session.tooLarge.add(document.uri);
      sayAgain([document.uri]);
      return;
    }
    session.tooLarge.delete(document.uri);
    const isNew = !documents.get(document.uri);
    if (isNew) reporter.schedule();
    if (isNew || kind === "compose") named.schedule();
    const snapshot = { uri: document.uri, path, kind, version: document.version, text: document.getText() };
    documents.set(snapshot);
    // A Compose file is judged with the Dockerfiles that it builds, and says of them how they are built.
    const dependent = documents.all().filter((it) => it.kind !== kind);
    sayAgain([document.uri, ...dependent.map((it) => it.uri)]);
    // What one file of a project says is a hint in another; of its own changes an editor knows.
    if (kind === "compose" && documents.all().some((it) => it.kind === kind && it.uri !== document.uri))
      hintAgain();
  });

  synced.onDidClose(({ document }) => {
    const isConfiguration = session.configurations.delete(document.uri);
    const wasTooLarge = session.tooLarge.delete(document.uri);
    if (isConfiguration || wasTooLarge) {
      if (wasTooLarge && !session.client.pullDiagnostics) pusher.clear(document.uri);
      reporter.schedule();
      return;
    }
    if (!documents.get(document.uri)) return;
    documents.close(document.uri);
    session.forgetSettings(document.uri);
    if (!session.client.pullDiagnostics) pusher.clear(document.uri);
    reporter.schedule();
  });

  synced.onDidSave(({ document }) => {
    // An editor that watches no files for us tells at least of its own saves.
    if (session.client.registersWatchedFiles) disk.forget(pathOfUri(document.uri));
    else disk.forget();
    sayAgain("all");
    reporter.schedule();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) disk.forget(pathOfUri(uri));
    named.schedule();
    sayAgain("all");
    reporter.schedule();
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    if (!session.client.configuration && isRecord(settings)) {
      const { plimsoll } = settings;
      session.options = { ...session.options, settings: plimsoll };
    }
    session.forgetSettings();
    sayAgain("all");
  });

  session.foldersChanged = () => {
    disk.forget();
    session.forgetSettings();
    named.schedule();
    sayAgain("all");
    reporter.schedule();
  };

  synced.listen(connection);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

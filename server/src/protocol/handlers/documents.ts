import { NotificationType0, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { ClientNotifications } from "../../../../client/src/shared/server-messages.ts";
import { type FileKind, isConfigurationFile, kindOfDocument } from "../../workspace/languages.ts";
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
  const { connection } = session;
  const follower = new DocumentFollower(session);
  const synced = new TextDocuments(TextDocument);
  session.imageAsker = new ImageAsker(session, () => follower.sayAgain("all"));
  session.shellcheckAsker = new ShellcheckAsker(session, () => follower.sayAgain("all"));
  session.foldersChanged = () => follower.changeFolders();
  connection.onNotification(imagesChanged, () => session.imageAsker?.again());
  synced.onDidChangeContent(({ document }) => follower.change(document));
  synced.onDidClose(({ document }) => follower.close(document));
  synced.onDidSave(({ document }) => follower.save(document));
  connection.onDidChangeWatchedFiles(({ changes }) => follower.changeFiles(changes.map((it) => it.uri)));
  connection.onDidChangeConfiguration(({ settings }) => follower.changeSettings(settings));
  synced.listen(connection);
}

class DocumentFollower {
  readonly #session: Session;
  readonly #pusher: DiagnosticPusher;
  readonly #reporter: ConfigurationReporter;
  readonly #named: NamedFiles;

  constructor(session: Session) {
    this.#session = session;
    this.#pusher = new DiagnosticPusher(session);
    this.#reporter = new ConfigurationReporter(session);
    this.#named = new NamedFiles(session);
  }

  /** Says anew what is wrong: in these documents, or in all, with their hints. */
  sayAgain(uris: "all" | readonly string[]): void {
    const { connection, client } = this.#session;
    if (uris === "all") this.#hintAgain();
    if (client.pullDiagnostics) {
      // An editor that asks does so by itself after a change of text; of the rest it has to be told.
      if (uris === "all" && client.refreshDiagnostics) {
        connection.languages.diagnostics.refresh().catch((error: unknown) => {
          this.#session.log("warn", `The editor refused to ask again: ${String(error)}`);
        });
      }
    } else if (uris === "all") this.#pusher.scheduleAll();
    else for (const uri of uris) this.#pusher.schedule(uri);
  }

  #hintAgain(): void {
    const { connection, client } = this.#session;
    if (!client.refreshInlayHints) return;
    connection.languages.inlayHint.refresh().catch((error: unknown) => {
      this.#session.log("warn", `The editor refused to ask for hints again: ${String(error)}`);
    });
  }

  change(document: TextDocument): void {
    const { documents, configurations, tooLarge } = this.#session;
    const path = pathOfUri(document.uri);
    const kind = this.#kindOf(document, path);
    if (!kind) {
      if (path === undefined || !isConfigurationFile(path)) return;
      configurations.set(document.uri, document.getText());
      this.#reporter.schedule();
      return;
    }
    if (document.getText().length > LARGEST_FILE) {
      // One such document would keep all others waiting, for minutes.
      documents.close(document.uri);
      tooLarge.add(document.uri);
      this.sayAgain([document.uri]);
      return;
    }
    tooLarge.delete(document.uri);
    const isNew = !documents.get(document.uri);
    if (isNew) this.#reporter.schedule();
    if (isNew || kind === "compose") this.#named.schedule();
    const snapshot = { uri: document.uri, path, kind, version: document.version, text: document.getText() };
    documents.set(snapshot);
    // A Compose file is judged with the Dockerfiles that it builds, and says of them how they are built.
    const dependent = documents.all().filter((it) => it.kind !== kind);
    this.sayAgain([document.uri, ...dependent.map((it) => it.uri)]);
    // What one file of a project says is a hint in another; of its own changes an editor knows.
    if (kind === "compose" && documents.all().some((it) => it.kind === kind && it.uri !== document.uri))
      this.#hintAgain();
  }

  #kindOf({ languageId, uri }: TextDocument, path: string | undefined): FileKind | undefined {
    const isNamed = path !== undefined && this.#session.namedFiles.has(path);
    return kindOfDocument(languageId, path ?? uri) ?? (isNamed ? "environment" : undefined);
  }

  close({ uri }: TextDocument): void {
    const { client, configurations, documents, tooLarge } = this.#session;
    const isConfiguration = configurations.delete(uri);
    const wasTooLarge = tooLarge.delete(uri);
    if (isConfiguration || wasTooLarge) {
      if (wasTooLarge && !client.pullDiagnostics) this.#pusher.clear(uri);
      this.#reporter.schedule();
      return;
    }
    if (!documents.get(uri)) return;
    documents.close(uri);
    this.#session.forgetSettings(uri);
    if (!client.pullDiagnostics) this.#pusher.clear(uri);
    this.#reporter.schedule();
  }

  save({ uri }: TextDocument): void {
    const { client, disk } = this.#session;
    // An editor that watches no files for us tells at least of its own saves.
    if (client.registersWatchedFiles) disk.forget(pathOfUri(uri));
    else disk.forget();
    this.sayAgain("all");
    this.#reporter.schedule();
  }

  changeFiles(uris: readonly string[]): void {
    for (const uri of uris) this.#session.disk.forget(pathOfUri(uri));
    this.#named.schedule();
    this.sayAgain("all");
    this.#reporter.schedule();
  }

  changeFolders(): void {
    this.#session.disk.forget();
    this.#session.forgetSettings();
    this.#named.schedule();
    this.sayAgain("all");
    this.#reporter.schedule();
  }

  /** Settings come with the notification only to a server that does not ask for them. */
  changeSettings(settings: unknown): void {
    const session = this.#session;
    if (!session.client.configuration && isRecord(settings))
      session.options = { ...session.options, settings: settings["plimsoll"] };
    session.forgetSettings();
    this.sayAgain("all");
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

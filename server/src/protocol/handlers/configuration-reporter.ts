import type { ConfigurationFile } from "../../workspace/configuration/configuration-files.ts";
import type { Session } from "../session.ts";
import { pathOfUri, uriOfPath } from "../uris.ts";

/**
 * `textDocument/publishDiagnostics` for the configuration files that open documents are checked by, and for those that are open
 * themselves, as they stand there. They are no documents of ours, so no editor asks for them; what was said of one is taken back once
 * it is mended or of no use.
 */
export class ConfigurationReporter {
  readonly #session: Session;
  /** By URI: the file as it was read, told of or with nothing to tell. */
  readonly #told = new Map<string, ConfigurationFile>();
  /** By URI: open files as they were read. */
  #open = new Map<string, ConfigurationFile>();
  #isWaiting = false;
  /** One report after the other: a newer state is never overtaken by an older one. */
  #last: Promise<void> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
  }

  schedule(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setImmediate(() => {
      this.#isWaiting = false;
      this.#last = this.#last
        .then(() => this.#report())
        .catch((error: unknown) => {
          this.#session.log("error", `The configuration files: ${String(error)}`);
        });
    });
  }

  async #report(): Promise<void> {
    const { connection, documents } = this.#session;
    const [workspace, { configurationDiagnostics }, { configurationOfText }] = await Promise.all([
      this.#session.workspace(),
      import("./configuration-diagnostics.ts"),
      import("../../workspace/configuration/configuration-files.ts"),
    ]);
    const inUse = documents.all().flatMap((it) => workspace.configured(it).files);
    const open = new Map<string, ConfigurationFile>();
    for (const [uri, text] of this.#session.configurations) {
      const path = pathOfUri(uri);
      const before = this.#open.get(uri);
      const file = before?.text === text ? before : path && configurationOfText(path, text);
      if (file) open.set(uri, file);
    }
    this.#open = open;
    const files = new Map([...inUse.map((it) => [uriOfPath(it.path), it] as const), ...open]);
    const broken = new Map([...files].filter(([, it]) => it.problems.length > 0));
    for (const uri of [...this.#told.keys()].filter((it) => !broken.has(it))) {
      this.#told.delete(uri);
      await connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    for (const [uri, file] of broken) {
      if (this.#told.get(uri) === file) continue;
      this.#told.set(uri, file);
      await connection.sendDiagnostics({
        uri,
        diagnostics: configurationDiagnostics(this.#session, uri, file),
      });
    }
  }
}

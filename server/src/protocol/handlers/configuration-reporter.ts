import type { ConfigurationFile } from "../../workspace/configuration-files.ts";
import type { Session } from "../session.ts";
import { uriOfPath } from "../uris.ts";

/**
 * `textDocument/publishDiagnostics` for the configuration files that open documents are checked by. They are no documents of
 * ours, and mostly not open, so no editor asks for them; what was said of one is taken back once it is mended or of no use.
 */
export class ConfigurationReporter {
  readonly #session: Session;
  /** By URI: the file as it was read, told of or with nothing to tell. */
  readonly #told = new Map<string, ConfigurationFile>();
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
    const [workspace, { configurationDiagnostics }] = await Promise.all([
      this.#session.workspace(),
      import("./configuration-diagnostics.ts"),
    ]);
    const inUse = documents.all().flatMap((it) => workspace.configured(it).files);
    const broken = new Map(
      inUse.filter((it) => it.problems.length > 0).map((it) => [uriOfPath(it.path), it]),
    );
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

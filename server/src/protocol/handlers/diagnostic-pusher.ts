import type { Session } from "../session.ts";

/**
 * `textDocument/publishDiagnostics` for editors that do not ask. Several changes before the first is answered are one:
 * only the newest version is checked.
 */
export class DiagnosticPusher {
  readonly #session: Session;
  readonly #waiting = new Set<string>();

  constructor(session: Session) {
    this.#session = session;
  }

  schedule(uri: string): void {
    if (this.#waiting.has(uri)) return;
    this.#waiting.add(uri);
    setImmediate(() => {
      this.#waiting.delete(uri);
      void this.#push(uri);
    });
  }

  scheduleAll(): void {
    for (const { uri } of this.#session.documents.all()) this.schedule(uri);
  }

  clear(uri: string): void {
    const { connection } = this.#session;
    connection.sendDiagnostics({ uri, diagnostics: [] }).catch((error: unknown) => {
      this.#session.log("error", `publishDiagnostics: ${String(error)}`);
    });
  }

  async #push(uri: string): Promise<void> {
    const { connection } = this.#session;
    try {
      const { diagnosticsOf, sizeAlone } = await import("./diagnostics.ts");
      const subject = await this.#session.anySubject(uri);
      if (this.#session.tooLarge.has(uri)) {
        await connection.sendDiagnostics({ uri, diagnostics: sizeAlone(this.#session, uri) });
        return;
      }
      const diagnostics = subject && (await diagnosticsOf(this.#session, subject));
      // Not the newest any more: its own push is on the way.
      if (!subject || !diagnostics) return;
      await connection.sendDiagnostics({ uri, version: subject.snapshot.version, diagnostics });
    } catch (error) {
      this.#session.log(
        "error",
        `publishDiagnostics: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }
}

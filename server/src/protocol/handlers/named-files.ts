import type { Disposable } from "vscode-languageserver/node";
import { registerDocuments } from "../register-documents.ts";
import type { Session } from "../session.ts";

/**
 * Asks the editor for the environment files that Compose files name and that no name tells (`.envs/.local/.django`), so that
 * they are answered for as those called `.env` are. Another set of them replaces the one before.
 */
export class NamedFiles {
  readonly #session: Session;
  #isScheduled = false;
  #asked: readonly string[] = [];
  #registered: Disposable | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** After the current message: several changes are looked at once. */
  schedule(): void {
    if (this.#isScheduled || !this.#session.client.registersDocuments) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#update().catch((error: unknown) => {
        this.#session.log("warn", `Environment files of Compose files are not followed: ${String(error)}`);
      });
    });
  }

  async #update(): Promise<void> {
    const { documents, disk, folders } = this.#session;
    const { namedEnvironmentFiles } = await import("../../workspace/environment/named-environment-files.ts");
    const open = documents.all().flatMap((it) => (it.kind === "compose" && it.path ? [it.path] : []));
    const textAt = (path: string) => {
      const read = documents.at(path) ?? disk.read(path);
      return "text" in read ? read.text : undefined;
    };
    const named = namedEnvironmentFiles(open, { disk, folders, textAt });
    if (named.join("\n") === this.#asked.join("\n")) return;
    this.#asked = named;
    this.#session.namedFiles = new Set(named);
    const before = this.#registered;
    this.#registered = named.length > 0 ? await this.#register(named) : undefined;
    before?.dispose();
  }

  #register(paths: readonly string[]): Promise<Disposable> {
    // A pattern that is the whole path needs no escaping: editors compare it as it is first.
    const selector = paths.map((pattern) => ({ scheme: "file", pattern }));
    return registerDocuments(this.#session, selector, {
      completionAndHover: true,
      diagnosticsAndActions: true,
    });
  }
}

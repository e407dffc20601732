import type { Session } from "./session.ts";

/** A script that is being typed is worth asking about when the typing pauses. Milliseconds. */
const pause = 400;

/**
 * Asks ShellCheck about the scripts of documents while nobody waits for it: answers are made from what is known, and made again
 * when it has told more.
 */
export class ShellcheckAsker {
  readonly #session: Session;
  /** Called when answers that were given lack something. */
  readonly #onChange: () => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(session: Session, onChange: () => void) {
    this.#session = session;
    this.#onChange = onChange;
  }

  /** A document was looked at. */
  want(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    const timer = setTimeout(() => void this.#ask(uri), pause);
    // A server that is about to end does not wait for it.
    timer.unref();
    this.#timers.set(uri, timer);
  }

  async #ask(uri: string): Promise<void> {
    this.#timers.delete(uri);
    try {
      const subject = await this.#session.subject(uri);
      if (subject && (await subject.workspace.askShellcheck(subject.snapshot))) this.#onChange();
    } catch (error) {
      this.#session.log("warn", `ShellCheck could not be asked: ${String(error)}`);
    }
  }
}

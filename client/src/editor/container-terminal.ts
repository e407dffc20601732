import { EventEmitter, l10n, type Pseudoterminal } from "vscode";
import type { RunningContainer } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";

const controlC = "\x03";

/**
 * A terminal that shows what a container writes. Ctrl+C and closing it stop the container; once that has ended any key
 * closes it. `stop` also removes a container that has ended by itself, and resolves to its exit code.
 */
export function containerTerminal(
  container: RunningContainer,
  greeting: string,
  stop: () => Promise<number | undefined>,
): Pseudoterminal {
  const write = new EventEmitter<string>();
  const close = new EventEmitter<number>();
  const watching = new AbortController();
  let exitCode: number | undefined;
  let over = false;

  const line = (text: string) => write.fire(`\x1b[2m${text}\x1b[0m\r\n`);
  const told = async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (failureOf(error) === undefined || !(error instanceof Error)) throw error;
      if (!watching.signal.aborted) line(error.message);
    }
  };
  const show = async () => {
    line(greeting);
    await told(async () => {
      for await (const { text } of container.logs(watching.signal))
        write.fire(text.replace(/\r?\n/g, "\r\n"));
    });
    await told(async () => {
      exitCode = await stop();
    });
    over = true;
    const ending = exitCode === undefined ? l10n.t("Ended.") : l10n.t("Ended with exit code {0}.", exitCode);
    line(`${ending} ${l10n.t("Press any key to close.")}`);
  };
  return {
    onDidWrite: write.event,
    onDidClose: close.event,
    open: () => void show(),
    handleInput(keys) {
      if (over) close.fire(exitCode ?? 0);
      else if (keys === controlC) {
        line(l10n.t("Stopping…"));
        // What comes of it is told where the output ends.
        void told(async () => void (await stop()));
      }
    },
    close() {
      watching.abort();
      void told(async () => void (await stop()));
    },
  };
}

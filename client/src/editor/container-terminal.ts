import { EventEmitter, l10n, type Pseudoterminal } from "vscode";
import type { RunningContainer } from "../engine/engine.ts";
import { failureOf } from "../engine-access.ts";

const controlC = "\x03";

/**
 * A terminal that shows what a container writes. Ctrl+C and closing it stop the container; once that has ended any key
 * closes it. `ended` is called once, when no more output will come.
 */
export function containerTerminal(
  container: RunningContainer,
  greeting: string,
  stop: () => Promise<number | undefined>,
  ended: () => void,
): Pseudoterminal {
  const write = new EventEmitter<string>();
  const close = new EventEmitter<number>();
  const watching = new AbortController();
  let over = false;
  let exitCode: number | undefined;

  const line = (text: string) => write.fire(`\x1b[2m${text}\x1b[0m\r\n`);
  const stopped = async () => {
    line(l10n.t("Stopping…"));
    exitCode = await stop();
  };
  const show = async () => {
    line(greeting);
    try {
      for await (const { text } of container.logs(watching.signal))
        write.fire(text.replace(/\r?\n/g, "\r\n"));
    } catch (error) {
      if (failureOf(error) === undefined) throw error;
      if (error instanceof Error && !watching.signal.aborted) line(error.message);
    } finally {
      over = true;
      ended();
      line(l10n.t("The container has ended. Press any key to close."));
    }
  };
  return {
    onDidWrite: write.event,
    onDidClose: close.event,
    open: () => void show(),
    handleInput(keys) {
      if (over) close.fire(exitCode ?? 0);
      else if (keys === controlC) void stopped();
    },
    close() {
      watching.abort();
      if (!over) void stop();
    },
  };
}

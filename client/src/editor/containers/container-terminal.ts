import { EventEmitter, l10n, type Pseudoterminal } from "vscode";
import type { Output } from "../../engine/containers/logs.ts";
import { failureOf } from "../../engine-access.ts";

const controlC = "\x03";

/** What a terminal shows, and what Ctrl+C in it does. */
export interface LogSource {
  readonly greeting: string;
  /** Output until the container ends or the signal is aborted; of one that was restarted, all of it one after the other. */
  output(signal: AbortSignal): AsyncIterable<Output | { readonly note: string }>;
  /** Resolves to the exit code once the output has ended. */
  end(): Promise<number | undefined>;
  /** At Ctrl+C; `again` when it was pressed before. Undefined for a container that only is looked at. */
  readonly interrupt?: (again: boolean) => Promise<void>;
}

/** A terminal that shows what a container writes. Closing it leaves the container alone; once that has ended any key closes it. */
export function logTerminal({ greeting, output, end, interrupt }: LogSource): Pseudoterminal {
  const write = new EventEmitter<string>();
  const close = new EventEmitter<number>();
  const watching = new AbortController();
  let exitCode: number | undefined;
  let isOver = false;
  let interrupts = 0;

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
      for await (const it of output(watching.signal))
        if ("note" in it) line(it.note);
        else write.fire(it.text.replace(/\r?\n/g, "\r\n"));
    });
    if (watching.signal.aborted) return;
    await told(async () => {
      exitCode = await end();
    });
    isOver = true;
    const ending = exitCode === undefined ? l10n.t("Ended.") : l10n.t("Ended with exit code {0}.", exitCode);
    line(`${ending} ${l10n.t("Press any key to close.")}`);
  };
  return {
    onDidWrite: write.event,
    onDidClose: close.event,
    open: () => void show(),
    handleInput(keys) {
      if (isOver) close.fire(exitCode ?? 0);
      else if (keys === controlC && interrupt === undefined) close.fire(0);
      else if (keys === controlC && interrupt) {
        const again = interrupts++ > 0;
        line(again ? l10n.t("Killing…") : l10n.t("Stopping… (Ctrl+C again kills it)"));
        // What comes of it is told where the output ends.
        void told(() => interrupt(again));
      }
    },
    close: () => watching.abort(),
  };
}

import { ProgressLocation, window } from "vscode";

/** What takes longer is shown; ms. */
const soon = 1_000;

/** Runs `act`; when it takes longer than a second, with a notification that can be cancelled, which aborts the signal. */
export async function withLateProgress<T>(
  title: string,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const work = act(stop.signal);
  let waiting: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    waiting = setTimeout(() => resolve(true), soon);
  });
  const isLate = await Promise.race([late, work.then(() => false)]).finally(() => clearTimeout(waiting));
  if (!isLate) return work;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (_, token) => {
      token.onCancellationRequested(() => stop.abort());
      return work;
    },
  );
}

import { type Progress, ProgressLocation, window } from "vscode";

/** Runs `act` with a notification that can be cancelled, which aborts the signal. */
export function withNotification<T>(
  title: string,
  act: (
    signal: AbortSignal,
    progress: Progress<{ readonly message?: string; readonly increment?: number }>,
  ) => Promise<T>,
): Thenable<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      return act(stop.signal, progress);
    },
  );
}

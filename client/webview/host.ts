/** What VS Code gives a page. `State` is what the page keeps for itself; it comes back when the page is drawn anew. */
interface VsCodeApi<Tells, State> {
  postMessage(message: Tells): void;
  getState(): State | undefined;
  setState(state: State): void;
}

declare function acquireVsCodeApi<Tells, State>(): VsCodeApi<Tells, State>;

export interface Host<Tells, Hears, State> {
  tell(message: Tells): void;
  /** Calls `listener` for each message of the host until the returned function is called. */
  listen(listener: (message: Hears) => void): () => void;
  kept(): State | undefined;
  keep(state: State): void;
}

/** The extension's side of a page. VS Code hands it out once a page. */
export function connectHost<Tells, Hears, State>(): Host<Tells, Hears, State> {
  const vscode = acquireVsCodeApi<Tells, State>();
  return {
    tell: (message) => vscode.postMessage(message),
    listen(listener) {
      const receive = (event: MessageEvent<Hears>) => listener(event.data);
      window.addEventListener("message", receive);
      return () => window.removeEventListener("message", receive);
    },
    kept: () => vscode.getState(),
    keep: (state) => vscode.setState(state),
  };
}

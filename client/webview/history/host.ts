import type { HistoryHostMessage, HistoryPageMessage } from "../../src/shared/history-messages.ts";
import type { Measure } from "./view-model.ts";

/** What VS Code lets a page keep for itself; it comes back when the page is drawn anew. */
interface Kept {
  readonly measure: Measure;
  /** For the host, which draws the same history when a window with this page is opened again. */
  readonly dockerfile: string;
  readonly stage: string;
}

interface VsCodeApi {
  postMessage(message: HistoryPageMessage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code hands it out once a page. */
const vscode = acquireVsCodeApi();

export function tellHost(message: HistoryPageMessage): void {
  vscode.postMessage(message);
}

/** Calls `listener` for each message of the host until the returned function is called. */
export function listenToHost(listener: (message: HistoryHostMessage) => void): () => void {
  const receive = (event: MessageEvent<HistoryHostMessage>) => listener(event.data);
  window.addEventListener("message", receive);
  return () => window.removeEventListener("message", receive);
}

export function keptMeasure(): Measure | undefined {
  return vscode.getState()?.measure;
}

export function keep(kept: Kept): void {
  vscode.setState(kept);
}

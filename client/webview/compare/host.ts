import type { CompareHostMessage, ComparePageMessage } from "../../src/shared/compare-messages.ts";
import type { FileChoices } from "./file-choices.ts";
import type { ViewChoices } from "./view-model.ts";

/** What VS Code lets a page keep for itself; it comes back when the page is drawn anew. */
interface Kept {
  readonly choices: ViewChoices;
  /** Absent in what an older version kept. */
  readonly files?: FileChoices;
  /** For the host, which weighs the same images again when a window with this page is opened again. */
  readonly images: readonly string[];
}

interface VsCodeApi {
  postMessage(message: ComparePageMessage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code hands it out once a page. */
const vscode = acquireVsCodeApi();

export function tellHost(message: ComparePageMessage): void {
  vscode.postMessage(message);
}

/** Calls `listener` for each message of the host until the returned function is called. */
export function listenToHost(listener: (message: CompareHostMessage) => void): () => void {
  const receive = (event: MessageEvent<CompareHostMessage>) => listener(event.data);
  window.addEventListener("message", receive);
  return () => window.removeEventListener("message", receive);
}

export function kept(): Kept | undefined {
  return vscode.getState();
}

export function keep(state: Kept): void {
  vscode.setState(state);
}

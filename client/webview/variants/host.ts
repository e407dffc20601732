import type {
  KeptOfTrial,
  VariantsHostMessage,
  VariantsPageMessage,
} from "../../src/shared/variants-messages.ts";

interface VsCodeApi {
  postMessage(message: VariantsPageMessage): void;
  setState(state: KeptOfTrial): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code hands it out once a page. */
const vscode = acquireVsCodeApi();

export function tellHost(message: VariantsPageMessage): void {
  vscode.postMessage(message);
}

/** Calls `listener` for each message of the host until the returned function is called. */
export function listenToHost(listener: (message: VariantsHostMessage) => void): () => void {
  const receive = (event: MessageEvent<VariantsHostMessage>) => listener(event.data);
  window.addEventListener("message", receive);
  return () => window.removeEventListener("message", receive);
}

/** For the host, which offers to try again when a window with this page is opened again. */
export function keep(kept: KeptOfTrial): void {
  vscode.setState(kept);
}

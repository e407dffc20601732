import { type Disposable, type Uri, type ViewColumn, type WebviewPanel, window } from "vscode";
import { fillPanel } from "./page-html.ts";

/** A page of which there is one at most: what is shown anew takes its place. `Sent` are the messages to it. */
export interface SinglePage<Sent> extends Disposable {
  readonly isOpen: boolean;
  /** Opens it in a column, or brings it to the front where it is. */
  show(column: ViewColumn): void;
  /** Nothing when it is closed. A page that opens hears nothing yet; it says when it does. */
  tell(message: Sent): Thenable<unknown>;
}

/** `Received` are the messages from the page, `Kept` what it keeps for a window that is opened again. */
export interface SinglePageOptions<Received, Kept> {
  /** Of its files; its type of view is `plimsoll.<name>`. */
  readonly name: "compare" | "history" | "variants";
  readonly title: string;
  receive(message: Received): Promise<void>;
  /** It comes back with the window; false closes it. Nothing that it kept can be trusted. */
  restore(kept: Kept | undefined): boolean | Promise<boolean>;
  closed(): void;
  /** Is told what keeps messages from being answered. */
  report(error: unknown): void;
}

export function createSinglePage<Sent, Received, Kept>(
  extensionUri: Uri,
  { name, title, receive, restore, closed, report }: SinglePageOptions<Received, Kept>,
): SinglePage<Sent> {
  const viewType = `plimsoll.${name}`;
  let open: WebviewPanel | undefined;

  const use = (panel: WebviewPanel) => {
    open = panel;
    panel.webview.onDidReceiveMessage((message: Received) => void receive(message).catch(report));
    panel.onDidDispose(() => {
      open = undefined;
      closed();
    });
    fillPanel(panel, extensionUri, name, title);
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    async deserializeWebviewPanel(panel: WebviewPanel, kept: Kept | undefined) {
      use(panel);
      if (!(await restore(kept))) panel.dispose();
    },
  });
  return {
    get isOpen() {
      return open !== undefined;
    },
    show(column) {
      if (open === undefined) use(window.createWebviewPanel(viewType, title, column));
      else open.reveal();
    },
    tell: async (message) => open?.webview.postMessage(message),
    dispose() {
      serializer.dispose();
      open?.dispose();
    },
  };
}

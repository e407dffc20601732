import { env, Uri } from "vscode";

/** In a remote window VS Code forwards the port. */
export async function openInBrowser(url: string): Promise<void> {
  await env.openExternal(Uri.parse(url));
}

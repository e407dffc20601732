import { env, Uri } from "vscode";

/** `http://127.0.0.1:32768` of the first TCP port, of container port → address; undefined when none is published. */
export function urlOf(ports: Readonly<Record<string, string>>): string | undefined {
  const all = Object.entries(ports).filter(([port]) => port.endsWith("/tcp") || !port.includes("/"));
  const [port, address] = all[0] ?? [];
  if (address === undefined) return undefined;
  // An address of all interfaces is none to open.
  const host = address.replace(/^(0\.0\.0\.0|\[::\])/, "127.0.0.1");
  return `${/^(443|8443)\//.test(port ?? "") ? "https" : "http"}://${host}`;
}

/** In a remote window VS Code forwards the port. */
export async function openInBrowser(url: string): Promise<void> {
  await env.openExternal(Uri.parse(url));
}

import type { Connection } from "../connection.ts";

/**
 * The machine of an engine across a network, as this machine names it; undefined when the engine is here. An address over SSH is never
 * here, even that of this machine's own name: behind a port of it may be a virtual machine.
 */
export function engineHost(address: string): string | undefined {
  const [, scheme, written = ""] = /^(tcp|ssh):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/]+)/.exec(address) ?? [];
  const host = written.replace(/^\[|\]$/g, "");
  if (scheme === undefined) return undefined;
  return scheme === "tcp" && /^(localhost|127\..*|::1|0\.0\.0\.0)$/i.test(host) ? undefined : host;
}

/**
 * The address on the engine's machine at which a port is published so that this machine can ask it. As narrow as can be: a
 * container tried out is nobody else's business. What is published on a far machine's own loopback could not be asked, except
 * through an SSH tunnel; there it is what `docker run -p` says, which leaves the choice to the engine.
 */
export function bindingFor(address: string): string {
  return address.startsWith("ssh:") || engineHost(address) === undefined ? "127.0.0.1" : "";
}

/** A port of a container as `/containers/json` lists it: once for each address that it is bound to, also when it is not published. */
export interface ListedPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/**
 * Where a published port is to be found from this machine: `127.0.0.1:32768`, `build-host:32768`. `127.0.0.1:32768 on build-host`
 * (with spaces, so no address to open) when only that machine has it. `ip` is what the engine says it is bound to.
 */
export function publishedAt(
  { address, tunnels }: Pick<Connection, "address" | "tunnels">,
  ip: string | undefined,
  port: number | string,
): string {
  const at = (host: string) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const host = engineHost(address);
  if (host === undefined) return at(ip || "127.0.0.1");
  const tunnel = tunnels?.get(Number(port));
  if (tunnel !== undefined) return tunnel;
  if (!ip || ip === "0.0.0.0" || ip === "::") return at(host);
  return /^(127\.|::1$)/.test(ip) ? `${at(ip)} on ${host}` : at(ip);
}

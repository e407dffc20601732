import { configurationOf, type GatewayConfiguration, passedHost } from "./passed-host.ts";

/** `server NAME HOST:PORT` of HAProxy (HAProxy configuration manual, "server", read 2026-11). */
export function readHaproxy(text: string): GatewayConfiguration {
  return found(text, /^[ \t]*server[ \t]+\S+[ \t]+(\S+)/gm);
}

/** `url` of a server in Traefik's dynamic configuration, YAML or TOML (doc.traefik.io, File provider, read 2026-11). */
export function readTraefik(text: string): GatewayConfiguration {
  return found(text, /^[ \t]*(?:-[ \t]*)?url[ \t]*[:=][ \t]*["']?([a-z][a-z0-9]*:\/\/[^\s"'#]+)/gm);
}

/**
 * `socket_address` of the endpoints of Envoy's clusters, whose address and port stand on lines one behind the other (envoyproxy.io,
 * config.core.v3.SocketAddress, read 2026-11). A listener's own address is a number.
 */
export function readEnvoy(text: string): GatewayConfiguration {
  const address =
    /\baddress:[ \t]*["']?([a-z][\w-]*)["']?[ \t]*(?:,|\r?\n)[ \t]*port_value:[ \t]*(\d{1,5})\b/gi;
  const hosts = [...text.matchAll(address)].flatMap(({ 0: whole, 1: host = "", 2: port = "", index }) => {
    const passed = passedHost(host, index + whole.indexOf(host, "address:".length));
    const start = index + whole.length - port.length;
    return passed ? { ...passed, port: Number(port), portAt: { start, end: start + port.length } } : [];
  });
  return configurationOf(hosts);
}

/** `ProxyPass` and `BalancerMember` of Apache (httpd.apache.org, mod_proxy, read 2026-11). */
export function readApache(text: string): GatewayConfiguration {
  const directive =
    /^[ \t]*(?:ProxyPass|BalancerMember)[ \t]+(?:[^\s"]*\/[^\s:]*[ \t]+|"[^":\n]*"[ \t]+)?["']?([a-z]+:\/\/[^\s"'/]+)/gim;
  return found(text, directive);
}

function found(text: string, address: RegExp): GatewayConfiguration {
  const hosts = [...text.matchAll(address)].flatMap(({ 0: whole, 1: written = "", index }) => {
    return passedHost(written, index + whole.length - written.length) ?? [];
  });
  return configurationOf(hosts);
}

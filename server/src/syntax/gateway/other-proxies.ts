import { configurationOf, type GatewayConfiguration, passedHost } from "./passed-host.ts";

/** `server NAME HOST:PORT` of HAProxy (HAProxy configuration manual, "server", read 2026-11). */
export function readHaproxy(text: string): GatewayConfiguration {
  return found(text, /^[ \t]*server[ \t]+\S+[ \t]+(\S+)/gm);
}

/** `url` of a server in Traefik's dynamic configuration, YAML or TOML (doc.traefik.io, File provider, read 2026-11). */
export function readTraefik(text: string): GatewayConfiguration {
  return found(text, /^[ \t]*(?:-[ \t]*)?url[ \t]*[:=][ \t]*["']?([a-z][a-z0-9]*:\/\/[^\s"'#]+)/gm);
}

function found(text: string, address: RegExp): GatewayConfiguration {
  const hosts = [...text.matchAll(address)].flatMap(({ 0: whole, 1: written = "", index }) => {
    return passedHost(written, index + whole.length - written.length) ?? [];
  });
  return configurationOf(hosts);
}

import { configurationOf, type GatewayConfiguration, type PassedHost, passedHost } from "./passed-host.ts";

/**
 * Reads where a Caddyfile passes requests to: `reverse_proxy`, `php_fastcgi` and `forward_auth`, and `to` in the block of the
 * first (caddyserver.com/docs/caddyfile/directives/reverse_proxy, read 2026-11). Any text gives an answer.
 */
export function readCaddyfile(text: string): GatewayConfiguration {
  const hosts: PassedHost[] = [];
  let depth = 0;
  let proxyDepth = -1;
  const listens = [ADMINISTRATION];
  let isOpen = false;
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const words = [...line.replace(/(?:^|\s)#.*$/, "").matchAll(/\S+/g)];
    const name = words[0]?.[0];
    if (depth === 0 && name !== undefined && name !== "}" && !name.startsWith("("))
      for (const [at, word] of words.entries()) {
        // A block without an address in front of it holds options for all, ports among them.
        const ports = at === 0 && name === "{" ? undefined : portsOfSite(word[0]);
        if (ports) listens.push(...ports);
        else isOpen = true;
      }
    const isProxy = /^(?:reverse_proxy|php_fastcgi|forward_auth)$/.test(name ?? "");
    const isTo = name === "to" && depth === proxyDepth;
    if (isProxy || isTo)
      for (const word of words.slice(1)) {
        // `*`, `/path` and `@name` say which requests, and `{…}` is put in when it runs.
        const passed = /^[*/@{]/.test(word[0]) ? undefined : passedHost(word[0], index + word.index);
        if (passed) hosts.push(passed);
      }
    const opens = words.at(-1)?.[0] === "{";
    if (name === "}") depth--;
    if (opens) depth++;
    if (isProxy && opens) proxyDepth = depth;
    else if (depth < proxyDepth) proxyDepth = -1;
  }
  return configurationOf(hosts, [], false, isOpen ? undefined : listens);
}

/** Where its own API listens. */
const ADMINISTRATION = 2019;

/**
 * Where Caddy listens for an address in front of a block (caddyserver.com/docs/caddyfile/concepts#addresses, read 2026-11): with a
 * name it does for HTTPS, and sends HTTP there. Undefined for global options, imports and variables.
 */
function portsOfSite(word: string): readonly number[] | undefined {
  if (word === "{") return [];
  const [, scheme, host, port] = /^(?:(https?):\/\/)?([\w.*-]*)(?::(\d+))?(?:\/\*?)?,?$/.exec(word) ?? [];
  if (host === undefined || word === "import") return undefined;
  if (port !== undefined) return host === "" || scheme === "http" ? [Number(port)] : [Number(port), 80];
  return scheme === "http" ? [80] : [80, 443];
}

import { configurationOf, type GatewayConfiguration, type PassedHost, passedHost } from "./passed-host.ts";

/**
 * Reads where a Caddyfile passes requests to: `reverse_proxy`, `php_fastcgi` and `forward_auth`, and `to` in the block of the
 * first (caddyserver.com/docs/caddyfile/directives/reverse_proxy, read 2026-11). Any text gives an answer.
 */
export function readCaddyfile(text: string): GatewayConfiguration {
  const hosts: PassedHost[] = [];
  let depth = 0;
  let proxyDepth = -1;
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const words = [...line.replace(/(?:^|\s)#.*$/, "").matchAll(/\S+/g)];
    const name = words[0]?.[0];
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
  return configurationOf(hosts);
}

import { configurationOf, type GatewayConfiguration, type PassedHost, passedHost } from "./passed-host.ts";

/**
 * Reads where a configuration of nginx passes requests to: `proxy_pass` and its like, and `server` in an `upstream` (nginx.org,
 * ngx_http_proxy_module and ngx_http_upstream_module, read 2026-11). Any text gives an answer.
 */
export function readNginx(text: string): GatewayConfiguration {
  const hosts: PassedHost[] = [];
  const groups: string[] = [];
  const blocks: string[] = [];
  let words: Word[] = [];
  let includesMore = false;
  for (const token of tokensOf(text)) {
    if (token.kind === "word") {
      words.push(token);
      continue;
    }
    const [name, first] = words;
    if (token.kind === "open") {
      blocks.push(name?.text ?? "");
      if (name?.text === "upstream" && first) groups.push(first.text);
    } else if (token.kind === "close") {
      blocks.pop();
    } else if (name && first) {
      if (name.text === "include" && !USUAL_INCLUDE.test(first.text)) includesMore = true;
      const isServer = name.text === "server" && blocks.at(-1) === "upstream";
      const passes = isServer || PASS.test(name.text) ? passedHost(first.text, first.start) : undefined;
      if (passes) hosts.push(isServer ? { ...passes, isServer } : passes);
    }
    words = [];
  }
  return configurationOf(hosts, groups, includesMore);
}

/** What the configuration of the official image takes in, and parameters, which hold no `upstream`. */
const USUAL_INCLUDE = /^(?:\/etc\/nginx\/)?(?:mime\.types|\w+_params|fastcgi\.conf|conf\.d\/\*\.conf)$/;

const PASS = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;

interface Word {
  readonly kind: "word";
  readonly text: string;
  readonly start: number;
}

type Token = Word | { readonly kind: "open" | "close" | "end" };

/** Words, quoted or not, and the signs that end a directive; comments are left out. */
const TOKEN =
  /#[^\n]*|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|[;{}]|(?:\$\{[^}]*\}|[^\s;{}"'#]|(?<=\S)#)+/g;

function* tokensOf(text: string): Generator<Token> {
  for (const { 0: raw, 1: double, 2: single, index } of text.matchAll(TOKEN)) {
    if (raw.startsWith("#")) continue;
    const quoted = double ?? single;
    if (quoted !== undefined) yield { kind: "word", text: quoted, start: index + 1 };
    else if (raw === ";") yield { kind: "end" };
    else if (raw === "{") yield { kind: "open" };
    else if (raw === "}") yield { kind: "close" };
    else yield { kind: "word", text: raw, start: index };
  }
}

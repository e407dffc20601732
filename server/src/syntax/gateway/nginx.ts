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
  /** What variables hold that begin with a scheme: `set $api http://api:8080;`. */
  const sets = new Map<string, Word | undefined>();
  const passedTo = new Set<string>();
  let includesMore = false;
  const listens: (number | undefined)[] = [];
  /** Does the server that is read say where it listens, be it a socket? */
  let isSaid = false;
  for (const token of tokensOf(text)) {
    if (token.kind === "word") {
      words.push(token);
      continue;
    }
    const [name, first] = words;
    if (token.kind === "open") {
      if (name?.text === "server") isSaid = false;
      blocks.push(name?.text ?? "");
      if (name?.text === "upstream" && first) groups.push(first.text);
    } else if (token.kind === "close") {
      if (blocks.pop() === "server" && !isSaid) listens.push(DEFAULT_PORT);
    } else if (name && first) {
      if (name.text === "listen" && blocks.at(-1) === "server") {
        isSaid = true;
        if (!first.text.startsWith("unix:")) listens.push(listenPort(first.text));
      }
      if (name.text === "include" && !USUAL_INCLUDE.test(first.text)) includesMore = true;
      const [, , value] = words;
      // Of a variable that is set twice it is not known which one counts.
      if (name.text === "set" && value) sets.set(first.text, sets.has(first.text) ? undefined : value);
      if (PASS.test(name.text)) passedTo.add(/^\$\w+/.exec(first.text)?.[0] ?? "");
      const isServer = name.text === "server" && blocks.at(-1) === "upstream";
      const passes = isServer || PASS.test(name.text) ? passedHost(first.text, first.start) : undefined;
      if (passes) hosts.push(isServer ? { ...passes, isServer } : passes);
    }
    words = [];
  }
  for (const [variable, value] of sets) {
    const isPassed = passedTo.has(variable);
    const passes =
      value && isPassed && /^[a-z]+:\/\//.test(value.text) ? passedHost(value.text, value.start) : undefined;
    if (passes) hosts.push(passes);
  }
  const ports = listens.flatMap((it) => it ?? []);
  return configurationOf(hosts, groups, includesMore, ports.length === listens.length ? ports : undefined);
}

/** A block of a configuration of nginx that stands in no other one. */
export interface NginxBlock {
  /** `events`, `http`, `server` … */
  readonly name: string;
  /** Where the name begins. */
  readonly start: number;
}

/** Those, in order; undefined where brackets do not close, or `include` may bring more. */
export function outerNginxBlocks(text: string): readonly NginxBlock[] | undefined {
  const found: NginxBlock[] = [];
  let words: Word[] = [];
  let depth = 0;
  for (const token of tokensOf(text)) {
    if (token.kind === "word") {
      words.push(token);
      continue;
    }
    const [first] = words;
    if (token.kind === "open" && depth++ === 0 && first) found.push({ name: first.text, start: first.start });
    else if (token.kind === "close" && --depth < 0) return undefined;
    else if (token.kind === "end" && depth === 0 && first?.text === "include") return undefined;
    words = [];
  }
  return depth === 0 ? found : undefined;
}

/** Of a server that says none, when root starts it (nginx.org, ngx_http_core_module, "listen"). */
const DEFAULT_PORT = 80;

/** `8080`, `127.0.0.1:8000`, `[::]:80`, `localhost`; undefined where a variable is part of it. */
function listenPort(address: string): number | undefined {
  if (/[$%{]/.test(address)) return undefined;
  const port = /(?:^|:)(\d+)$/.exec(address)?.[1];
  return port === undefined ? DEFAULT_PORT : Number(port);
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

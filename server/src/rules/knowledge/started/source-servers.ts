import type { Language } from "../../../syntax/program/program.ts";

/**
 * A call that makes a program listen. Read 2026-11-27 in the packages of Debian 13 (Flask, Quart, uvicorn, Flask-SocketIO, aiohttp,
 * waitress, Bottle, Sinatra, Gin, Echo) and of npm (Fastify 5.12, hapi 21.4, @hono/node-server 2.1); Sanic, Dash, Gradio, Bun, Deno,
 * Fiber and the libraries of Rust by their own documentation (2026-11).
 */
export interface SourceServer {
  readonly language: Language;
  /** Global; ends before the bracket. The first group is the object that it is called on, where that must be known. */
  readonly call?: RegExp;
  /** What makes it listen when the script ends, and no call at all. */
  readonly loaded?: RegExp;
  /** What must be in one of the program's files for the call to be this one. */
  readonly where?: RegExp;
  /** What the object was made by, e.g. `Flask`. */
  readonly madeBy?: RegExp;
  /** Argument, by place and by name, that holds the host; or `host:port` where `address` says so. */
  readonly host?: Place;
  readonly port?: Place;
  /** A pair of both. */
  readonly pair?: Place;
  /** `host:port` in one. */
  readonly address?: Place;
  /** An object at this place has the named ones. */
  readonly options?: number;
  /** Undefined: where it listens without being told is not known. */
  readonly defaultHost?: "loopback" | "all";
  readonly defaultPort?: number;
  /** What in the arguments makes it listen elsewhere, or may. */
  readonly unless?: RegExp;
  /** The same anywhere in the program's files. */
  readonly unlessIn?: RegExp;
  /** The same for a file with these names where the program starts. */
  readonly files?: readonly string[];
  /** Variables that may say it. */
  readonly variables?: readonly string[];
}

export interface Place {
  readonly at?: number;
  readonly name?: string;
}

const HOST = { name: "host" };
const PORT = { name: "port" };

export const sourceServers: readonly SourceServer[] = [
  {
    language: "python",
    call: /\b(\w+)\.run(?=\s*\()/g,
    madeBy: /(?:flask\.)?Flask\(|(?:quart\.)?Quart\(/,
    ...{ host: { ...HOST, at: 0 }, port: { ...PORT, at: 1 }, defaultHost: "loopback", defaultPort: 5000 },
    ...{ unless: /\*\*/, unlessIn: /SERVER_NAME|\bconfig\.from_/ },
  },
  {
    language: "python",
    call: /\b(\w+)\.run(?=\s*\()/g,
    madeBy: /(?:sanic\.)?Sanic\(/,
    ...{ host: { ...HOST, at: 0 }, port: { ...PORT, at: 1 }, defaultHost: "loopback", defaultPort: 8000 },
    unless: /\*\*|\bunix\s*=|\bsock\s*=|\bdev\s*=/,
  },
  {
    language: "python",
    call: /\b(\w+)\.run(?:_server)?(?=\s*\()/g,
    madeBy: /(?:dash\.)?Dash\(/,
    ...{ host: HOST, port: PORT, defaultHost: "loopback", defaultPort: 8050 },
    ...{ unless: /\*\*/, variables: ["HOST", "PORT"] },
  },
  {
    language: "python",
    call: /\b(\w+)\.launch(?=\s*\()/g,
    madeBy: /\b(?:gr|gradio)\.(?:Interface|Blocks|ChatInterface|TabbedInterface)\(/,
    ...{
      host: { name: "server_name" },
      port: { name: "server_port" },
      defaultHost: "loopback",
      defaultPort: 7860,
    },
    ...{ unless: /\*\*|\bshare\s*=/, variables: ["GRADIO_SERVER_NAME", "GRADIO_SERVER_PORT"] },
  },
  {
    language: "python",
    call: /\buvicorn\.run(?=\s*\()/g,
    ...{ host: HOST, port: PORT, defaultHost: "loopback", defaultPort: 8000 },
    unless: /\*\*|\b(?:uds|fd)\s*=/,
  },
  {
    language: "python",
    call: /\b(?:socketio|sio)\.run(?=\s*\()/g,
    where: /\bflask_socketio\b/,
    ...{ host: { ...HOST, at: 1 }, port: { ...PORT, at: 2 }, defaultHost: "loopback", defaultPort: 5000 },
    ...{ unless: /\*\*/, unlessIn: /SERVER_NAME|\bconfig\.from_/ },
  },
  {
    language: "python",
    call: /\bweb\.run_app(?=\s*\()/g,
    where: /\baiohttp\b/,
    ...{ host: HOST, port: PORT, defaultHost: "all", defaultPort: 8080 },
    // With TLS the port is another one.
    unless: /\*\*|\b(?:path|sock|ssl_context)\s*=/,
  },
  {
    language: "python",
    call: /(?:\bwaitress\.|(?<![.\w]))serve(?=\s*\()/g,
    where: /\bwaitress\b/,
    ...{ host: HOST, port: PORT, defaultHost: "all", defaultPort: 8080 },
    unless: /\*\*|\b(?:listen|unix_socket|sockets)\s*=/,
  },
  {
    language: "python",
    call: /\b(?:Threading)?(?:HTTPServer|TCPServer|WSGIServer)(?=\s*\()/g,
    where: /\b(?:http\.server|socketserver|gevent\.pywsgi)\b/,
    ...{ pair: { at: 0 }, unless: /\*\*/ },
  },
  {
    language: "python",
    call: /\bmake_server(?=\s*\()/g,
    where: /\bwsgiref\b/,
    ...{ host: { ...HOST, at: 0 }, port: { ...PORT, at: 1 }, unless: /\*\*/ },
  },
  {
    language: "python",
    call: /(?:\bbottle\.|(?<![.\w])|\bapp\.)run(?=\s*\()/g,
    where: /\b(?:from|import)\s+bottle\b/,
    ...{ host: HOST, port: PORT, defaultHost: "loopback", defaultPort: 8080, unless: /\*\*/ },
  },
  {
    language: "javascript",
    call: /\b(\w+)\.listen(?=\s*\()/g,
    madeBy: /\b[fF]astify(?:\.default)?\(|require\(\s*["']fastify["']\s*\)\(/,
    ...{ host: { ...HOST, at: 1 }, port: { ...PORT, at: 0 }, options: 0, defaultHost: "loopback" },
  },
  {
    language: "javascript",
    call: /(?:\b\w+|\))\.listen(?=\s*\()/g,
    ...{ host: { ...HOST, at: 1 }, port: { ...PORT, at: 0 }, options: 0, defaultHost: "all" },
  },
  {
    language: "javascript",
    call: /\bBun\.serve(?=\s*\()/g,
    ...{ host: { name: "hostname" }, port: PORT, options: 0, defaultHost: "all", defaultPort: 3000 },
    variables: ["PORT", "BUN_PORT", "NODE_PORT"],
  },
  {
    language: "javascript",
    call: /\bDeno\.serve(?=\s*\()/g,
    ...{ host: { name: "hostname" }, port: PORT, options: 0 },
  },
  {
    language: "javascript",
    call: /(?<![.\w])serve(?=\s*\(\s*\{)/g,
    where: /["']@hono\/node-server["']/,
    ...{ host: { name: "hostname" }, port: PORT, options: 0, defaultHost: "all", defaultPort: 3000 },
  },
  {
    language: "javascript",
    call: /\b[hH]api\.[sS]erver(?=\s*\()/g,
    ...{ host: HOST, port: PORT, options: 0, defaultHost: "all", unless: /\baddress\s*:/ },
  },
  {
    language: "ruby",
    loaded: /^[ \t]*require[ \t(]*["']sinatra["']/m,
    ...{ defaultHost: "loopback", defaultPort: 4567, variables: ["APP_ENV", "RACK_ENV", "PORT"] },
    unlessIn: /\bbind\b|:environment\b|\brun!|:run\b|:port\b/,
  },
  {
    language: "go",
    call: /\b(?:http|fasthttp)\.ListenAndServe(?:TLS)?(?=\s*\()/g,
    address: { at: 0 },
  },
  { language: "go", call: /\bnet\.Listen(?=\s*\(\s*"tcp)/g, address: { at: 1 } },
  { language: "go", call: /\bhttp\.Server(?=\s*\{)/g, address: { name: "Addr" } },
  {
    language: "go",
    call: /\b(?:r|router|engine|g|app|server|s|e)\.Run(?=\s*\(\s*["\w])/g,
    where: /"github\.com\/gin-gonic\/gin"/,
    address: { at: 0 },
  },
  {
    language: "go",
    call: /\b\w+\.Start(?=\s*\(\s*["\w])/g,
    where: /"github\.com\/labstack\/echo\//,
    address: { at: 0 },
  },
  {
    language: "go",
    call: /\b\w+\.Listen(?=\s*\(\s*["\w])/g,
    where: /"github\.com\/gofiber\/fiber\//,
    address: { at: 0 },
  },
  { language: "rust", call: /\b(?:TcpListener|Server)::bind(?=\s*\()/g, address: { at: 0 } },
  { language: "rust", call: /\.bind(?=\s*\()/g, where: /\bactix_web\b/, address: { at: 0 } },
  { language: "rust", call: /\.run(?=\s*\(\s*\()/g, where: /\bwarp::/, address: { at: 0 } },
  {
    language: "rust",
    call: /\brocket::build(?=\s*\()/g,
    ...{
      defaultHost: "loopback",
      defaultPort: 8000,
      variables: ["ROCKET_ADDRESS", "ROCKET_PORT", "ROCKET_CONFIG"],
    },
    ...{ unlessIn: /\bfigment\b|\bFigment\b|\bConfig\b/, files: ["Rocket.toml"] },
  },
];

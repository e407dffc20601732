import { expressionOf, listAt, literalValue, type ProgramArgument } from "../../../syntax/program/calls.ts";
import { readProgram } from "../../../syntax/program/program.ts";
import { valueIn } from "../../../text/value-in.ts";

/** What a file of a project says of where a server listens. */
export interface ToldInFile {
  /** Undefined where it says nothing of it. */
  readonly host: string | undefined;
  readonly port: string | undefined;
}

/** Reads it; undefined where the file says it in a way that is not understood. */
export type ServerFile = (text: string) => ToldInFile | undefined;

const NOTHING: ToldInFile = { host: undefined, port: undefined };

/** A part of a configuration in JavaScript, e.g. `server: { host: "localhost", port: 3000 }`. */
export function scriptPart(name: string): ServerFile {
  return (text) => {
    const program = readProgram(text, "javascript");
    const parts = [...program.bare.matchAll(new RegExp(`\\b${name}\\b\\s*:?\\s*`, "g"))];
    const [only] = parts;
    // What is put together from several, or of another file, may say anything.
    if (/\b(?:mergeConfig|loadConfigFromFile|merge|extends|extend)\b/.test(program.bare)) return undefined;
    if (!only) return NOTHING;
    const open = only.index + only[0].length;
    const entries =
      only[0].includes(":") && program.bare.charAt(open) === "{" ? listAt(program, open) : undefined;
    if (parts.length > 1 || !entries || entries.some((it) => it.text.startsWith("..."))) return undefined;
    const find = (key: string): ProgramArgument | undefined =>
      entries.find((it) => it.name === key || (it.name === undefined && it.text === key));
    const [host, port] = [find("host"), find("port")];
    const said = host && (valueIn(HOSTS, host.text) ?? literalValue(program, host.text));
    if (host && said === undefined) return undefined;
    return { host: said, port: port && (literalValue(program, port.text) ?? "unknown") };
  };
}

/** `preview` of Vite, whose host is the server's where it says none. */
export const vitePreview: ServerFile = (text) => {
  const [own, server] = [scriptPart("preview")(text), scriptPart("server")(text)];
  return own && server && { host: own.host ?? server.host, port: own.port };
};

/** `host: true` is every interface, and `false` what it is anyway. */
const HOSTS: Readonly<Record<string, string>> = { true: "0.0.0.0", false: "localhost" };

/** `bind = "127.0.0.1:8000"` of gunicorn. */
export const gunicornFile: ServerFile = (text) => {
  const program = readProgram(text, "python");
  if (!/\bbind\b/.test(program.bare)) return NOTHING;
  const bind = /^bind[ \t]*=/m.test(program.bare) ? expressionOf(program, "bind") : undefined;
  return bind === undefined ? undefined : addressIn(literalValue(program, bind));
};

/** `bind "tcp://127.0.0.1:9292"` and `port 3000` of Puma. */
export const pumaFile: ServerFile = (text) => {
  const { code } = readProgram(text, "ruby");
  const binds = [...code.matchAll(/^[ \t]*(?:bind|port|ssl_bind|activate_control_app)\b[ \t(]*(.*)$/gm)];
  const [only] = binds;
  if (!only) return NOTHING;
  const [, uri] = /^["']tcp:\/\/([^"'#]+)["']\)?[ \t]*$/.exec(only[1] ?? "") ?? [];
  return binds.length > 1 || uri === undefined ? undefined : addressIn(uri);
};

/** `dev_addr: 127.0.0.1:8000` of MkDocs. */
export const mkdocsFile: ServerFile = (text) => {
  if (/^INHERIT\s*:/m.test(text)) return undefined;
  const line = /^dev_addr[ \t]*:(.*)$/m
    .exec(text)?.[1]
    ?.replace(/\s#.*$/, "")
    .trim();
  return line === undefined ? NOTHING : addressIn(line.replace(/^(["'])(.*)\1$/, "$2"));
};

function addressIn(text: string | undefined): ToldInFile | undefined {
  const [, host, port] = /^([\w.[\]:-]*):(\d+)$/.exec(text ?? "") ?? [];
  return host === undefined ? undefined : { host: host === "" ? "0.0.0.0" : host, port };
}

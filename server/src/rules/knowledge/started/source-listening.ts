import { joinPath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import {
  callsOf,
  entriesOf,
  expressionOf,
  isMade,
  literalValue,
  type ProgramArgument,
  type ProgramCall,
} from "../../../syntax/program/calls.ts";
import type { Program } from "../../../syntax/program/program.ts";
import { kindOf, type Listening } from "./listening.ts";
import { type Place, type SourceServer, sourceServers } from "./source-servers.ts";
import { type StartedSource, startedSource } from "./started-source.ts";

/** Where a call in the sources of what is started has it listen. */
export interface SourceListening extends Pick<Listening, "host" | "isTold" | "port"> {
  /** As a reader finds it: `app.run in src/main.py`. */
  readonly name: string;
}

export interface SourceListeners {
  /** In order of the files; only calls that are certainly made. */
  readonly listeners: readonly SourceListening[];
  /** The one of them that is the only call in everything that the program is made of. */
  readonly only: SourceListening | undefined;
  /** Does one of the files hold this number? */
  readonly holdsNumber: (port: number) => boolean;
}

/** Undefined where the sources of what a stage starts cannot be read. */
export const sourceListeners = notedOnStage((stage): SourceListeners | undefined => {
  const started = startedSource(stage);
  if (!started) return undefined;
  const files = [started.main, ...started.others];
  const found = files.flatMap(({ path, program }) => listenersIn(path, program, started, stage));
  const listeners = found.filter((it) => it !== "perhaps");
  return {
    listeners,
    only: started.complete && found.length === 1 ? listeners[0] : undefined,
    holdsNumber: (port) => files.some((it) => new RegExp(`\\b${port}\\b`).test(it.program.code)),
  };
});

function listenersIn(
  path: string,
  program: Program,
  started: StartedSource,
  stage: Stage,
): readonly (SourceListening | "perhaps")[] {
  const programs = [started.main, ...started.others].map((it) => it.program);
  const found: (SourceListening | "perhaps")[] = [];
  const taken = new Set<number>();
  for (const server of sourceServers) {
    if (server.language !== program.language) continue;
    if (server.where && !programs.some((it) => server.where?.test(it.code))) continue;
    if (server.loaded?.test(program.code)) {
      const isOpen = !started.isBare || server.unlessIn?.test(program.code) || mayBeTold(server, stage);
      const { defaultHost: host, defaultPort: port } = server;
      found.push(isOpen || !host ? "perhaps" : { host, port, isTold: false, name: `sinatra in ${path}` });
    }
    for (const call of server.call ? callsOf(program, server.call) : []) {
      const own = /^\w+/.exec(call.name)?.[0] ?? "";
      if (taken.has(call.start) || (server.madeBy && !isMadeBy(own, server.madeBy, program, programs)))
        continue;
      taken.add(call.start);
      const listening = isMade(call, programs) && listeningAt(call, server, { started, programs, stage });
      found.push(
        listening ? { ...listening, name: `${call.name.replace(/^[).]+/, "")} in ${path}` } : "perhaps",
      );
    }
  }
  return found;
}

/** Is a variable made by a call like `Flask(…)`: in this file, in the one that it is imported from, or in a function that makes it? */
function isMadeBy(name: string, maker: RegExp, program: Program, all: readonly Program[]): boolean {
  const made = madeFrom(name, program);
  if (made !== undefined) {
    const factory = /^(\w+)\(/.exec(made)?.[1];
    const isFactory = (it: Program) =>
      new RegExp(`\\bdef\\s+${factory}\\b`).test(it.bare) && new RegExp(maker).test(it.code);
    return startsWith(maker, made) || (factory !== undefined && all.some(isFactory));
  }
  if (!new RegExp(`\\bimport\\b[^\\n]*\\b${name}\\b`).test(program.bare)) return false;
  return all.some((it) => it !== program && startsWith(maker, madeFrom(name, it) ?? ""));
}

function startsWith(maker: RegExp, text: string): boolean {
  return maker.exec(text)?.index === 0;
}

function madeFrom(name: string, { bare, code }: Program): string | undefined {
  const at = new RegExp(
    `(?<![.\\w])${name}[ \\t]*(?::[ \\t]*[\\w.]+)?[ \\t]*=[ \\t]*(?:await\\s+)?(?![=>])`,
  ).exec(bare);
  return at ? code.slice(at.index + at[0].length, at.index + at[0].length + 80) : undefined;
}

interface Surroundings {
  readonly started: StartedSource;
  readonly programs: readonly Program[];
  readonly stage: Stage;
}

type Told = Pick<SourceListening, "host" | "isTold" | "port">;

function listeningAt(call: ProgramCall, server: SourceServer, around: Surroundings): Told | undefined {
  const { program } = call;
  const whole = call.arguments.map((it) => `${it.name ?? ""}=${it.text}`).join(",");
  if (server.unless?.test(whole)) return undefined;
  if (server.unlessIn && around.programs.some((it) => server.unlessIn?.test(it.code))) return undefined;
  const object = server.options === undefined ? undefined : call.arguments[server.options];
  const isObject = object?.text.startsWith("{") === true;
  const parts = object && isObject ? entriesOf(program, object) : call.arguments;
  if (!parts || parts.some((it) => it.text.startsWith("..."))) return undefined;
  if (server.address) return addressOf(partAt(server.address, parts), program, around);
  if (server.pair) return pairOf(partAt(server.pair, parts), program);
  const isPlain = (it: Place | undefined) =>
    it && isObject ? { ...(it.name !== undefined && { name: it.name }) } : it;
  const host = partAt(isPlain(server.host), parts);
  const port = partAt(isPlain(server.port), parts);
  const value = host && !isFunction(host.text) ? literalValue(program, host.text) : undefined;
  const isNone = host === undefined || isFunction(host.text) || /^(?:None|null|undefined)$/.test(host.text);
  const given = port === undefined ? server.defaultPort : numberOf(literalValue(program, port.text));
  if (!isNone) return value === undefined ? undefined : { host: kindOf(value), isTold: true, port: given };
  // One argument that is no port may be an object with a host.
  const isOpen = !isObject && object !== undefined && given === undefined && !/\benv\b|\d/.test(object.text);
  if (server.defaultHost === undefined || isOpen || mayBeTold(server, around.stage)) return undefined;
  if (object === undefined && server.options !== undefined && server.defaultPort === undefined)
    return undefined;
  return { host: server.defaultHost, isTold: false, port: given };
}

function partAt(place: Place | undefined, parts: readonly ProgramArgument[]): ProgramArgument | undefined {
  if (!place) return undefined;
  const named = parts.find((it) => place.name !== undefined && it.name === place.name);
  const there = place.at === undefined ? undefined : parts[place.at];
  return named ?? (there?.name === undefined ? there : undefined);
}

function isFunction(text: string): boolean {
  return /^(?:async\b|function\b|\([^()]*\)\s*(?::\s*[\w<>]+\s*)?=>|\w+\s*=>)/.test(text);
}

/** Variables and files that go before the default. */
function mayBeTold({ variables = [], files = [] }: SourceServer, { result }: Stage): boolean {
  const { workdir } = result;
  return (
    variables.some((it) => result.isSet(it).is !== "no") ||
    files.some((it) => !workdir.known || result.hasPath(joinPath(workdir.value, it)).is !== "no")
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** `"localhost:8080"`, `("127.0.0.1", 8080)`, `([127, 0, 0, 1], 3000)`, `fmt.Sprintf("localhost:%d", port)`, a flag's default. */
function addressOf(
  part: ProgramArgument | undefined,
  program: Program,
  { started, programs }: Surroundings,
): Told | undefined {
  if (!part) return undefined;
  const plain = part.text.replace(/^&/, "");
  const flag = /^\*(\w+)$/.exec(plain)?.[1];
  // A flag that is not given has its default.
  const isFlag = flag !== undefined && started.isBare;
  const named = isFlag
    ? expressionOf(program, flag)
    : (expressionOf(program, plain) ?? constantOf(plain, programs));
  const text = isFlag ? FLAG_DEFAULT.exec(named ?? "")?.[1] : (named ?? plain);
  if (text === undefined || (flag !== undefined && !isFlag)) return undefined;
  const [, whole] = /^(?:"([^"\\]*)"|`([^`]*)`)(?:\.to_string\(\)|\.parse\b[^,;]*)?$/.exec(text) ?? [];
  if (whole !== undefined) {
    const [, host, port] = /^(.*):(\d+)$/.exec(whole) ?? [];
    return host === undefined ? undefined : told(host === "" ? "0.0.0.0" : host, numberOf(port));
  }
  const [, begun] =
    /^(?:fmt\.Sprintf\(|net\.JoinHostPort\(|format!\(|\(|)\s*"((?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)?)(?::[^"]*)?"\s*[,+]/.exec(
      text,
    ) ?? [];
  const [, pairPort] = /^\(\s*"[^"]*"\s*,\s*(\d+)\s*\)$/.exec(text) ?? [];
  if (begun !== undefined && begun !== "") return told(begun, numberOf(pairPort));
  const [, octets, port] =
    /^(?:SocketAddr::from\(\s*)?\(\s*\[([\d,\s]+)\]\s*,\s*(\d+)\s*\)\s*\)?$/.exec(text) ?? [];
  return octets === undefined
    ? undefined
    : told(octets.replace(/\s/g, "").replaceAll(",", "."), numberOf(port));
}

const FLAG_DEFAULT = /^flag\.String\(\s*"[^"]*"\s*,\s*("[^"]*")/;

function constantOf(name: string, programs: readonly Program[]): string | undefined {
  const plain = /^(?:\w+\.)?([A-Z]\w*)$/.exec(name)?.[1] ?? (/^[a-z]\w*$/.test(name) ? name : undefined);
  if (plain === undefined) return undefined;
  const found = programs.flatMap((it) => expressionOf(it, plain) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** `("localhost", 8000)`, or a name for it. */
function pairOf(part: ProgramArgument | undefined, program: Program): Told | undefined {
  const text = part && (expressionOf(program, part.text) ?? part.text);
  const [, host, port] = /^\(\s*([^,()]*),\s*([^,()]*?)\s*\)$/.exec(text ?? "") ?? [];
  const value = host === undefined ? undefined : literalValue(program, host.trim());
  return value === undefined
    ? undefined
    : told(value === "" ? "0.0.0.0" : value, numberOf(literalValue(program, port ?? "")));
}

function told(host: string, port: number | undefined): Told {
  return { host: kindOf(host), isTold: true, port };
}

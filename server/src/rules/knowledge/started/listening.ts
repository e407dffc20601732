import type { DockerfileModel } from "../../../model/stage/dockerfile-model.ts";
import { isWithin, resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import type { StartedCommand, StartedWord } from "../../../model/stage/started/started-word.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { originOf } from "../files/file-origin.ts";
import type { ToldInFile } from "./server-files.ts";
import { ANY_HOST, type Server, servers } from "./servers.ts";

/** Where a container's server listens. */
export interface Listening {
  /** As the user knows it: `uvicorn`, `flask run`. */
  readonly name: string;
  /** `loopback` and `all` are certain. */
  readonly host: "loopback" | "all" | "other" | "unknown";
  /** Does the command line, or a file of the project, say it? */
  readonly isTold: boolean;
  /** The file that says it. */
  readonly toldIn: string | undefined;
  /** The word where the host stands, or would, for `--host=x` with the option in front; undefined where there is none. */
  readonly hostWord: StartedWord | undefined;
  readonly port: number | undefined;
  readonly portWord: StartedWord | undefined;
  /** The option that makes it listen everywhere, as words to put behind the others. */
  readonly everywhere: readonly string[];
}

/** What may say beside a command line where a server listens. */
export interface ServerSurroundings {
  /** Has the container certainly no variable of this name? */
  readonly isUnset: (name: string) => boolean;
  /** The variable's value, where it is known. */
  readonly variable: (name: string) => string | undefined;
  /** May a file of this name, in the folder where the server starts, say it? */
  readonly mayTell: (file: string) => boolean;
  /** The text that such a file certainly has. */
  readonly textOf: (file: string) => string | undefined;
  /** May the image have a configuration that something speaks of in this way, or its base? */
  readonly mayConfigure: (mention: RegExp) => boolean;
}

/** Those of what a stage starts. */
export function surroundingsOf(stage: Stage): ServerSurroundings {
  const { model, result } = stage;
  return {
    mayConfigure({ source }) {
      const mention = new RegExp(source);
      const { base } = stage.bottom;
      return base.kind !== "image" || !base.facts.known || mention.test(model.file.text);
    },
    textOf(file) {
      const path = resolvePath(result.workdir.known ? result.workdir.value : undefined, file);
      return path === undefined ? undefined : originOf(path, stage)?.text;
    },
    isUnset: (name) => result.isSet(name).is === "no",
    variable(name) {
      const value = result.variable(name);
      return value.known ? value.value : undefined;
    },
    mayTell(file) {
      const { context } = model.inputs;
      if (holdsProgram(stage) && isAbsent(file, result)) return false;
      const kind = takesRoot(model) ? (context?.exists(file) ?? "unknown") : "unknown";
      if (kind === "unknown") return !isHidden(file);
      const says = file.endsWith(".json") ? SAYS_IN_JSON : /host|\bport|server|bind|addr/i;
      return kind !== "absent" && says.test(context?.read(file) ?? '"host":');
    },
  };
}

function isAbsent(file: string, state: StageState): boolean {
  const path = resolvePath(state.workdir.known ? state.workdir.value : undefined, file);
  return path !== undefined && state.hasPath(path).is === "no";
}

/** Is the program copied to where it starts? Where nothing is, all of it is mounted, and a configuration with it. */
const holdsProgram = notedOnStage(({ result: { workdir, files } }): boolean => {
  const folder = workdir.known ? workdir.value : undefined;
  return (
    folder !== undefined && files.some((it) => it.writtenBy.name === "COPY" && isWithin(it.path, folder))
  );
});

/** As a key: of angular.json each has a `dev-server` in it. */
const SAYS_IN_JSON = /"(?:host|port|address|bind|listen\w*)"\s*:/i;

/** Few projects have the hidden ones, most have the others. */
export function isHidden(file: string): boolean {
  return file.startsWith(".");
}

/** What the program that a container starts listens on; undefined for programs that are not known. */
export function listeningOf(
  started: Pick<StartedCommand, "program" | "words" | "assignments">,
  around: ServerSurroundings,
): Listening | undefined {
  const { program, words } = started;
  const texts = words.map((it) => it.text);
  const server = servers.find(
    (it) =>
      it.programs.includes(program.text) &&
      !isProjectsOwn(program) &&
      (it.verbs ?? []).every((verb) => verb.some((one) => texts.includes(one))) &&
      !(it.unless ?? []).some((one) => texts.some((text) => text === one || text?.startsWith(`${one}=`))),
  );
  if (!server || texts.includes("--help")) return undefined;

  const bind = addressOf(server, words);
  const host = optionOf(server.host, words);
  const port = optionOf(server.port, words);
  const file = toldInFile(server, words, around);
  const open = file === "unknown" || isOpen(server, started, around);
  const isInFile = !open && file?.host !== undefined;
  const portText = port ? port.value : bind?.port;
  const isPortSaid = port !== undefined || bind?.port !== undefined;
  const told = host ?? (bind?.isPort ? undefined : bind);
  return {
    name: nameOf(server, program.text, texts),
    host: told
      ? kindOf(told.value)
      : open
        ? "unknown"
        : isInFile
          ? kindOf(file.host)
          : defaultHost(server, around),
    isTold: told !== undefined || isInFile,
    toldIn: told === undefined && isInFile ? file.file : undefined,
    hostWord: told?.word ?? (server.host ? undefined : bind?.word),
    port: isPortSaid
      ? numberOf(portText)
      : open
        ? undefined
        : file?.port !== undefined
          ? numberOf(file.port)
          : defaultPort(server, started, around),
    portWord: port?.word ?? bind?.word,
    everywhere: wordsEverywhere(server, bind?.port ?? (isInFile ? file.port : undefined)),
  };
}

/** `/app/serve`: what stands in no folder of programs is the project's own, however it is called. Scripts have their ending. */
function isProjectsOwn({ text, folder = "" }: StartedCommand["program"]): boolean {
  return folder !== "" && !/(?:^|\/)\.?s?bin\/$/.test(folder) && !text.includes(".");
}

interface Option {
  readonly value: string | undefined;
  readonly word: StartedWord;
}

/** `--host x`, `--host=x`, `-p80`; a bare `--host` has no value. The last one counts. */
function optionOf(names: readonly string[] | undefined, words: readonly StartedWord[]): Option | undefined {
  let found: Option | undefined;
  for (const [at, word] of words.entries()) {
    const { text } = word;
    const name = names?.find(
      (it) => text === it || text?.startsWith(`${it}=`) || (it.length === 2 && text?.startsWith(it)),
    );
    if (name === undefined || text === undefined) continue;
    const next = words[at + 1];
    if (text !== name) found = { value: text.slice(name.length).replace(/^=/, ""), word };
    // What a variable stands for is not known.
    else if (next && (next.text === undefined || !next.text.startsWith("-")))
      found = { value: next.text, word: next };
    else found = { value: ANY_HOST, word };
  }
  return found;
}

interface Address extends Option {
  readonly port: string | undefined;
  /** Is it a port alone? */
  readonly isPort: boolean;
}

function addressOf(server: Server, words: readonly StartedWord[]): Address | undefined {
  const option = optionOf(server.bind, words);
  // Each of several is an address of its own.
  const several = words.filter((it) =>
    server.bind?.some((name) => it.text === name || it.text?.startsWith(`${name}=`)),
  );
  if (option && several.length > 1) return { value: undefined, port: "", isPort: false, word: option.word };
  if (option) return { ...splitAddress(option.value), isPort: false, word: option.word };
  const last = server.operand ? words.at(-1) : undefined;
  if (last?.text === undefined || !/^[\w.[\]:]*\d$/.test(last.text)) return undefined;
  const isPort = /^\d+$/.test(last.text);
  return isPort
    ? { value: undefined, port: last.text, isPort, word: last }
    : { ...splitAddress(last.text), isPort, word: last };
}

function splitAddress(text: string | undefined): Pick<Address, "value" | "port"> {
  const [address, host, port] = /^(.*?)(?::(\d+))?$/.exec(text?.replace(/^tcp:\/\//, "") ?? "unix:") ?? [];
  if (address === undefined || /^(unix|fd):/.test(address)) return { value: undefined, port: undefined };
  return { value: host === "" ? ANY_HOST : host, port };
}

/** What a host is that a server is told to listen on. */
export function kindOf(host: string | undefined): Listening["host"] {
  if (host === undefined) return "unknown";
  if (/^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host)) return "loopback";
  return /^(0|0\.0\.0\.0|\[?::\]?|\*|true)$/.test(host) ? "all" : "other";
}

function numberOf(port: string | undefined): number | undefined {
  return port !== undefined && /^\d+$/.test(port) ? Number(port) : undefined;
}

/** May a variable say where it listens? */
function isOpen(
  { variables = [], configuredBy }: Server,
  { assignments }: Pick<StartedCommand, "assignments">,
  { isUnset, mayConfigure }: ServerSurroundings,
): boolean {
  return (
    variables.some((it) => assignments.has(it) || !isUnset(it)) ||
    (configuredBy !== undefined && mayConfigure(configuredBy))
  );
}

/** What the project's files say of it; undefined where none does. */
function toldInFile(
  { files = [], config, told }: Server,
  words: readonly StartedWord[],
  { mayTell, textOf }: ServerSurroundings,
): (ToldInFile & { readonly file: string }) | "unknown" | undefined {
  const other = optionOf(config, words);
  if (other && other.value === undefined) return "unknown";
  const names = other?.value === undefined ? files : [other.value];
  let found: (ToldInFile & { readonly file: string }) | undefined;
  for (const file of names) {
    const text = told && (other || mayTell(file)) ? textOf(file) : undefined;
    const said = text === undefined ? undefined : told?.(text);
    if (said && !found) found = { ...said, file };
    else if (other || mayTell(file)) return "unknown";
  }
  return found;
}

/** Is the context's root what is copied, so that files of the project are where they are looked for? */
function takesRoot({ stages }: DockerfileModel): boolean {
  return stages.some(({ instructions }) =>
    instructions.some(
      (it) =>
        /^(COPY|ADD)$/.test(it.name) &&
        /^\.?\/?$/.test(it.words[0]?.raw ?? "-") &&
        !it.flags.some((flag) => flag.name === "from"),
    ),
  );
}

function defaultPort(
  { portVariable, defaultPort }: Server,
  { assignments }: Pick<StartedCommand, "assignments">,
  { isUnset, variable }: ServerSurroundings,
): number | undefined {
  if (portVariable === undefined) return defaultPort;
  if (assignments.has(portVariable)) return numberOf(assignments.get(portVariable));
  return isUnset(portVariable) ? defaultPort : numberOf(variable(portVariable));
}

function defaultHost(server: Server, { isUnset }: ServerSurroundings): Listening["host"] {
  const isRails = server.programs.some((it) => it === "rails" || it === "rackup");
  const isDevelopment = isUnset("RAILS_ENV") && isUnset("RACK_ENV");
  return isRails && !isDevelopment ? "unknown" : server.defaultHost;
}

/** With the verbs as they are called, or in full where a letter stands for one. */
function nameOf({ verbs = [] }: Server, program: string, texts: readonly (string | undefined)[]): string {
  const name = program === "http.server" ? "python -m http.server" : program;
  return [
    name,
    ...verbs
      .map((verb) => verb.find((it) => it.length > 1 && texts.includes(it)) ?? verb[0] ?? "")
      .filter((it) => !it.startsWith("-")),
  ].join(" ");
}

function wordsEverywhere(
  { everywhere, bind, operand, defaultPort, host }: Server,
  port: string | undefined,
): readonly string[] {
  const isAddress = bind !== undefined || (operand && !host);
  return (isAddress ? `${everywhere}:${port ?? defaultPort}` : everywhere).split(" ");
}

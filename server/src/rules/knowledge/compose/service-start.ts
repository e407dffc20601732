import type { Service, ServiceCommand } from "../../../model/compose/project.ts";
import { imageOf } from "../../../model/compose/run-image.ts";
import { type PackageJson, packageJson } from "../../../model/stage/package-json.ts";
import { baseName } from "../../../model/stage/paths.ts";
import {
  innerWords,
  packageScript,
  SHELLS,
  type StartedCommand,
  type StartedWord,
  scriptWord,
} from "../../../model/stage/started-command.ts";
import { valueAt } from "../../../syntax/compose/find.ts";
import { HOLE } from "../../../syntax/compose/interpolate.ts";
import type { ShellReader } from "../../../syntax/shell/script.ts";
import { unmapped } from "../../../text/mapped-text.ts";
import { startsWhatItIsGiven } from "../started/given-command.ts";

/**
 * What the container of a service starts in the end, behind what only starts another program; `background` where a shell puts it there.
 * Undefined where that is not certain.
 */
export function startOf(
  service: Service,
  shell: ShellReader | undefined,
): Started | "background" | undefined {
  const words = wordsOf(service);
  const { stage } = service.build ?? {};
  const scripts = (stage && packageJson(stage.model)?.scripts) ?? {};
  return words && startedIn(words, { shell, scripts });
}

interface Around {
  readonly shell: ShellReader | undefined;
  /** Those of the package.json that the image has. */
  readonly scripts: PackageJson["scripts"];
}

/** Entrypoint and command put together as the engine does; undefined where the image has a say in it that is not known. */
function wordsOf(service: Service): readonly StartedWord[] | undefined {
  const { entrypoint, command, complete, node } = service;
  if (!complete || valueAt(node, "provider")) return undefined;
  const isEntrypointRead = entrypoint !== undefined || !valueAt(node, "entrypoint");
  if (!isEntrypointRead || (!entrypoint && !startsWhatItIsGiven(service))) return undefined;
  const parts = [entrypoint, command].filter((it) => it !== undefined);
  if (parts.some((it) => !it.words || it.cutAt !== undefined)) return undefined;
  const words = parts.flatMap((it) => (it.words ?? []).map((word) => startedWord(word, it)));
  const server =
    !entrypoint && command && words[0]?.text?.startsWith("-") ? serverOfImage(service) : undefined;
  return server && command ? [startedWord(server, command), ...words] : words;
}

/** The program that the entrypoint of a server's official image puts in front of options (docker-library, `docker-entrypoint.sh`, 2026-11, as generally known). */
function serverOfImage(service: Service): string | undefined {
  const name = imageOf(service)?.name;
  return SERVERS.find(([image]) => image.test(name ?? ""))?.[1];
}

const SERVERS: readonly (readonly [image: RegExp, program: string])[] = [
  [/^(?:postgres|pgvector\/pgvector|postgis\/postgis|timescale\/timescaledb)$/, "postgres"],
  [/^mysql$/, "mysqld"],
  [/^mariadb$/, "mariadbd"],
  [/^redis$/, "redis-server"],
  [/^valkey\/valkey$/, "valkey-server"],
  [/^mongo$/, "mongod"],
  [/^memcached$/, "memcached"],
];

function startedWord(text: string, { span }: ServiceCommand): StartedWord {
  const isKnown = !text.includes(HOLE);
  return { text: isKnown ? text : undefined, span, written: "elsewhere", instruction: undefined };
}

export interface Started extends StartedCommand {
  /** The program is the first word of what is written, so that words behind the last one are its own. */
  readonly isWhole: boolean;
  /** A script in front of it may have set variables. */
  readonly maySetVariables: boolean;
}

function startedIn(
  words: readonly StartedWord[],
  around: Around,
  depth = 0,
): Started | "background" | undefined {
  const [first, ...rest] = words;
  if (first?.text === undefined || depth > DEEPEST) return undefined;
  const name = baseName(first.text);
  const inner = innerWords(name, rest);
  if (inner) return startedIn(inner, around, depth + 1);
  // The words of a system's init scripts: `/etc/init.d/nginx start` is what `service nginx start` calls.
  if (first.text.startsWith("/etc/init.d/"))
    return { ...PLAIN, program: { ...first, text: "service" }, words };
  if (first.text.includes("/") && !/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$/.test(first.text))
    return undefined;
  const ofManager = packageScript(name, rest);
  const text =
    ofManager && Object.hasOwn(around.scripts, ofManager.name) ? around.scripts[ofManager.name] : undefined;
  if (ofManager && text !== undefined) {
    const started = startedInScript(text, first, around, depth + 1);
    if (started === undefined || started === "background") return started;
    return { ...started, words: [...started.words, ...ofManager.words], isWhole: false };
  }
  if (!SHELLS.has(name))
    return { ...PLAIN, program: { ...first, text: name }, words: rest, isWhole: depth === 0 };

  const line = scriptWord(rest);
  return line && startedInScript(line.text, line, around, depth);
}

function startedInScript(
  text: string,
  { span, written, instruction }: StartedWord,
  around: Around,
  depth: number,
): Started | "background" | undefined {
  const script = around.shell?.read(unmapped(text));
  const last = script?.commands.at(-1);
  if (!script?.complete || !last?.name || last.conditional || last.subshell || last.mayFail) return undefined;
  if (last.background) return "background";
  if (script.commands.some((it) => it.background)) return undefined;
  const inScript = [last.name, ...last.arguments].map((it) => ({
    text: it.literal,
    span,
    written,
    instruction,
  }));
  const started = startedIn(inScript, around, depth + 1);
  if (started === undefined || started === "background") return started;
  const assignments = new Map(last.assignments.map((it) => [it.name, it.value ? it.value.literal : ""]));
  const maySet = script.commands.some((it) => SETS.test(it.name?.literal ?? "") || (it !== last && !it.name));
  return { ...started, assignments, isWhole: false, maySetVariables: started.maySetVariables || maySet };
}

const PLAIN = { assignments: new Map<string, string | undefined>(), isWhole: false, maySetVariables: false };

const SETS = /^(?:export|source|\.|eval|set|read|declare)$/;

/** More than this goes round in a circle of shells. */
const DEEPEST = 8;

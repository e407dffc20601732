import { targetFolder } from "../../../model/stage/copy-target.ts";
import { packageJson } from "../../../model/stage/package-json.ts";
import { baseName, below, directoryOf, isWithin, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import type { Stage } from "../../../model/stage/stage.ts";
import { stagesDownFrom } from "../../../model/stage/stage-graph.ts";
import { stageCopiedFrom } from "../../../model/stage/stage-sources.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import type { StartedCommand, StartedWord } from "../../../model/stage/started/started-word.ts";
import type { ProjectBuild } from "../../../model/stage/state.ts";
import { wordValue } from "../../../model/stage/word-value.ts";
import type { Instruction } from "../../../syntax/dockerfile/tree.ts";
import type { Command } from "../../../syntax/shell/script.ts";
import { matchesName } from "../../../text/glob.ts";
import { nearestName } from "../../../text/nearest-name.ts";
import { setsUpSystem, staysOutside } from "../commands/system-setup.ts";
import { originOf } from "../files/file-origin.ts";
import { mayBeInVolume } from "../files/volumes.ts";
import { meantFile, missedBuild } from "./missed-build.ts";

/** A script that a container hands to its interpreter, and that nothing puts into the image. */
export interface MissingScript {
  readonly word: StartedWord;
  readonly path: string;
  /** What is there and was plainly meant, as the command writes it. */
  readonly near: string | undefined;
}

/**
 * `node index.js`, `python main.py`, `java -jar app.jar` …, where every COPY is known to bring something else and no RUN can make
 * it. What is made before the build (`dist/…`) and what lies in an image that is not an official one is left alone.
 */
export function missingScript(stage: Stage): MissingScript | undefined {
  const { word, path } = startedScript(stage) ?? {};
  if (!word?.text || word.written === "elsewhere" || path === undefined || extensionOf(path) === "")
    return undefined;
  const search: Search = { path, extension: extensionOf(path), others: [] };
  for (const it of stagesDownFrom(stage)) if (!lacks(it, search)) return undefined;
  if (!isOfficial(stage)) return undefined;
  const elsewhere = search.others.filter((it) => baseName(it) === baseName(path));
  const beside = search.others.filter(
    (it) => directoryOf(it) === directoryOf(path) && extensionOf(it) === search.extension,
  );
  // Without anything alike the folder that was looked at may be another than that of the build.
  if (elsewhere.length === 0 && beside.length === 0) return undefined;
  return { word, path, near: nearOf(word.text, path, elsewhere, beside) };
}

/** The script that a container hands to its interpreter, and its path; undefined below a VOLUME, and where the path is not known. */
function startedScript(stage: Stage): { readonly word: StartedWord; readonly path: string } | undefined {
  const started = startedCommand(stage);
  const word = started && scriptOf(started);
  // Deno takes URLs and `npm:…` too.
  if (!word?.text || /[$`*?:]/.test(word.text)) return undefined;
  const { workdir } = stage.result;
  const path = resolvePath(workdir.known ? workdir.value : undefined, word.text);
  if (path === undefined || SYSTEM.test(path) || mayBeInVolume(path, stage.result)) return undefined;
  return { word, path };
}

/** A script that a build must have made, by the name of its directory, and that none makes. */
export interface UnmadeScript {
  readonly word: StartedWord;
  readonly path: string;
  readonly build: ProjectBuild;
  /** What the build makes and was plainly meant: where it is made, and as the command writes it. */
  readonly meant: { readonly path: string; readonly text: string } | undefined;
}

/** `node build/index.js`, where the project is built in this stage, or in one that it copies from, and certainly to somewhere else. */
export function unmadeScript(stage: Stage): UnmadeScript | undefined {
  const { word, path } = startedScript(stage) ?? {};
  if (!word || path === undefined || word.text === undefined) return undefined;
  // Node takes a name without its ending too, and a folder.
  const places = /\.\w+$/.test(path)
    ? [path]
    : ["", ".js", ".json", ".node", "/index.js", "/package.json"].map((it) => `${path}${it}`);
  const answers = places.map((it) => stage.result.hasPath(it));
  if (answers.some((it) => it.is === "yes" || (it.is === "unknown" && !it.asContextIs))) return undefined;
  if (word.written === "elsewhere" && !isOfOwnPackage(stage)) return undefined;
  const { builds } = stage.result;
  const copied = copiedBuilds(stage);
  const own = missedBuild(path, builds);
  const isNowhere = answers.every((it) => it.is === "no");
  const others = copied.flatMap((it) => it.builds);
  const build =
    own ??
    (isNowhere ? missedBuild(path, others) : undefined) ??
    copied.map((it) => it.missedIn(path)).find((it) => it !== undefined);
  if (!build) return undefined;
  const file = meantFile(path, own ? builds : others);
  const at = file === undefined || own ? file : copied.flatMap((it) => it.placeOf(file) ?? [])[0];
  const text = at === undefined ? undefined : asWritten(at, path, word.text);
  return {
    word,
    path,
    build,
    meant: file === undefined || text === undefined ? undefined : { path: file, text },
  };
}

/** Another path as a command writes this one; undefined where it says it in another way than from its folder, or in full. */
function asWritten(meant: string, path: string, text: string): string | undefined {
  if (text.startsWith("/")) return meant;
  const plain = text.replace(/^\.\//, "");
  if (!path.endsWith(`/${plain}`)) return undefined;
  const folder = path.slice(0, path.length - plain.length - 1) || "/";
  const isShort = /\.\w+$/.test(text);
  const name = isWithin(meant, folder) ? below(meant, folder) : meant;
  return `${text.startsWith("./") && name !== meant ? "./" : ""}${isShort ? name : name.replace(/\.js$/, "")}`;
}

/** Builds of stages that something is copied from, with where the COPY puts what they make. */
interface CopiedBuilds {
  readonly builds: readonly ProjectBuild[];
  placeOf(file: string): string | undefined;
  /** The build of the project that a path is copied from, where it does not make it. */
  missedIn(path: string): ProjectBuild | undefined;
}

function copiedBuilds(stage: Stage): readonly CopiedBuilds[] {
  return stage.instructions.flatMap((copy) => {
    const other = stageCopiedFrom(copy, stage);
    if (!other) return [];
    const { builds } = other.result;
    const [word, ...more] = copy.words.slice(0, -1);
    const value = word && more.length === 0 ? wordValue(word, copy, stage) : undefined;
    const from = value === undefined || /[*?[]/.test(value) ? undefined : resolvePath("/", value);
    const to = targetFolder(copy, stage);
    if (from === undefined || to === undefined)
      return [{ builds, placeOf: () => undefined, missedIn: () => undefined }];
    const moved = (path: string, source: string, target: string) =>
      path === source || !isWithin(path, source) ? undefined : joinPath(target, below(path, source));
    const missedIn = (path: string) => {
      const inside = moved(path, to, from);
      const build = inside === undefined ? undefined : missedBuild(inside, builds);
      return build && inside !== undefined && isWithin(inside, build.directory) ? build : undefined;
    };
    return [{ builds, placeOf: (file: string) => moved(file, from, to), missedIn }];
  });
}

/** Is the package.json where the container starts the one whose scripts were read? */
function isOfOwnPackage(stage: Stage): boolean {
  const { workdir } = stage.result;
  if (!workdir.known) return false;
  return originOf(joinPath(workdir.value, "package.json"), stage)?.contextPath === "package.json";
}

interface Search {
  readonly path: string;
  readonly extension: string;
  /** Files that are certainly put somewhere. */
  readonly others: string[];
}

const SYSTEM = /^\/(usr\/(?!src\/|app\/)|etc\/|s?bin\/|lib|proc\/|dev\/|sys\/|var\/lib\/)/;

const extensionOf = (path: string) => /\.\w+$/.exec(baseName(path))?.[0] ?? "";

/** The operand that is a script, by its interpreter. */
export function scriptOf({
  program,
  words,
}: Pick<StartedCommand, "program" | "words">): StartedWord | undefined {
  const name = program.text.replace(/[\d.]+$/, "");
  if (name === "java") {
    const at = words.findIndex((it) => it.text === "-jar");
    const jar = at < 0 ? undefined : words[at + 1];
    return jar?.text?.endsWith(".jar") ? jar : undefined;
  }
  const extension = EXTENSIONS.get(name);
  const others = RUNS.get(name)?.test(words[0]?.text ?? "") ? words.slice(1) : words;
  const at = others.findIndex((it) => it.text === undefined || !FLAG.test(it.text));
  const word = others[at];
  return extension && word?.text && extension.test(word.text) ? word : undefined;
}

const EXTENSIONS: ReadonlyMap<string, RegExp> = new Map([
  ["node", /\.[cm]?js$|^[\w./-]*\/[\w-]+$/],
  ["tsx", /\.[cm]?[jt]sx?$/],
  ["ts-node", /\.ts$/],
  ["bun", /\.[cm]?[jt]sx?$/],
  ["deno", /\.m?[jt]sx?$/],
  ["go", /\.go$/],
  ["fastapi", /\.py$/],
  ["streamlit", /\.py$/],
  ["python", /\.py$/],
  ["ruby", /\.rb$/],
  ["php", /\.php$/],
  ["perl", /\.pl$/],
]);

/** The commands behind which these take a file (their manuals, read 2026-11). */
const RUNS: ReadonlyMap<string, RegExp> = new Map([
  ["bun", /^run$/],
  ["deno", /^(?:run|serve)$/],
  ["go", /^run$/],
  ["fastapi", /^(?:run|dev)$/],
  ["streamlit", /^run$/],
]);

/** Options without a word of their own behind them. */
const FLAG =
  /^-([uABOEIsS]+|-(?:allow|no|unstable)-[\w-]+|-[\w-]+=.*|-enable-source-maps|-trace-warnings|-no-warnings|-inspect)$/;

/** Does nothing in this stage put the script where it is looked for? What it does put is added to `others`. */
function lacks(stage: Stage, search: Search): boolean {
  return stage.instructions.every((it) => {
    if (it.name === "RUN") return leavesAlone(it, stage, search);
    return (it.name !== "COPY" && it.name !== "ADD") || copiesOthers(it, stage, search);
  });
}

function copiesOthers(copy: Instruction, stage: Stage, search: Search): boolean {
  const { path } = search;
  const last = copy.words.at(-1);
  const target = last && wordValue(last, copy, stage);
  const { workdir } = stage.before(copy);
  const to =
    target === undefined ? undefined : resolvePath(workdir.known ? workdir.value : undefined, target);
  if (target === undefined || to === undefined || copy.hereDocuments.length > 0) return false;
  const isPlain = copy.flags.every((it) => /^(chown|chmod|link)$/.test(it.name));
  if (!isPlain) return !isWithin(path, to);
  const { context } = stage.model.inputs;
  const isInto = /(^|\/)\.{0,2}$/.test(target) || copy.words.length > 2;
  return copy.words.slice(0, -1).every((word) => {
    const source = wordValue(word, copy, stage);
    if (source === undefined || !context || /:\/\/|^git@/.test(source)) return !isWithin(path, to);
    const clean = resolvePath("/", source)?.slice(1) ?? "";
    if (/[*?[\\]/.test(clean)) return !isWithin(path, to) || !mayMatch(baseName(path), baseName(`/${clean}`));
    const kind = clean === "" ? "directory" : context.exists(clean);
    if (kind === "file") {
      const at = isInto ? joinPath(to, baseName(`/${clean}`)) : to;
      search.others.push(at);
      // Without a slash the target may be a folder that is there.
      return at !== path && (isInto || joinPath(to, baseName(`/${clean}`)) !== path);
    }
    if (kind !== "directory") return !isWithin(path, to);
    for (const name of context.list(clean) ?? []) {
      const at = joinPath(`/${clean}`, name).slice(1);
      if (extensionOf(name) !== "" && context.exists(at) === "file") search.others.push(joinPath(to, name));
      // The same name a folder further down.
      else if (extensionOf(name) === "" && context.exists(joinPath(at, baseName(path)).slice(1)) === "file")
        search.others.push(joinPath(joinPath(to, name), baseName(path)));
    }
    if (!isWithin(path, to)) return true;
    const inside = joinPath(`/${clean}`.replace(/\/$/, ""), below(path, to)).slice(1);
    return context.exists(inside) === "absent" && !MADE_BEFORE.test(inside);
  });
}

/** Folders whose files are made before the build. */
const MADE_BEFORE = /(^|\/)(dist|build|out|output|target|bin|publish|lib|www|public|_build|\.\w+)\//;

/** May a pattern with `*` and `?` match the name? */
function mayMatch(name: string, pattern: string): boolean {
  if (/[[\\]/.test(pattern)) return true;
  // A folder that matches may hold anything.
  return extensionOf(pattern) === "" || matchesName(name, pattern);
}

/** Installs packages or changes owners, and never names the script. */
function leavesAlone(run: Instruction, stage: Stage, { path }: Search): boolean {
  const script = stage.commandsOf(run);
  if (!script?.complete || run.hereDocuments.length > 0) return false;
  return script.commands.every(
    (command) =>
      isInstaller(command, stage) &&
      !command.arguments.some((it) => it.raw.includes(baseName(path))) &&
      command.redirections.every(staysOutside),
  );
}

function isInstaller(command: Command, stage: Stage): boolean {
  const { name, arguments: words } = command;
  const program = name?.literal ?? "";
  if (/^(npm|yarn|pnpm|bun)$/.test(program)) {
    const verb = words.find((it) => !it.raw.startsWith("-"))?.raw ?? "install";
    if (!/^(ci|install|i|add|cache|config|global|prune|fetch)$/.test(verb)) return false;
    // Scripts of the project's own run when its packages are installed.
    const scripts = packageJson(stage.model)?.scripts;
    return (
      scripts !== undefined && !Object.keys(scripts).some((it) => /^(pre|post)?(install|prepare)$/.test(it))
    );
  }
  // Modules go to a cache of their own, and so do Deno's.
  if (program === "go") return words[0]?.literal === "mod" && words[1]?.literal === "download";
  if (program === "deno") return /^(?:cache|install)$/.test(words[0]?.literal ?? "");
  return setsUpSystem(command) || INSTALLERS.test(program);
}

const INSTALLERS = /^(pip3?|gem|bundle|corepack|mkdir|chown|chmod|rm|docker-php-ext-\w+|pecl)$/;

/** Docker's own, and those of Bun and Deno, whose working directories are empty (their Dockerfiles, read 2026-11). */
function isOfficial({ bottom: { base } }: Stage): boolean {
  return (
    base.kind === "image" &&
    base.facts.known &&
    (!base.image.name.includes("/") || /^(?:oven\/bun|denoland\/deno)$/.test(base.image.name))
  );
}

function nearOf(
  text: string,
  path: string,
  elsewhere: readonly string[],
  beside: readonly string[],
): string | undefined {
  const names = new Set(beside.map(baseName));
  const [only] = names;
  const near = nearestName(baseName(path), names) ?? (names.size === 1 ? only : undefined);
  if (elsewhere.length > 0) return new Set(elsewhere).size === 1 ? elsewhere[0] : undefined;
  return near === undefined ? undefined : text.slice(0, text.length - baseName(path).length) + near;
}

import { holdingStage } from "../../../model/stage/holding-stage.ts";
import { directoryOf, joinPath, resolvePath } from "../../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../../model/stage/stage.ts";
import { startedCommand } from "../../../model/stage/started/started-command.ts";
import type { StageState } from "../../../model/stage/state.ts";
import { type Language, type Program, readProgram } from "../../../syntax/program/program.ts";
import { type FileOrigin, originOf } from "../files/file-origin.ts";
import { startedBinary, startedFile } from "./started-binary.ts";

/** What a container runs of the author's own, as the build context has it. */
export interface StartedSource {
  readonly main: SourceText;
  /** The other files of the project that it is known to be made of. */
  readonly others: readonly SourceText[];
  /** False where it may have more files of its own. */
  readonly complete: boolean;
  /** Has the command no words behind the program? */
  readonly isBare: boolean;
}

export interface SourceText {
  /** In the build context. */
  readonly path: string;
  readonly program: Program;
}

/** Undefined where it is not certain what is started, or its sources cannot be read. */
export const startedSource = notedOnStage(readStarted);

function readStarted(stage: Stage): StartedSource | undefined {
  const started = startedCommand(stage);
  if (!started) return undefined;
  return scriptSource(stage) ?? goSource(stage, started.words.length === 0) ?? rustSource(stage);
}

function scriptSource(stage: Stage): StartedSource | undefined {
  const started = startedCommand(stage);
  const { workdir } = stage.result;
  const folder = workdir.known ? workdir.value : undefined;
  if (!started) return undefined;
  const { program, words } = started;
  const language = LANGUAGES.get(program.text.replace(/[\d.]+$/, ""));
  const at = words.findIndex((it) => it.text === undefined || !FLAG.test(it.text));
  const script = words[at]?.text;
  const paths = language
    ? script !== undefined && EXTENSIONS[language].test(script)
      ? [resolvePath(folder, script)]
      : []
    : moduleFiles(program.text, folder);
  const isBare = language ? at === words.length - 1 : words.length === 0;
  for (const path of paths) {
    const origin = path === undefined ? undefined : originOf(path, stage);
    if (path === undefined || origin?.contextPath === undefined) continue;
    const own = language ?? "python";
    const main = textOf(origin, own);
    return main && { main, ...importedBy(path, main.program, stage, own, folder), isBare };
  }
  return undefined;
}

const LANGUAGES: ReadonlyMap<string, Language> = new Map([
  ["python", "python"],
  ["node", "javascript"],
  ["bun", "javascript"],
  ["tsx", "javascript"],
  ["ts-node", "javascript"],
  ["nodemon", "javascript"],
  ["ruby", "ruby"],
]);

const EXTENSIONS: Readonly<Record<Language, RegExp>> = {
  python: /\.py$/,
  javascript: /\.[cm]?[jt]s$/,
  ruby: /\.rb$/,
  go: /\.go$/,
  rust: /\.rs$/,
};

/** Options without a word of their own behind them. */
const FLAG = /^-([uBOEIsS]+|-[\w-]+=.*|-enable-source-maps|-trace-warnings|-no-warnings|-watch)$/;

/** `python -m app.main`, whose `python -m` is taken away. */
function moduleFiles(name: string, folder: string | undefined): readonly string[] {
  if (folder === undefined || !/^\w+(?:\.\w+)*$/.test(name)) return [];
  const path = joinPath(folder, name.replaceAll(".", "/"));
  return name.includes(".") ? [`${path}.py`, `${path}/__main__.py`] : [`${path}/__main__.py`];
}

function textOf({ text, contextPath }: FileOrigin, language: Language): SourceText | undefined {
  if (contextPath === undefined || text.length > LONGEST) return undefined;
  return { path: contextPath, program: readProgram(text, language) };
}

/** What is longer was written by a program. */
const LONGEST = 100_000;

/** More files than this are not followed. */
const MOST_FILES = 20;

/** The files of the project that a script imports, and those they import. */
function importedBy(
  path: string,
  program: Program,
  stage: Stage,
  language: Language,
  folder: string | undefined,
): Pick<StartedSource, "others" | "complete"> {
  const others: SourceText[] = [];
  const seen = new Set([path]);
  const left: { readonly path: string; readonly program: Program }[] = [{ path, program }];
  let complete = true;
  for (const it of left) {
    for (const { candidates, isOwn } of importsOf(it.program, it.path, language, [
      directoryOf(path),
      ...(folder === undefined ? [] : [folder]),
    ])) {
      if (candidates.some((one) => seen.has(one))) continue;
      const found = firstOf(candidates, stage);
      const text = found && seen.size < MOST_FILES ? textOf(found.origin, language) : undefined;
      if (!found || !text) {
        if (isOwn || found) complete = false;
        continue;
      }
      seen.add(found.path);
      others.push(text);
      left.push({ path: found.path, program: text.program });
    }
  }
  return { others, complete };
}

function firstOf(
  paths: readonly string[],
  stage: Stage,
): { readonly path: string; readonly origin: FileOrigin } | undefined {
  for (const path of paths) {
    const origin = originOf(path, stage);
    if (origin) return { path, origin };
  }
  return undefined;
}

interface Import {
  readonly candidates: readonly string[];
  /** Is it certainly a file of the project? */
  readonly isOwn: boolean;
}

function importsOf(
  { code }: Program,
  from: string,
  language: Language,
  roots: readonly string[],
): readonly Import[] {
  if (language === "python")
    return [
      ...code.matchAll(
        /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+([^\n#]+)|import[ \t]+([\w.]+))/gm,
      ),
    ].flatMap(([, dots = "", name = "", names = "", plain]) => {
      const folders =
        dots === "" ? roots : [resolvePath(directoryOf(from), "../".repeat(dots.length - 1) || ".") ?? "/"];
      const module = (plain ?? name).replaceAll(".", "/");
      const inner = names.split(",").flatMap((it) => /^\s*\(?\s*(\w+)/.exec(it)?.[1] ?? []);
      const modules = [module, ...inner.map((it) => (module === "" ? it : `${module}/${it}`))];
      return modules
        .filter((it) => it !== "")
        .map((it) => ({
          candidates: [...new Set(folders)].flatMap((one) => [
            `${joinPath(one, it)}.py`,
            `${joinPath(one, it)}/__init__.py`,
          ]),
          isOwn: dots !== "" && it === module,
        }));
    });
  const names =
    language === "ruby"
      ? [...code.matchAll(/\brequire_relative\s*\(?\s*["']([^"'\n]+)["']/g)].map((it) => `./${it[1]}`)
      : [...code.matchAll(/(?:\brequire\s*\(|\bfrom|\bimport|\bimport\s*\()\s*["'](\.[^"'\n]*)["']/g)].map(
          (it) => it[1] ?? "",
        );
  const extensions =
    language === "ruby" ? ["", ".rb"] : ["", ".js", ".ts", ".mjs", ".cjs", ".json", "/index.js", "/index.ts"];
  return names.map((name) => {
    const path = resolvePath(directoryOf(from), name) ?? "/";
    const isOther = /\.js$/.test(path) && /\.ts$/.test(from) ? [path.replace(/\.js$/, ".ts")] : [];
    return { candidates: [...extensions.map((it) => path + it), ...isOther], isOwn: true };
  });
}

function goSource(stage: Stage, isBare: boolean): StartedSource | undefined {
  const binary = startedBinary(stage);
  if (binary?.file.binary?.language !== "go" || binary.sources.length === 0) return undefined;
  const [main, ...others] = binary.sources.map(({ path, text }) => ({
    path,
    program: readProgram(text, "go"),
  }));
  return main && { main, others, complete: true, isBare };
}

/** `src/main.rs` of the folder where cargo runs: what other files of a crate do is not looked at. */
function rustSource(stage: Stage): StartedSource | undefined {
  const file = startedFile(stage);
  if (file?.binary?.language !== "rust") return undefined;
  const { builtBy } = file.binary;
  const builder = holdingStage(builtBy, stage.model);
  const state: StageState | undefined = builder?.before(builtBy);
  if (!builder || !state?.workdir.known) return undefined;
  const origin = originOf(joinPath(state.workdir.value, "src/main.rs"), builder, builtBy);
  const main = origin && textOf(origin, "rust");
  return (
    main && {
      main,
      others: [],
      complete: !/^\s*(?:pub\s+)?mod\s+\w+;/m.test(main.program.code),
      isBare: true,
    }
  );
}

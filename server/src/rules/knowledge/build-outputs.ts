import { below, isWithin, joinPath, resolvePath } from "../../model/stage/paths.ts";
import { notedOnStage, type Stage } from "../../model/stage/stage.ts";
import { stagesDownFrom } from "../../model/stage/stage-graph.ts";
import type { Instruction } from "../../syntax/dockerfile/tree.ts";
import { readProgram } from "../../syntax/program/program.ts";
import type { Command } from "../../syntax/shell/script.ts";
import { mapText } from "../../text/mapped-text.ts";
import { directoryOfCommand } from "./command-directory.ts";
import { originOf } from "./file-origin.ts";
import { isInstaller } from "./package-installers.ts";

/** A folder that a build of a Node project writes. */
export interface BuildOutput {
  readonly path: string;
  /** `vite build`, `tsc`. */
  readonly by: string;
  readonly run: Instruction;
  /** The folder with package.json. */
  readonly project: string;
  /** For tsc: the folder whose sources are laid out in it; undefined where that is not certain. */
  readonly sources: string | undefined;
}

/** All that the commands of a stage build; undefined where one of them is not understood, or nothing is built. */
export const buildOutputs = notedOnStage((stage): readonly BuildOutput[] | undefined => {
  const found: BuildOutput[] = [];
  for (const it of stagesDownFrom(stage)) {
    for (const run of it.instructions) {
      if (run.name !== "RUN") continue;
      const outputs = outputsOfRun(run, it);
      if (!outputs) return undefined;
      found.push(...outputs);
    }
  }
  return found.length > 0 ? found : undefined;
});

function outputsOfRun(run: Instruction, stage: Stage): readonly BuildOutput[] | undefined {
  const script = stage.commandsOf(run);
  if (!script?.complete || run.hereDocuments.length > 0) return undefined;
  const found: BuildOutput[] = [];
  for (const command of script.commands) {
    if (isInstaller(command, stage) || QUIET.has(command.name?.literal ?? "")) continue;
    const folder = directoryOfCommand(command, script, stage.before(run));
    const outputs = folder === undefined ? undefined : outputsOf(command, { folder, run, stage, depth: 0 });
    if (!outputs) return undefined;
    found.push(...outputs);
  }
  return found;
}

interface Place {
  readonly folder: string;
  readonly run: Instruction;
  readonly stage: Stage;
  readonly depth: number;
}

/** Tools that write nothing for others to take. */
const QUIET: ReadonlySet<string> = new Set(
  "cd echo true export set rimraf del-cli rm eslint prettier biome svelte-check tsc-alias resolve-tspaths vitest jest".split(
    " ",
  ),
);

/** Scripts that call each other are few. */
const DEEPEST = 4;

function outputsOf(command: Command, place: Place): readonly BuildOutput[] | undefined {
  if (command.conditional || command.background || command.redirections.length > 0) return undefined;
  if (command.assignments.some((it) => !/^NODE_(?:ENV|OPTIONS)$/.test(it.name))) return undefined;
  const words = [command.name, ...command.arguments].map((it) => it?.literal);
  if (words.includes(undefined)) return undefined;
  return outputsOfWords(
    words.flatMap((it) => it ?? []),
    place,
  );
}

function outputsOfWords(words: readonly string[], place: Place): readonly BuildOutput[] | undefined {
  const [program = "", ...rest] = words;
  const name = program.replace(/^(?:\.\/)?node_modules\/\.bin\//, "");
  if (QUIET.has(name)) return [];
  if (name === "npx" || name === "pnpx")
    return outputsOfWords(
      rest.filter((it, at) => at > 0 || !it.startsWith("-")),
      place,
    );
  if (name === "npm" || name === "pnpm" || name === "yarn") {
    const [verb = "", script = ""] = rest;
    if (verb === "exec") return outputsOfWords(rest.slice(1), place);
    const called = verb === "run" ? script : name === "npm" ? "" : verb;
    const extra = rest.slice(verb === "run" ? 2 : 1);
    return called === "" || called.startsWith("-") || extra.length > 0
      ? undefined
      : outputsOfScript(called, place);
  }
  const tool = TOOLS[name];
  return tool?.(rest, place);
}

function outputsOfScript(name: string, place: Place): readonly BuildOutput[] | undefined {
  const text = textAt("package.json", place);
  const scripts = text === undefined || place.depth > DEEPEST ? undefined : scriptsOf(text);
  if (!scripts || !Object.hasOwn(scripts, name)) return undefined;
  const found: BuildOutput[] = [];
  for (const it of [`pre${name}`, name, `post${name}`]) {
    const line = scripts[it];
    if (line === undefined) continue;
    const read = place.stage.model.inputs.shell.read(mapText(line, [{ start: 0, end: line.length }]));
    if (!read.complete) return undefined;
    for (const command of read.commands) {
      const outputs = outputsOf(command, { ...place, depth: place.depth + 1 });
      if (!outputs) return undefined;
      found.push(...outputs);
    }
  }
  return found;
}

function scriptsOf(text: string): Readonly<Record<string, string>> | undefined {
  const json = jsonOf(text);
  const scripts =
    typeof json === "object" && json !== null ? (json as { scripts?: unknown }).scripts : undefined;
  if (typeof scripts !== "object" || scripts === null) return undefined;
  return Object.fromEntries(
    Object.entries(scripts).filter((it): it is [string, string] => typeof it[1] === "string"),
  );
}

/** Also with comments and commas at the end, as tsconfig.json may have them. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(
      readProgram(text.replace(/^\uFEFF/, ""), "javascript").code.replace(/,(\s*[}\]])/g, "$1"),
    );
  } catch {
    return undefined;
  }
}

function textAt(name: string, { folder, run, stage }: Place): string | undefined {
  const path = resolvePath(folder, name);
  return path === undefined ? undefined : originOf(path, stage, run)?.text;
}

type Tool = (words: readonly string[], place: Place) => readonly BuildOutput[] | undefined;

function output(
  folder: string,
  by: string,
  place: Place,
  sources?: string,
): readonly BuildOutput[] | undefined {
  const path = resolvePath(place.folder, folder);
  return path === undefined ? undefined : [{ path, by, run: place.run, project: place.folder, sources }];
}

/** A tool with a configuration in JavaScript that may name the folder. */
function bundler(by: string, files: readonly string[], key: string, option: string, usual: string): Tool {
  return ([verb, ...words], place) => {
    if (verb !== "build") return undefined;
    const at = words.indexOf(option);
    const given = at < 0 ? undefined : words[at + 1];
    const others = words.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
    if (
      others.some(
        (it) =>
          !/^--(?:mode(?:=.*)?|base=.*|logLevel=.*|emptyOutDir|minify|production|development)$/.test(it) &&
          it !== "production",
      )
    )
      return undefined;
    const configured = folderIn(files, key, place);
    return configured === "unknown" ? undefined : output(given ?? configured ?? usual, `${by} build`, place);
  };
}

/** The folder that a configuration names; undefined where there is none, or it says nothing of it. */
function folderIn(files: readonly string[], key: string, place: Place): string | undefined {
  const { context } = place.stage.model.inputs;
  for (const file of files) {
    const text = textAt(file, place);
    if (text === undefined) {
      if (context?.exists(file) !== "absent") return "unknown";
      continue;
    }
    const { code } = readProgram(text, "javascript");
    const imports = [...code.matchAll(/(?:\bfrom|\bimport|\brequire\s*\()\s*["']([^"']+)["']/g)].map(
      (it) => it[1] ?? "",
    );
    // Frameworks have their plugins write elsewhere.
    if (imports.some((it) => !PLAIN_IMPORTS.test(it)) || /\broot\s*:/.test(code)) return "unknown";
    const said = [...code.matchAll(new RegExp(`\\b${key}\\b`, "g"))];
    if (said.length === 0) return undefined;
    const literal = new RegExp(`\\b${key}\\s*:\\s*["']([\\w./-]+)["']`).exec(code)?.[1];
    return said.length === 1 && literal !== undefined ? literal : "unknown";
  }
  return undefined;
}

const PLAIN_IMPORTS =
  /^(?:vite|vitest\/config|astro\/config|@vitejs\/plugin-[\w-]+|@tailwindcss\/vite|tailwindcss|autoprefixer|vite-tsconfig-paths|vite-plugin-(?:svgr|checker|pwa|eslint|dts|compression)|rollup-plugin-visualizer|@astrojs\/(?:react|vue|svelte|preact|tailwind|sitemap|mdx|node)|(?:node:)?(?:path|url|fs))$/;

const extensions = (name: string) => ["ts", "js", "mjs", "mts", "cjs", "cts"].map((it) => `${name}.${it}`);

/** From the tools' own documentation (read 2026-11). */
const TOOLS: Readonly<Record<string, Tool>> = {
  vite: bundler("vite", extensions("vite.config"), "outDir", "--outDir", "dist"),
  astro: bundler("astro", extensions("astro.config"), "outDir", "--outDir", "dist"),
  "vue-cli-service": bundler("vue-cli-service", ["vue.config.js"], "outputDir", "--dest", "dist"),
  "react-scripts": ([verb, ...words], place) => {
    const { stage, run } = place;
    const isSet = stage.before(run).isSet("BUILD_PATH").is !== "no";
    const dotenv = [".env", ".env.production", ".env.local", ".env.production.local"];
    const isTold = dotenv.some((it) => stage.model.inputs.context?.exists(it) !== "absent");
    return verb !== "build" || words.length > 0 || isSet || isTold
      ? undefined
      : output("build", "react-scripts build", place);
  },
  tsc: typescript,
  "vue-tsc": typescript,
};

function typescript(words: readonly string[], place: Place): readonly BuildOutput[] | undefined {
  if (words.includes("--noEmit")) return [];
  let file = "tsconfig.json";
  let given: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-p" || word === "--project") file = words[++at] ?? "";
    else if (word === "--outDir") given = words[++at];
    else if (word === "-b" || word === "--build") return buildsNothing(place) ? [] : undefined;
    else if (!/^--(?:noEmitOnError|skipLibCheck|pretty|strict|declaration|sourceMap)$/.test(word))
      return undefined;
  }
  if (!file.endsWith(".json")) file = joinPath(file, "tsconfig.json");
  const config = compilerOptions(file, place);
  if (!config) return undefined;
  const { noEmit, outDir, rootDir, composite, emitDeclarationOnly, outFile } = config;
  if (noEmit === true) return [];
  const folder = given ?? outDir;
  if (
    typeof folder !== "string" ||
    composite !== undefined ||
    emitDeclarationOnly !== undefined ||
    outFile !== undefined
  )
    return undefined;
  const base = resolvePath(place.folder, file.replace(/[^/]*$/, ".")) ?? place.folder;
  const sources = typeof rootDir === "string" ? resolvePath(base, rootDir) : undefined;
  return given === undefined
    ? output(folder, "tsc", { ...place, folder: base }, sources)
    : output(folder, "tsc", place, sources);
}

function compilerOptions(file: string, place: Place): Readonly<Record<string, unknown>> | undefined {
  const text = textAt(file, place);
  const json = text === undefined ? undefined : jsonOf(text);
  if (typeof json !== "object" || json === null) return undefined;
  const {
    extends: parent,
    references,
    compilerOptions: own = {},
  } = json as Readonly<Record<string, unknown>>;
  // The bases of the tsconfig organization name no folders.
  const isPlain = parent === undefined || (typeof parent === "string" && parent.startsWith("@tsconfig/"));
  if (!isPlain || references !== undefined || typeof own !== "object" || own === null) return undefined;
  return own as Readonly<Record<string, unknown>>;
}

/** With project references it builds what those say: nothing, in projects that are bundled afterwards. */
function buildsNothing({ folder, run, stage }: Place): boolean {
  const names = ["tsconfig.json", "tsconfig.app.json", "tsconfig.node.json"];
  return names.every((it) => {
    const text = originOf(joinPath(folder, it), stage, run)?.text;
    return text === undefined || !/"outDir"/.test(text);
  });
}

/**
 * Is a folder of the project, or what is below it, certainly none that the builds write: it is another one, and neither scripts
 * nor configurations name it?
 */
export function isNeverBuilt(path: string, outputs: readonly BuildOutput[], stage: Stage): boolean {
  const [project] = outputs.map((it) => it.project);
  if (
    project === undefined ||
    outputs.some((it) => it.project !== project || isWithin(path, it.path) || isWithin(it.path, path))
  )
    return false;
  const [top] = isWithin(path, project) && path !== project ? below(path, project).split("/") : [];
  if (top === undefined || !BUILT.has(top)) return false;
  const contextPath = originOf(joinPath(project, "package.json"), stage)?.contextPath;
  const { context } = stage.model.inputs;
  const folder = contextPath?.replace(/[^/]*$/, "");
  const names =
    folder === undefined ? undefined : context?.list(folder === "" ? "." : folder.replace(/\/$/, ""));
  if (!names || folder === undefined || context?.exists(`${folder}${top}`) !== "absent") return false;
  const word = new RegExp(`(?<![\\w-])${top.replace(".", "\\.")}(?![\\w-])`);
  return names
    .filter((it) => CONFIGURATION.test(it))
    .every((it) => {
      const text = context.read(`${folder}${it}`);
      const said =
        it === "package.json" && text !== undefined
          ? Object.values(scriptsOf(text) ?? {})
              .join("\n")
              .replace(BUILD_VERB, "")
          : text;
      return said !== undefined && !word.test(said);
    });
}

/** `build` as what a tool is to do, rather than a folder. */
const BUILD_VERB =
  /\b(?:vite|astro|react-scripts|vue-cli-service|next|gatsby|docusaurus|ng|nest|nuxt|remix|storybook|turbo|nx|npm|run|yarn|pnpm|bun) build\b(?!\/)/g;

/** Folders that builds write, and nobody keeps sources in. */
const BUILT: ReadonlySet<string> = new Set([
  "dist",
  "build",
  "out",
  "output",
  ".next",
  ".output",
  "_site",
  "www",
]);

/** Files at the root of a project that tools read. */
const CONFIGURATION =
  /^(?:package\.json|tsconfig.*\.json|[\w-]+-cli\.json|angular\.json|.*\.config\.\w+|\.env.*|\..*rc(?:\.\w+)?)$/;

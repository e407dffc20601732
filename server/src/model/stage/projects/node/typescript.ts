import { isObject } from "../../../../text/json.ts";
import { directoryOf, resolvePath } from "../../paths.ts";
import { readJsonWithComments } from "../json-with-comments.ts";
import type { ProjectFiles } from "../project-files.ts";
import type { CompilerInputs } from "./typescript-sources.ts";

/** Where TypeScript's compiler writes to. */
export interface CompilerOutput {
  /** Absolute. */
  readonly directories: readonly string[];
  /** Does it write beside the sources? */
  readonly isBeside: boolean;
  /** What is compiled into a directory; of what goes into one file, or beside it for types alone, nothing is said. */
  readonly inputs: readonly CompilerInputs[];
}

/** What a call of `tsc` says, beside its files. */
export interface CompilerOptions {
  /** `-p`, `--project`, or the operands of `-b`; `.` without. */
  readonly projects: readonly string[];
  /** `-b`: what the projects refer to is built too. */
  readonly isBuild: boolean;
}

/** Undefined where a configuration cannot be read, or stands on one that is not known. */
export function compilerOutput(
  files: ProjectFiles,
  { projects, isBuild }: CompilerOptions,
): CompilerOutput | undefined {
  const directories = new Set<string>();
  const inputs: CompilerInputs[] = [];
  let isBeside = false;
  const seen = new Set<string>();
  for (const start of projects.map((it) => configurationAt(files, it))) {
    if (start === undefined) return undefined;
    seen.add(start);
  }
  for (const path of seen) {
    const configuration = seen.size > MOST ? undefined : readConfiguration(files, path);
    if (!configuration) return undefined;
    if (isBuild)
      for (const it of configuration.references) {
        const reference = configurationAt(files, it);
        if (reference === undefined) return undefined;
        seen.add(reference);
      }
    // A configuration that only refers to others compiles nothing itself.
    if (configuration.isEmpty || configuration.emitsNothing) continue;
    for (const it of [configuration.outDir, configuration.declarationDir]) if (it) directories.add(it);
    if (configuration.outFile !== undefined) directories.add(configuration.outFile);
    const { outDir, outFile, options } = configuration;
    if (outDir !== undefined && outFile === undefined && !options["emitDeclarationOnly"])
      inputs.push({
        ...configuration,
        outDir,
        directory: directoryOf(path),
        pathsFolder: configuration.pathsFolder ?? directoryOf(path),
      });
    isBeside ||= configuration.outDir === undefined && configuration.outFile === undefined;
  }
  return { directories: [...directories], isBeside, inputs };
}

const MOST = 30;

interface Configuration {
  readonly outDir?: string;
  readonly declarationDir?: string;
  readonly outFile?: string;
  readonly emitsNothing?: boolean;
  readonly isEmpty?: boolean;
  readonly references: readonly string[];
  readonly rootDir?: string;
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** All of `compilerOptions`, as written. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly pathsFolder?: string;
}

/** Of a folder its tsconfig.json. */
function configurationAt(files: ProjectFiles, path: string): string | undefined {
  const absolute = resolvePath(files.directory, path);
  return absolute === undefined || absolute.endsWith(".json")
    ? absolute
    : resolvePath(absolute, "tsconfig.json");
}

function readConfiguration(files: ProjectFiles, path: string, depth = 0): Configuration | undefined {
  const text = depth > 5 ? undefined : files.read(path);
  const json = text ? readJsonWithComments(text) : undefined;
  if (!json) return undefined;
  const folder = directoryOf(path);
  const options = isObject(json["compilerOptions"]) ? json["compilerOptions"] : {};
  let base: Configuration = { references: [], options: {} };
  for (const it of [json["extends"]].flat()) {
    if (it === undefined || (typeof it === "string" && HARMLESS.test(it))) continue;
    // What the project says itself counts, and else the version of the package.
    if (typeof it === "string" && MAY_EMIT_NOTHING.test(it) && typeof options["noEmit"] === "boolean")
      continue;
    if (typeof it !== "string" || !it.startsWith(".")) return undefined;
    const above = resolvePath(folder, it.endsWith(".json") ? it : `${it}.json`);
    const read = above === undefined ? undefined : readConfiguration(files, above, depth + 1);
    if (!read) return undefined;
    base = { ...base, ...read, references: [], options: { ...base.options, ...read.options } };
  }
  // `${configDir}` stands for the folder of the configuration that is started with.
  if (JSON.stringify(options).includes("${configDir}")) return undefined;
  const place = (name: string) => {
    const value = options[name];
    const at = typeof value === "string" ? resolvePath(folder, value) : undefined;
    return at === undefined ? {} : { [name]: at };
  };
  const list = (name: string) => {
    const value: unknown = json[name];
    if (!Array.isArray(value)) return {};
    return { [name]: value.map((it: unknown) => resolvePath(folder, String(it)) ?? "") };
  };
  const { baseUrl } = options;
  const pathsFolder =
    typeof baseUrl === "string" ? resolvePath(folder, baseUrl) : options["paths"] ? folder : undefined;
  const references = Array.isArray(json["references"]) ? json["references"] : [];
  return {
    ...base,
    ...place("outDir"),
    ...place("declarationDir"),
    ...place("outFile"),
    ...place("rootDir"),
    ...list("files"),
    ...list("include"),
    ...list("exclude"),
    ...(pathsFolder !== undefined && { pathsFolder }),
    options: { ...base.options, ...options },
    ...(typeof options["noEmit"] === "boolean" && { emitsNothing: options["noEmit"] }),
    ...(Array.isArray(json["files"]) && { isEmpty: json["files"].length === 0 && !json["include"] }),
    references: references.flatMap((it: unknown) =>
      isObject(it) && typeof it["path"] === "string" ? (resolvePath(folder, it["path"]) ?? []) : [],
    ),
  };
}

/**
 * Configurations of packages that say nothing of where to write, and nothing of writing (their files in the npm registry, read
 * 2026-11-27: node14 to node26, lts, strictest, recommended, svelte, esm, cypress and deno).
 */
const HARMLESS =
  /^@tsconfig\/(?:node(?:\d+|-(?:lts|ts))|strictest|recommended|svelte|esm|cypress|deno)(?:$|\/tsconfig)/;
/**
 * Those that set `noEmit`, in some of their versions or in all, and nothing else of it (the same, of @vue/tsconfig 0.9, Astro 7, expo
 * 58 and the rest of @tsconfig).
 */
const MAY_EMIT_NOTHING =
  /^(?:@tsconfig\/(?:next|nuxt|remix|bun|ember|docusaurus|react-native|create-react-app|vite-react)(?:$|\/)|@vue\/tsconfig(?:$|\/tsconfig(?:\.dom|\.node)?\.json)|astro\/tsconfigs\/|expo\/tsconfig)/;
